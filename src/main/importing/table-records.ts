import { createSeenKeys } from './content-key.ts';
import { parseRow, type CellContext, type FieldTable, type RowOf } from './field-table.ts';
import { BATCH_ROW_COUNT, type ImportItem, type ImportRejection } from './import-batch.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';
import type { MappedRow } from './table-source.ts';

/** How the rows of one kind become records. */
export type RecordRules<Table extends FieldTable> = {
  table: Table;
  /** What a record is called in a sentence: `order`. */
  noun: string;
  /** What makes it the same record, in this file and in the store. */
  keyOf(row: RowOf<Table>): string;
  /** Rows of one record that stand together, as an order's items do; without it every row is a record. */
  groupField?: keyof Table & string;
  /** Fields in which the rows of one group must agree. */
  sameFields?: readonly (keyof Table & string)[];
  write(rows: readonly RowOf<Table>[]): UpsertOutcome;
};

type Group<Table extends FieldTable> = { key: string; line: number; rows: RowOf<Table>[]; lines: number[]; problem: string | null; object: MappedRow['object']; texts: Set<string> };

/**
 * Turns mapped rows into records. Within one file: a record that repeats an earlier one in every field is unchanged; one that has its key but
 * says something else is rejected, naming both lines. Holds one record and the keys met so far.
 */
export async function* tableRecords<Table extends FieldTable>(rows: AsyncIterable<MappedRow | ImportRejection>, rules: RecordRules<Table>, context: CellContext): AsyncGenerator<ImportItem> {
  const seen = createSeenKeys();
  let group: Group<Table> | null = null;
  let above: MappedRow['cells'] | null = null;
  // One row of a JSON object that cannot be read rejects the object: half a product would lose the SKUs it has.
  let rejectedObject: MappedRow['object'] = null;
  for await (const item of rows) {
    if (item.kind === 'rejected') {
      yield item;
      continue;
    }
    if (isOneObject(item.object, rejectedObject)) continue;
    const cells: MappedRow['cells'] = filledDown(item.cells, above, rules);
    const parsed = parseRow(rules.table, cells, context);
    if (!parsed.ok) {
      rejectedObject = item.object;
      if (isOneObject(group?.object, rejectedObject)) group = null;
      yield { kind: 'rejected', line: item.line, reason: parsed.reason };
      continue;
    }
    above = cells;
    const key = rules.keyOf(parsed.row);
    if (group !== null && rules.groupField !== undefined && group.key === key) {
      addRow(group, parsed.row, item.line, rules);
      continue;
    }
    if (group !== null) yield recordOf(group, rules, seen);
    group = groupOf(key, parsed.row, item);
  }
  if (group !== null) yield recordOf(group, rules, seen);
}

function isOneObject(object: MappedRow['object'] | undefined, other: MappedRow['object']): boolean {
  return other !== null && object === other;
}

function groupOf<Table extends FieldTable>(key: string, row: RowOf<Table>, { line, object }: MappedRow): Group<Table> {
  return { key, line, rows: [row], lines: [line], problem: null, object, texts: new Set([JSON.stringify(row)]) };
}

/** Exports often leave the order's own cells blank from its second item on. */
function filledDown<Table extends FieldTable>(cells: MappedRow['cells'], above: MappedRow['cells'] | null, { table, groupField }: RecordRules<Table>): MappedRow['cells'] {
  if (groupField === undefined || above === null || cells[groupField] === undefined || cells[groupField].cell.trim() !== above[groupField]?.cell.trim()) return cells;
  const filled: Record<string, { cell: string; column: string }> = { ...cells };
  for (const [name, field] of Object.entries(table)) {
    const over = above[name];
    if (field.isRequired && over !== undefined && (cells[name] === undefined || cells[name].cell.trim() === '')) filled[name] = over;
  }
  return filled;
}

function addRow<Table extends FieldTable>(group: Group<Table>, row: RowOf<Table>, line: number, rules: RecordRules<Table>): void {
  const [first] = group.rows;
  const differing = first === undefined ? undefined : rules.sameFields?.find((name) => row[name] !== null && first[name] !== null && row[name] !== first[name]);
  if (differing !== undefined) group.problem ??= `${differing}: line ${line} says something else than line ${group.line} for the same ${rules.noun} ${group.key.slice(0, 60)}; they must agree.`;
  if (group.rows.length >= BATCH_ROW_COUNT) group.problem ??= `The ${rules.noun} ${group.key.slice(0, 60)} has more than ${BATCH_ROW_COUNT} rows.`;
  else {
    const text = JSON.stringify(row);
    if (!group.texts.has(text)) group.rows.push(row);
    group.texts.add(text);
  }
}

function recordOf<Table extends FieldTable>(group: Group<Table>, rules: RecordRules<Table>, seen: ReturnType<typeof createSeenKeys>): ImportItem {
  if (group.problem !== null) return { kind: 'rejected', line: group.line, reason: group.problem };
  const met = seen.meet(group.key, JSON.stringify(group.rows), group.line);
  if (met.kind === 'same') return { kind: 'record', line: group.line, weight: 1, write: () => 'unchanged' };
  if (met.kind === 'other') {
    const advice = rules.groupField === undefined ? 'Keep one of them.' : `Rows of one ${rules.noun} must stand together: sort the file by it.`;
    return { kind: 'rejected', line: group.line, reason: `The ${rules.noun} ${group.key.slice(0, 60)} is on line ${met.line} already, and line ${group.line} says something else. ${advice}` };
  }
  return { kind: 'record', line: group.line, weight: group.rows.length, write: () => rules.write(group.rows) };
}
