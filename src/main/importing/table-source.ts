import type { ImportKind, ImportOptions } from '../../shared/contract/import.contract.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { TableRow } from '../files/read-item.ts';
import { DeskmateError } from '../platform/errors.ts';
import { createCellNamer, missingFields, suggestMapping, tableFor, type ColumnMapping, type MappedCells } from './column-mapping.ts';
import type { CellContext, FieldTable } from './field-table.ts';
import type { ImportRejection } from './import-batch.ts';
import { isJsonObject, rowsOfObject, type JsonObject, type NestedRows } from './json-cells.ts';

/** One row of a table, or one of the rows an object of JSON lines stands for; `object` is that whole object. */
export type MappedRow = { kind: 'row'; line: number; table: FieldTable; cells: MappedCells; object: JsonObject | null };

type TableSourceOptions = { kind: ImportKind; mapping?: ColumnMapping | undefined; sheet?: string | undefined; nested?: NestedRows | undefined };

/**
 * Rows of a CSV, TSV, XLSX or JSONL file with their columns named as our fields, and the rows the reader rejected.
 * @throws DeskmateError bad_request when a table has no column for a required field.
 */
export async function* mappedRows(file: OpenedFile, options: TableSourceOptions): AsyncGenerator<MappedRow | ImportRejection> {
  const mapper = createMapper(options);
  const hasHeader = file.format !== 'jsonl';
  for await (const item of file.rows({ sheet: options.sheet, onHeaders: (headers) => checkColumns(file.name, options, headers) })) {
    if (item.kind === 'rejected') yield { kind: 'rejected', line: item.line, reason: item.sentence };
    else if (!isJsonObject(item.value)) yield { kind: 'rejected', line: item.line, reason: 'The line is JSON, but not an object such as {"text":"…"}.' };
    else if (hasHeader) yield { kind: 'row', line: item.line, ...mapper(item.value as TableRow), object: null };
    else for (const row of rowsOfObject(item.value, options.nested)) yield { kind: 'row', line: item.line, ...mapper(row), object: item.value };
  }
}

/** The mapping a table is read by: the rep's, or the likeliest. */
export function mappingFor(kind: ImportKind, columns: readonly string[], chosen: ColumnMapping | undefined): { table: FieldTable; mapping: ColumnMapping } {
  const table = tableFor(kind, columns, chosen);
  return { table, mapping: chosen ?? suggestMapping(table, columns) };
}

function checkColumns(fileName: string, { kind, mapping: chosen }: TableSourceOptions, headers: readonly string[]): void {
  const absent = Object.keys(chosen ?? {}).filter((column) => !headers.includes(column));
  if (absent.length > 0) throw new DeskmateError('bad_request', `${fileName} has no column ${absent.join(', ')}; its columns are ${listed(headers)}.`);
  const { table, mapping } = mappingFor(kind, headers, chosen);
  const missing = missingFields(table, mapping);
  if (missing.length === 0) return;
  const known = missing.map((name) => `${name} (also read: ${(table[name]?.aliases ?? []).slice(0, 6).join(', ')})`);
  throw new DeskmateError('bad_request', `${fileName} has no column for ${known.join('; ')}. Its columns are ${listed(headers)}. Rename one, or choose which column it is.`);
}

function listed(headers: readonly string[]): string {
  const names = headers.slice(0, 20).map((header) => header.slice(0, 40));
  return headers.length > names.length ? `${names.join(', ')} and ${headers.length - names.length} more` : names.join(', ');
}

/** Renames columns; the mapping is worked out once for each set of columns that occurs. */
function createMapper({ kind, mapping: chosen }: TableSourceOptions): (row: TableRow) => { table: FieldTable; cells: MappedCells } {
  const byTable = new Map<FieldTable, (row: TableRow) => MappedCells>();
  let lastColumns = '';
  let lastTable: FieldTable | null = null;
  return (row) => {
    const columns = Object.keys(row);
    const key = columns.join('\u0001');
    if (lastTable === null || key !== lastColumns) lastTable = tableFor(kind, columns, chosen);
    lastColumns = key;
    const namer = byTable.get(lastTable) ?? createCellNamer(lastTable, chosen);
    byTable.set(lastTable, namer);
    return { table: lastTable, cells: namer(row) };
  };
}

/** How dates are read. */
export function cellContext({ zoneOffsetMinutes, dateOrder, shiftDays }: ImportOptions): CellContext {
  return { zoneOffsetMinutes, dateOrder, shiftDays };
}
