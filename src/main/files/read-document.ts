import { createReadStream } from 'node:fs';
import type { ParsedDocument } from './document.ts';
import { decodeStream, type TextEncoding } from './encoding.ts';
import { assertNever } from '../platform/errors.ts';
import type { DocumentFormat } from './parser-protocol.ts';
import { refusedFile } from './read-item.ts';

/** A Markdown or text document longer than this is a data file, not something to read. */
export const MAX_TEXT_UNITS = 20 * 1024 * 1024;

/** Reads one document of any format; runs in the disposable process, which therefore loads one parser only. Errors: `file_unreadable`, `file_refused`. */
export async function readDocument(path: string, fileName: string, format: DocumentFormat, encoding: TextEncoding): Promise<ParsedDocument> {
  switch (format) {
    case 'docx':
      return (await import('./docx-blocks.ts')).docxBlocks(path, fileName);
    case 'pdf':
      return (await import('./pdf-blocks.ts')).pdfBlocks(path, fileName);
    case 'html':
      return readHtml(path, encoding);
    case 'markdown':
      return (await import('./markdown-blocks.ts')).markdownBlocks(await readText(path, fileName, encoding));
    case 'text':
      return textBlocks(await readText(path, fileName, encoding));
    default:
      return assertNever(format);
  }
}

async function readHtml(path: string, encoding: TextEncoding): Promise<ParsedDocument> {
  const { createHtmlParser } = await import('./html-blocks.ts');
  const parser = createHtmlParser();
  for await (const piece of decodeStream(createReadStream(path), encoding)) parser.write(piece);
  return parser.end();
}

async function readText(path: string, fileName: string, encoding: TextEncoding): Promise<string> {
  let text = '';
  for await (const piece of decodeStream(createReadStream(path), encoding)) {
    text += piece;
    if (text.length > MAX_TEXT_UNITS) throw refusedFile(`${fileName} is longer than 20 MB of text.`);
  }
  return text;
}

/** Paragraphs of plain text are parted by empty lines. */
function textBlocks(text: string): ParsedDocument {
  const paragraphs = text.toWellFormed().replaceAll('\0', '').split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/);
  return { title: null, blocks: paragraphs.map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph.trim() })).filter((block) => block.text !== '') };
}
