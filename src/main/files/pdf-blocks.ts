import { readFile } from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';
import { flatText, type DocumentBlock, type ParsedDocument } from './document.ts';
import { refusedFile, unreadableFile } from './read-item.ts';

/** One printed line: its text, baseline and letter height in points. */
type PrintedLine = { text: string; y: number; heightPt: number };
type PdfItem = { str: string; transform: number[]; height: number; hasEOL: boolean };

/** Letters this much larger than the page's ordinary ones make a heading. */
const HEADING_RATIO = 1.2;
const MAX_HEADING_LENGTH = 80;
/** A gap of more than this many line heights starts a new paragraph. */
const PARAGRAPH_GAP_RATIO = 1.8;

/**
 * Paragraphs and headings of a PDF's text, page by page. Throws `file_refused` for a password or a scan without text,
 * `file_unreadable` for a damaged file.
 */
export async function pdfBlocks(path: string, fileName: string): Promise<ParsedDocument> {
  const bytes = new Uint8Array(await readFile(path));
  const pdf = await getDocumentProxy(bytes, { verbosity: 0 }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException') throw refusedFile(`${fileName} is protected with a password. Save it without one first.`, error);
    throw unreadableFile(`${fileName} is damaged or incomplete and cannot be read as a PDF.`, error);
  });
  const blocks: DocumentBlock[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    blocks.push(...pageBlocks(linesOf(items.filter((item): item is PdfItem & typeof item => 'str' in item)), number));
    page.cleanup();
  }
  if (blocks.length === 0) throw refusedFile(`${fileName} holds no text: it seems to be a scan.`);
  const { info } = await pdf.getMetadata();
  await pdf.loadingTask.destroy();
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title : null;
  return { title, blocks };
}

function linesOf(items: readonly PdfItem[]): PrintedLine[] {
  const lines: PrintedLine[] = [];
  let line: PrintedLine | null = null;
  for (const item of items) {
    const y = item.transform[5] ?? 0;
    const heightPt = item.height || Math.abs(item.transform[3] ?? 0);
    if (line !== null && Math.abs(line.y - y) > Math.max(1, line.heightPt * 0.5)) {
      lines.push(line);
      line = null;
    }
    if (line === null) line = { text: item.str, y, heightPt };
    else {
      line.text += item.str;
      line.heightPt = Math.max(line.heightPt, heightPt);
    }
    if (item.hasEOL) {
      lines.push(line);
      line = null;
    }
  }
  if (line !== null) lines.push(line);
  return lines.map((each) => ({ ...each, text: flatText(each.text) })).filter((each) => each.text !== '');
}

function pageBlocks(lines: readonly PrintedLine[], page: number): DocumentBlock[] {
  const ordinaryPt = ordinaryHeight(lines);
  const blocks: DocumentBlock[] = [];
  let before: PrintedLine | null = null;
  for (const line of lines) {
    const isHeading = line.heightPt > ordinaryPt * HEADING_RATIO && line.text.length <= MAX_HEADING_LENGTH;
    const last = blocks.at(-1);
    const continues = before !== null && last?.kind === 'paragraph' && !isHeading && Math.abs(before.y - line.y) <= line.heightPt * PARAGRAPH_GAP_RATIO;
    if (continues && last !== undefined) last.text = joinLines(last.text, line.text);
    else blocks.push(isHeading ? { kind: 'heading', text: line.text, level: 2, page } : { kind: 'paragraph', text: line.text, page });
    before = line;
  }
  return blocks;
}

/** The letter height that most of the page's characters have. */
function ordinaryHeight(lines: readonly PrintedLine[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const height = Math.round(line.heightPt * 2) / 2;
    counts.set(height, (counts.get(height) ?? 0) + line.text.length);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Chinese lines join without a space; a hyphen at a line end is taken as a broken word. */
function joinLines(first: string, second: string): string {
  if (/[a-z]-$/i.test(first) && /^[a-z]/.test(second)) return first.slice(0, -1) + second;
  const isChinese = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u.test(first) && /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(second);
  return isChinese ? first + second : `${first} ${second}`;
}
