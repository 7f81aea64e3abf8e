import type { DocumentBlock, ReadDocument } from './document.ts';
import type { TextEncoding } from './encoding.ts';
import { openFile, type OpenedFile, type OpenFileOptions, type RowOptions, type RowValue } from './open-file.ts';
import { MAX_TEXT_UNITS } from './read-document.ts';
import type { ReadItem } from './read-item.ts';
import type { FileFormat } from './sniff.ts';

/** What a person sees before an import. */
export type FilePreview = {
  path: string;
  name: string;
  format: FileFormat;
  byteCount: number;
  encoding: TextEncoding | null;
  sheets: readonly string[];
  /** Column names; for JSONL the keys seen in the previewed rows. */
  headers: readonly string[];
  rows: readonly ReadItem<RowValue>[];
  /** Documents only. */
  title: string | null;
  blocks: readonly DocumentBlock[];
};

const PREVIEW_COUNT = 20;

/** Opens a file and reads its first 20 rows (with the rejected ones among them) or blocks. Errors as in `openFile`. */
export async function inspectFile(path: string, options: OpenFileOptions & Pick<RowOptions, 'sheet' | 'delimiter'>): Promise<FilePreview> {
  const file = await openFile(path, options);
  const preview = { path, name: file.name, format: file.format, byteCount: file.byteCount, encoding: file.encoding ?? null, sheets: file.sheets ?? [] };
  const document = await previewDocument(file);
  const table = await previewRows(file, options);
  return { ...preview, ...table, title: document?.title ?? null, blocks: document?.blocks.slice(0, PREVIEW_COUNT) ?? [] };
}

/** A long text file is shown by its lines only. */
async function previewDocument(file: OpenedFile): Promise<ReadDocument | null> {
  const isTooLong = file.hasRows && file.byteCount > MAX_TEXT_UNITS;
  return file.hasDocument && !isTooLong ? file.document() : null;
}

async function previewRows(file: OpenedFile, options: Pick<RowOptions, 'sheet' | 'delimiter'>): Promise<Pick<FilePreview, 'headers' | 'rows'>> {
  const rows: ReadItem<RowValue>[] = [];
  if (!file.hasRows) return { headers: [], rows };
  let headers: readonly string[] = [];
  for await (const row of file.rows({ sheet: options.sheet, delimiter: options.delimiter, onHeaders: (found) => (headers = found) })) {
    rows.push(row);
    if (rows.length === PREVIEW_COUNT) break;
  }
  return { headers: headers.length > 0 ? headers : keysOf(rows), rows };
}

function keysOf(rows: readonly ReadItem<RowValue>[]): string[] {
  const keys = rows.flatMap((row) => (row.kind === 'row' && typeof row.value === 'object' && row.value !== null && !Array.isArray(row.value) ? Object.keys(row.value) : []));
  return [...new Set(keys)];
}
