import { open } from 'node:fs/promises';
import path from 'node:path';
import { detectEncoding, type TextEncoding } from './encoding.ts';
import { refusedFile, unreadableFile } from './read-item.ts';

/** What can be opened. Row formats give rows, document formats give blocks, `text` gives both. */
export type FileFormat = 'jsonl' | 'csv' | 'tsv' | 'xlsx' | 'markdown' | 'text' | 'html' | 'docx' | 'pdf';

/** The first and the last bytes of a file. */
export type FileSample = { path: string; name: string; byteCount: number; head: Uint8Array; tail: Uint8Array };

const SAMPLE_BYTES = 64 * 1024;

const FORMAT_OF_EXTENSION: Readonly<Record<string, FileFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.log': 'text',
  '.html': 'html',
  '.htm': 'html',
  '.docx': 'docx',
  '.pdf': 'pdf',
};

/** What the bytes say; `text` covers every text format. */
type Content = { kind: 'xlsx' | 'docx' | 'pdf' | 'html' | 'text' | 'zip' | 'other'; what: string };

/** Reads both ends of a file. Throws `file_unreadable` when it is missing, no file, unreadable or empty. */
export async function sampleFile(filePath: string): Promise<FileSample> {
  const name = path.basename(filePath);
  try {
    await using handle = await open(filePath, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) throw unreadableFile(`${name} is not a file.`);
    if (stat.size === 0) throw unreadableFile(`${name} is empty.`);
    const length = Math.min(SAMPLE_BYTES, stat.size);
    const head = await handle.read(Buffer.alloc(length), 0, length, 0);
    const tail = await handle.read(Buffer.alloc(length), 0, length, stat.size - length);
    return { path: filePath, name, byteCount: stat.size, head: head.buffer.subarray(0, head.bytesRead), tail: tail.buffer.subarray(0, tail.bytesRead) };
  } catch (error) {
    if (error instanceof Error && error.name === 'DeskmateError') throw error;
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw unreadableFile(code === 'ENOENT' ? `${name} is not there.` : `${name} cannot be opened.`, error);
  }
}

/** The encoding by the first bytes, or, when those are plain ASCII, by the last ones. */
export function encodingOf(sample: FileSample): TextEncoding {
  const isAscii = sample.head.every((byte) => byte < 0x80 && byte !== 0);
  // The tail may start inside a character: its first, partial line is left out.
  return detectEncoding(isAscii ? sample.tail.subarray(sample.tail.indexOf(0x0a) + 1) : sample.head);
}

/** The format by extension, confirmed by the bytes. Throws `file_refused`, saying what the file really is, when they disagree. */
export function formatOf(sample: FileSample): FileFormat {
  const extension = path.extname(sample.name).toLowerCase();
  const content = contentOf(sample);
  const format = FORMAT_OF_EXTENSION[extension];
  if (format === undefined) throw refusedFile(`${sample.name} is ${content.what}; files of this kind (${extension || 'no extension'}) cannot be read.`);
  if (!isPossible(format, content.kind)) throw refusedFile(`${sample.name} is really ${content.what}, not ${NAME_OF_FORMAT[format]}.`);
  return format;
}

const NAME_OF_FORMAT: Record<FileFormat, string> = {
  jsonl: 'JSON lines',
  csv: 'a CSV table',
  tsv: 'a TSV table',
  xlsx: 'an Excel workbook',
  markdown: 'Markdown text',
  text: 'plain text',
  html: 'a web page',
  docx: 'a Word document',
  pdf: 'a PDF document',
};

function isPossible(format: FileFormat, kind: Content['kind']): boolean {
  switch (format) {
    case 'xlsx':
    case 'docx':
      // A cut-off archive has lost the names that tell one from the other: the reader reports it.
      return kind === format || kind === 'zip';
    case 'pdf':
      return kind === 'pdf';
    case 'markdown':
    case 'html':
      return kind === 'text' || kind === 'html';
    case 'jsonl':
    case 'csv':
    case 'tsv':
    case 'text':
      return kind === 'text';
  }
}

const MAGICS: readonly { bytes: string; what: string }[] = [
  { bytes: '\x1f\x8b', what: 'a gzip archive' },
  { bytes: 'Rar!', what: 'a RAR archive' },
  { bytes: '7z\xbc\xaf\x27\x1c', what: 'a 7-Zip archive' },
  { bytes: '\x89PNG', what: 'a PNG picture' },
  { bytes: '\xff\xd8\xff', what: 'a JPEG picture' },
  { bytes: 'GIF8', what: 'a GIF picture' },
  { bytes: 'SQLite format 3', what: 'an SQLite database' },
  { bytes: '\x7fELF', what: 'a program' },
  { bytes: 'MZ\x90', what: 'a Windows program' },
  { bytes: '{\\rtf', what: 'an RTF document' },
];

function contentOf(sample: FileSample): Content {
  const head = Buffer.from(sample.head).toString('latin1');
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipContent(head + Buffer.from(sample.tail).toString('latin1'));
  if (head.slice(0, 1024).includes('%PDF-')) return { kind: 'pdf', what: 'a PDF document' };
  if (head.startsWith('\xd0\xcf\x11\xe0')) return { kind: 'other', what: oleContent(head, Buffer.from(sample.tail).toString('latin1')) };
  const magic = MAGICS.find(({ bytes }) => head.startsWith(bytes));
  if (magic !== undefined) return { kind: 'other', what: magic.what };
  return textContent(sample);
}

function zipContent(names: string): Content {
  if (names.includes('xl/workbook.xml')) return { kind: 'xlsx', what: 'an Excel workbook' };
  if (names.includes('word/document.xml')) return { kind: 'docx', what: 'a Word document' };
  if (names.includes('ppt/presentation.xml')) return { kind: 'other', what: 'a PowerPoint presentation' };
  if (names.includes('mimetypeapplication/')) return { kind: 'other', what: 'an OpenDocument file or an e-book' };
  return { kind: 'zip', what: 'a ZIP archive' };
}

/** Old Office files and encrypted new ones share a container whose stream names are UTF-16. */
function oleContent(head: string, tail: string): string {
  const wide = (name: string) => name.split('').join('\0');
  const has = (name: string) => head.includes(wide(name)) || tail.includes(wide(name));
  if (has('EncryptedPackage')) return 'an Office document protected with a password (save it without one first)';
  if (has('WordDocument')) return 'an old Word document (save it as .docx first)';
  return has('Workbook') ? 'an old Excel workbook (save it as .xlsx first)' : 'an old Office document (save it in a current format first)';
}

function textContent(sample: FileSample): Content {
  const encoding = detectEncoding(sample.head);
  const text = new TextDecoder(encoding).decode(sample.head, { stream: true });
  const controlCount = text.match(/[\p{Cc}\ufffd]/gu)?.filter((character) => !'\0\t\n\v\f\r\x1b'.includes(character)).length ?? 0;
  if (controlCount > text.length * 0.1) return { kind: 'other', what: 'a binary file' };
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b/is.test(text) ? { kind: 'html', what: 'a web page (HTML)' } : { kind: 'text', what: 'plain text' };
}
