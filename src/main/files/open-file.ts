import { createReadStream } from 'node:fs';
import type { Fork } from '../platform/port.ts';
import type { TextEncoding } from './encoding.ts';
import { titleOf, type DocumentBlock, type ReadDocument } from './document.ts';
import { runInSandbox } from './parser-process.ts';
import type { DocumentFormat, ParserItem, ParserRequest } from './parser-protocol.ts';
import { readCsv } from './read-csv.ts';
import type { Delimiter } from './csv-record.ts';
import { refusedFile, rejectedRow, throwIfCancelled, type ReadItem, type ReadOptions, type TableRow } from './read-item.ts';
import { readDocument } from './read-document.ts';
import { readJsonLines, type JsonValue } from './read-json-lines.ts';
import { lineProblemSentence, readLines, type LineBreak } from './read-lines.ts';
import { encodingOf, formatOf, sampleFile, type FileFormat, type FileSample } from './sniff.ts';

export type OpenFileOptions = {
  fork: Fork;
  signal?: AbortSignal | undefined;
  /** Caps of the disposable process; see `runInSandbox`. */
  memoryMb?: number | undefined;
  timeoutMs?: number | undefined;
  codeDir?: string | undefined;
};

export type RowOptions = Pick<ReadOptions, 'onProgress'> & {
  /** XLSX: the first visible sheet when absent. */
  sheet?: string | undefined;
  /** CSV: detected when absent. */
  delimiter?: Delimiter | undefined;
  /** Called before the first row, for formats with a header. */
  onHeaders?: ((headers: readonly string[]) => void) | undefined;
};

/** CSV, TSV and XLSX give a `TableRow`, JSONL any JSON value, text `{text}` for each line. */
export type RowValue = JsonValue;

export type OpenedFile = {
  path: string;
  name: string;
  format: FileFormat;
  byteCount: number;
  /** Text formats only. */
  encoding?: TextEncoding;
  /** XLSX only: names in the order of their tabs. */
  sheets?: readonly string[];
  hasRows: boolean;
  hasDocument: boolean;
  /** Throws `file_refused` for a format without rows. */
  rows(options?: RowOptions): AsyncGenerator<ReadItem<RowValue>>;
  /** Throws `file_refused` for a format that is no document. */
  document(): Promise<ReadDocument>;
};

/**
 * Opens an untrusted file: its bytes must agree with its name. Text tables are streamed here; everything that needs a real parser runs in a
 * disposable process. Throws `file_unreadable` (missing, empty, damaged, cut short), `file_refused` (wrong kind, bomb, password, too costly), `cancelled`.
 */
export async function openFile(path: string, options: OpenFileOptions): Promise<OpenedFile> {
  throwIfCancelled(options.signal);
  const sample = await sampleFile(path);
  const format = formatOf(sample);
  const encoding = encodingOf(sample);
  const isText = !['xlsx', 'docx', 'pdf'].includes(format);
  const documentFormat = documentFormatOf(format);
  const hasRows = ['jsonl', 'csv', 'tsv', 'xlsx', 'text'].includes(format);
  return {
    path,
    name: sample.name,
    format,
    byteCount: sample.byteCount,
    hasRows,
    hasDocument: documentFormat !== null,
    ...(isText ? { encoding } : {}),
    ...(format === 'xlsx' ? { sheets: await listSheets(sample, options) } : {}),
    rows: (rowOptions = {}) => rowsOf(sample, format, encoding, options, rowOptions),
    document: async () => {
      if (documentFormat === null) throw refusedFile(`${sample.name} is a table, not a document.`);
      if (isShortText(documentFormat, sample)) {
        const parsed = await readDocument(path, sample.name, documentFormat, encoding);
        return { title: titleOf(parsed, sample.name), blocks: parsed.blocks };
      }
      return collectDocument(sample, runInSandbox({ ...options, request: { kind: 'document', path, name: sample.name, format: documentFormat, encoding } }));
    },
  };
}

/** Notes are many and short: a process for each would cost more than reading them. Longer ones and every other format are parsed in the sandbox. */
const SHORT_TEXT_BYTES = 64 * 1024;

function isShortText(format: DocumentFormat, sample: FileSample): boolean {
  return (format === 'markdown' || format === 'text') && sample.byteCount <= SHORT_TEXT_BYTES;
}

function documentFormatOf(format: FileFormat): DocumentFormat | null {
  return format === 'jsonl' || format === 'csv' || format === 'tsv' || format === 'xlsx' ? null : format;
}

async function listSheets(sample: FileSample, options: OpenFileOptions): Promise<readonly string[]> {
  let sheets: readonly string[] = [];
  const request: ParserRequest = { kind: 'sheets', path: sample.path, name: sample.name };
  for await (const item of runInSandbox({ ...options, request })) if (item.kind === 'sheets') sheets = item.names;
  return sheets;
}

async function* rowsOf(sample: FileSample, format: FileFormat, encoding: TextEncoding, options: OpenFileOptions, rowOptions: RowOptions): AsyncGenerator<ReadItem<RowValue>> {
  const lineOptions = { encoding, lineBreak: lineBreakOf(sample.head), signal: options.signal, onProgress: rowOptions.onProgress };
  const csvOptions = { ...lineOptions, onHeaders: rowOptions.onHeaders };
  // The stream is opened when the first row is asked for, and closed by the generators when the caller stops early.
  const source = () => createReadStream(sample.path);
  if (format === 'xlsx') yield* sheetRows(sample, options, rowOptions);
  else if (format === 'jsonl') yield* readJsonLines(source(), lineOptions);
  else if (format === 'csv') yield* readCsv(source(), { ...csvOptions, delimiter: rowOptions.delimiter });
  else if (format === 'tsv') yield* readCsv(source(), { ...csvOptions, delimiter: '\t' });
  else if (format === 'text') yield* textRows(source(), lineOptions);
  else throw refusedFile(`${sample.name} is a document, not a table.`);
}

async function* textRows(...[source, options]: Parameters<typeof readLines>): AsyncGenerator<ReadItem<TableRow>> {
  for await (const { line, text, problem, isCleaned } of readLines(source, options)) {
    if (problem !== null) yield rejectedRow(line, problem, lineProblemSentence(problem));
    else if (text.trim() !== '') yield isCleaned ? { kind: 'row', line, value: { text }, cleaned: 'lone-surrogates' } : { kind: 'row', line, value: { text } };
  }
}

function lineBreakOf(head: Uint8Array): LineBreak {
  return head.includes(0x0d) && !head.includes(0x0a) ? '\r' : '\n';
}

async function* sheetRows(sample: FileSample, options: OpenFileOptions, rowOptions: RowOptions): AsyncGenerator<ReadItem<TableRow>> {
  const request: ParserRequest = { kind: 'rows', path: sample.path, name: sample.name, sheet: rowOptions.sheet };
  for await (const item of runInSandbox({ ...options, request })) {
    if (item.kind === 'row' || item.kind === 'rejected') yield item;
    else if (item.kind === 'headers') rowOptions.onHeaders?.(item.headers);
    else if (item.kind === 'progress') rowOptions.onProgress?.(item.bytesRead);
  }
}

async function collectDocument(sample: FileSample, items: AsyncIterable<ParserItem>): Promise<ReadDocument> {
  const blocks: DocumentBlock[] = [];
  let title: string | null = null;
  for await (const item of items) {
    if (item.kind === 'title') title = item.title;
    else if (item.kind === 'block') blocks.push(item.block);
  }
  return { title: titleOf({ title, blocks }, sample.name), blocks };
}
