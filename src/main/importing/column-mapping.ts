import type { ImportKind } from '../../shared/contract/import.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import { MESSAGE_FIELDS } from './conversation.fields.ts';
import type { FieldTable } from './field-table.ts';
import { MACRO_FIELDS, QUESTION_FIELDS, TEXT_FIELDS } from './knowledge.fields.ts';
import { AFTER_SALE_FIELDS, ORDER_FIELDS, PRODUCT_FIELDS, PROMOTION_FIELDS, REVIEW_FIELDS } from './shop.fields.ts';

/** The tables a kind can be read by, the preferred one first. */
export const TABLES_OF_KIND: Readonly<Record<ImportKind, readonly FieldTable[]>> = {
  conversations: [MESSAGE_FIELDS],
  knowledge: [QUESTION_FIELDS, TEXT_FIELDS],
  orders: [ORDER_FIELDS],
  products: [PRODUCT_FIELDS],
  promotions: [PROMOTION_FIELDS],
  'after-sales': [AFTER_SALE_FIELDS],
  reviews: [REVIEW_FIELDS],
  macros: [MACRO_FIELDS],
};

/** Column of the file → our field. */
export type ColumnMapping = Readonly<Record<string, string>>;

/** Cells of one row by the name of our field, with the column each came from. */
export type MappedCells = Readonly<Record<string, { cell: string; column: string }>>;

/** What two headers are compared by: letters and digits only, without case, width or a unit in brackets. */
export function headerKey(header: string): string {
  const plain = header.normalize('NFKC').toLowerCase();
  const bare = plain.replace(/[([【].*?[)\]】]/g, '');
  return (/[\p{L}\p{N}]/u.test(bare) ? bare : plain).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The likeliest mapping: columns called like a field first, then by other names, in the order of the table; no column is used twice. */
export function suggestMapping(table: FieldTable, columns: readonly string[]): ColumnMapping {
  const free = new Map<string, string>();
  for (const column of columns) if (!free.has(headerKey(column))) free.set(headerKey(column), column);
  const mapping: [string, string][] = [];
  const mapped = new Set<string>();
  const take = (name: string, spellings: readonly string[]) => {
    const key = spellings.map(headerKey).find((spelling) => free.has(spelling));
    const column = key === undefined ? undefined : free.get(key);
    if (key === undefined || column === undefined) return;
    free.delete(key);
    mapped.add(name);
    mapping.push([column, name]);
  };
  for (const name of Object.keys(table)) take(name, [name]);
  for (const [name, field] of Object.entries(table)) if (!mapped.has(name)) take(name, field.aliases);
  return Object.fromEntries(mapping);
}

const REMEMBERED_COLUMN_SETS = 500;

/** Names the cells of rows by our fields; the mapping is worked out once for each set of columns that occurs. */
export function createCellNamer(table: FieldTable, chosen?: ColumnMapping): (row: Readonly<Record<string, string>>) => MappedCells {
  const byColumns = new Map<string, [string, string][]>();
  return (row) => {
    const columns = Object.keys(row);
    const key = columns.join('\u0001');
    const pairs = byColumns.get(key) ?? Object.entries(chosen ?? suggestMapping(table, columns));
    // objects whose keys differ on every line must not be remembered for good
    if (byColumns.size >= REMEMBERED_COLUMN_SETS) byColumns.clear();
    byColumns.set(key, pairs);
    const cells: Record<string, { cell: string; column: string }> = {};
    for (const [column, name] of pairs) {
      const cell = row[column];
      if (cell !== undefined) cells[name] = { cell, column };
    }
    return cells;
  };
}

/** Required fields that no column is mapped to. */
export function missingFields(table: FieldTable, mapping: ColumnMapping): string[] {
  const mapped = new Set(Object.values(mapping));
  return Object.entries(table).filter(([name, field]) => field.isRequired && !mapped.has(name)).map(([name]) => name);
}

/** The table of a kind that fits the columns: the first whose required fields are all there, else the one that lacks least. */
export function tableFor(kind: ImportKind, columns: readonly string[], mapping?: ColumnMapping): FieldTable {
  const missingCounts = TABLES_OF_KIND[kind].map((table) => ({ table, count: missingFields(table, mapping ?? suggestMapping(table, columns)).length }));
  const best = missingCounts.reduce((least, each) => (each.count < least.count ? each : least));
  return best.table;
}

/** The kind whose fields the columns name: every required one, and of those kinds the one that explains most columns. Null when none fits. */
export function guessKind(columns: readonly string[]): ImportKind | null {
  let best: { kind: ImportKind; score: number } | null = null;
  for (const [kind, tables] of Object.entries(TABLES_OF_KIND) as [ImportKind, readonly FieldTable[]][]) {
    for (const table of tables) {
      const mapping = suggestMapping(table, columns);
      if (missingFields(table, mapping).length > 0) continue;
      const requiredCount = Object.values(table).filter((field) => field.isRequired).length;
      // Required fields weigh more: title and text alone fit many files, order number, buyer, time and amount only one kind.
      const score = Object.keys(mapping).length + requiredCount * 2;
      if (best === null || score > best.score) best = { kind, score };
    }
  }
  return best?.kind ?? null;
}

/** @throws DeskmateError bad_request when the mapping names a field that the kind does not have, or one field twice. */
export function checkMapping(kind: ImportKind, mapping: ColumnMapping): void {
  const known = new Set(TABLES_OF_KIND[kind].flatMap((table) => Object.keys(table)));
  const used = new Set<string>();
  for (const field of Object.values(mapping)) {
    if (!known.has(field)) throw new DeskmateError('bad_request', `${kind} have no field ${field}; the fields are ${[...known].join(', ')}.`);
    if (used.has(field)) throw new DeskmateError('bad_request', `Two columns are mapped to ${field}; choose one.`);
    used.add(field);
  }
}
