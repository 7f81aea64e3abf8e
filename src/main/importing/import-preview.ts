import type { ImportKind, ImportOptions, ImportPreview } from '../../shared/contract/import.contract.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { passagesOf } from '../files/passages.ts';
import type { ReadItem, TableRow } from '../files/read-item.ts';
import { createCellNamer, guessKind, missingFields, type ColumnMapping } from './column-mapping.ts';
import { parseConversation } from './conversation-line.ts';
import { parseRow, type FieldTable } from './field-table.ts';
import type { ImportFile } from './import-path.ts';
import { isJsonObject, rowsOfObject, type JsonObject } from './json-cells.ts';
import { headingOf } from './knowledge.importer.ts';
import { cellContext, mappingFor } from './table-source.ts';

const PREVIEW_ROW_COUNT = 20;
const PREVIEW_PASSAGE_COUNT = 6;
const PREVIEW_WARNING_COUNT = 8;

type PreviewRequest = { kind: ImportKind | undefined; options: ImportOptions };
type SampleRow = { line: number; cells: TableRow; object: JsonObject | null };
type TablePart = Pick<ImportPreview, 'kind' | 'columns' | 'suggestedMapping' | 'fields' | 'rows' | 'warnings'>;

/** The first rows of a table or the first passages of a document, with the kind and the columns guessed from them. */
export async function previewFile(file: OpenedFile, request: PreviewRequest): Promise<ImportPreview> {
  const sheets = [...(file.sheets ?? [])];
  const base = { path: file.path, bytes: file.byteCount, format: file.format, encoding: file.encoding ?? null, sheets, fileCount: 1 };
  if (file.hasDocument) return { ...base, ...emptyTable(request.kind ?? 'knowledge'), ...(await documentPart(file)) };
  return { ...base, passages: [], ...(await tablePart(file, request)) };
}

/** A folder: its files and the passages of its first document. */
export async function previewFolder(target: string, files: readonly ImportFile[], request: PreviewRequest, openFile: (path: string) => Promise<OpenedFile>): Promise<ImportPreview> {
  const [first] = files;
  const inner = first === undefined ? null : await previewFile(await openFile(first.path), request).catch(() => null);
  const bytes = inner?.bytes ?? 0;
  const base = { path: target, bytes, format: 'folder', encoding: null, sheets: [], fileCount: files.length };
  const warnings = files.length === 0 ? ['The folder holds no files.'] : (inner?.warnings ?? []);
  if (inner === null) return { ...base, ...emptyTable(request.kind ?? 'knowledge'), passages: [], warnings };
  const { kind, columns, suggestedMapping, fields, rows, passages } = inner;
  return { ...base, kind, columns, suggestedMapping, fields, rows, passages, warnings };
}

function emptyTable(kind: ImportKind): TablePart {
  return { kind, columns: [], suggestedMapping: {}, fields: [], rows: [], warnings: [] };
}

async function documentPart(file: OpenedFile): Promise<Pick<ImportPreview, 'passages' | 'warnings'>> {
  const passages = passagesOf(await file.document()).slice(0, PREVIEW_PASSAGE_COUNT).map((passage) => ({ heading: headingOf(passage), text: passage.text }));
  return { passages, warnings: passages.length === 0 ? [`${file.name} holds no text that can be read.`] : [] };
}

async function tablePart(file: OpenedFile, { kind: chosen, options }: PreviewRequest): Promise<TablePart> {
  const { headers, items } = await sampleRows(file, options.sheet);
  const rows = items.flatMap(sampleRow);
  const columns = headers.length > 0 ? headers : [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  const kind = chosen ?? (rows.some(hasTurns) ? 'conversations' : guessKind(columns));
  const warnings = items.flatMap((item) => (item.kind === 'rejected' ? [`Line ${item.line}: ${item.sentence}`] : []));
  const shown = rows.map(({ cells, object }) => ({ ...cells, ...(Array.isArray(object?.['turns']) ? { turns: `${object['turns'].length}` } : {}) }));
  if (kind === null) return { kind, columns, suggestedMapping: {}, fields: [], rows: shown, warnings: ['What these rows are cannot be told from their columns; choose it.', ...warnings] };
  const { table, mapping } = mappingFor(kind, columns, options.mapping);
  const problems = rowProblems(kind, { table, mapping, rows, options });
  return { kind, columns, suggestedMapping: mapping, fields: fieldsOf(table), rows: shown, warnings: [...problems, ...warnings].slice(0, PREVIEW_WARNING_COUNT) };
}

async function sampleRows(file: OpenedFile, sheet: string | undefined): Promise<{ headers: string[]; items: ReadItem<unknown>[] }> {
  let headers: string[] = [];
  const items: ReadItem<unknown>[] = [];
  for await (const item of file.rows({ sheet, onHeaders: (found) => (headers = [...found]) })) {
    items.push(item);
    if (items.length === PREVIEW_ROW_COUNT) break;
  }
  return { headers, items };
}

function sampleRow(item: ReadItem<unknown>): SampleRow[] {
  if (item.kind === 'rejected' || !isJsonObject(item.value)) return [];
  const object = item.value;
  return rowsOfObject(object).map((cells) => ({ line: item.line, cells, object }));
}

function hasTurns({ object }: SampleRow): boolean {
  return Array.isArray(object?.['turns']);
}

/** Required fields first, as the mapper shows them. */
function fieldsOf(table: FieldTable): ImportPreview['fields'] {
  const fields = Object.entries(table).map(([name, { isRequired }]) => ({ name, isRequired }));
  return [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)];
}

function rowProblems(kind: ImportKind, sample: { table: FieldTable; mapping: ColumnMapping; rows: readonly SampleRow[]; options: ImportOptions }): string[] {
  const { table, mapping, rows, options } = sample;
  const context = cellContext(options);
  const missing = kind === 'conversations' && rows.some(hasTurns) ? [] : missingFields(table, mapping);
  // the fields tell which of them must be mapped, and follow what is mapped on the screen
  if (missing.length > 0) return [];
  const nameCells = createCellNamer(table, mapping);
  return rows.flatMap(({ line, cells, object }) => {
    const turns = object?.['turns'];
    const parsed = object !== null && Array.isArray(turns) && kind === 'conversations' ? parseConversation(object, turns, context) : parseRow(table, nameCells(cells), context);
    return parsed.ok ? [] : [`Line ${line}: ${parsed.reason}`];
  });
}
