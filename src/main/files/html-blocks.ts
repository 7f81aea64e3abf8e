import { Parser } from 'htmlparser2';
import { flatText, tableRowBlock, type DocumentBlock, type ParsedDocument } from './document.ts';

const DROPPED = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'canvas', 'select', 'textarea']);
const BREAKING = new Set(['p', 'div', 'section', 'article', 'header', 'footer', 'main', 'aside', 'nav', 'blockquote', 'figure', 'figcaption', 'form', 'fieldset', 'hr', 'body', 'address', 'dl', 'dt', 'dd', 'details', 'summary', 'ul', 'ol', 'table', 'center']);

type Table = { headers: string[] | null; cells: string[]; isHeaderRow: boolean; rowCount: number };
type Walk = { blocks: DocumentBlock[]; title: string | null; text: string; kind: DocumentBlock['kind']; level: number; listDepth: number; droppedDepth: number; isTitle: boolean; tables: Table[] };

export type HtmlParser = { write(html: string): void; end(): ParsedDocument };

/** Reads HTML piece by piece into blocks. Scripts, styles and the like are dropped; entities are decoded; nothing is fetched or run. */
export function createHtmlParser(): HtmlParser {
  const walk: Walk = { blocks: [], title: null, text: '', kind: 'paragraph', level: 0, listDepth: 0, droppedDepth: 0, isTitle: false, tables: [] };
  const parser = new Parser(
    {
      onopentag: (name) => openTag(walk, name),
      ontext: (text) => {
        if (walk.droppedDepth === 0) walk.text += walk.kind === 'code' ? text : text.replace(/\s+/g, ' ');
      },
      onclosetag: (name) => closeTag(walk, name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  return {
    write: (html) => parser.write(html),
    end() {
      parser.end();
      flush(walk);
      return { title: walk.title, blocks: walk.blocks };
    },
  };
}

/** Blocks of a whole HTML text. */
export function htmlBlocks(html: string): ParsedDocument {
  const parser = createHtmlParser();
  parser.write(html);
  return parser.end();
}

function openTag(walk: Walk, name: string): void {
  if (DROPPED.has(name)) walk.droppedDepth++;
  else if (name === 'title') walk.isTitle = true;
  else if (name === 'br') walk.text += '\n';
  else if (walk.tables.length > 0 && openInTable(walk, name)) return;
  else if (/^h[1-6]$/.test(name)) begin(walk, 'heading', Number(name[1]));
  else if (name === 'pre') begin(walk, 'code', 0);
  else if (name === 'li') begin(walk, 'list-item', Math.max(1, walk.listDepth));
  else if (name === 'table') {
    begin(walk, 'paragraph', 0);
    walk.tables.push({ headers: null, cells: [], isHeaderRow: true, rowCount: 0 });
  } else if (BREAKING.has(name)) breakBlock(walk, name);
}

/** Everything inside a cell is text of that cell: only line breaks are kept between its blocks. */
function openInTable(walk: Walk, name: string): boolean {
  const table = walk.tables.at(-1);
  if (table === undefined) return false;
  if (name === 'tr') {
    table.cells = [];
    table.isHeaderRow = true;
  } else if (name === 'td' || name === 'th') {
    walk.text = '';
    if (name === 'td') table.isHeaderRow = false;
  } else if (BREAKING.has(name) && name !== 'table') walk.text += '\n';
  else if (name === 'table') {
    walk.tables.push({ headers: null, cells: [], isHeaderRow: true, rowCount: 0 });
    return true;
  } else if (name === 'li') walk.text += '\n';
  return true;
}

function closeTag(walk: Walk, name: string): void {
  if (DROPPED.has(name)) walk.droppedDepth = Math.max(0, walk.droppedDepth - 1);
  else if (name === 'title') {
    walk.title ??= flatText(walk.text);
    walk.text = '';
    walk.isTitle = false;
  } else if (walk.tables.length > 0) closeInTable(walk, name);
  else if (/^h[1-6]$/.test(name) || name === 'pre' || name === 'li' || BREAKING.has(name)) {
    flush(walk);
    if (name === 'ul' || name === 'ol') walk.listDepth = Math.max(0, walk.listDepth - 1);
  }
}

function closeInTable(walk: Walk, name: string): void {
  const table = walk.tables.at(-1);
  if (table === undefined) return;
  if (name === 'td' || name === 'th') {
    table.cells.push(cellText(walk.text));
    walk.text = '';
  } else if (name === 'tr') endRow(walk, table);
  else if (name === 'table') {
    walk.tables.pop();
    walk.text = '';
  }
}

function endRow(walk: Walk, table: Table): void {
  const { cells } = table;
  table.cells = [];
  if (cells.every((cell) => cell === '')) return;
  table.rowCount++;
  if (table.isHeaderRow && table.rowCount === 1 && cells.length > 1) table.headers = cells;
  else walk.blocks.push(tableRowBlock(cells, table.headers));
}

function cellText(text: string): string {
  return text.split('\n').map(flatText).filter((line) => line !== '').join(' ');
}

function begin(walk: Walk, kind: DocumentBlock['kind'], level: number): void {
  flush(walk);
  walk.kind = kind;
  walk.level = level;
}

/** A paragraph inside a list item belongs to the item; other block elements start a paragraph. */
function breakBlock(walk: Walk, name: string): void {
  if (walk.kind === 'list-item' && walk.text.trim() === '' && name !== 'ul' && name !== 'ol') return;
  begin(walk, 'paragraph', 0);
  if (name === 'ul' || name === 'ol') walk.listDepth++;
}

function flush(walk: Walk): void {
  const text = walk.kind === 'code' ? walk.text.toWellFormed().replaceAll('\0', '').trimEnd() : walk.text.split('\n').map(flatText).filter((line) => line !== '').join('\n');
  if (text.trim() !== '') walk.blocks.push(walk.level > 0 ? { kind: walk.kind, text, level: walk.level } : { kind: walk.kind, text });
  walk.text = '';
  walk.kind = 'paragraph';
  walk.level = 0;
}
