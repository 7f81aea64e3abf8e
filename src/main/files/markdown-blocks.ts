import { marked, type Token, type Tokens } from 'marked';
import { flatText, tableRowBlock, type DocumentBlock, type ParsedDocument } from './document.ts';
import { htmlBlocks } from './html-blocks.ts';

const FRONT_MATTER = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** Blocks of Markdown (GFM). Marks are dropped and only words kept; embedded HTML goes through the HTML reader; a front matter may name the title. */
export function markdownBlocks(markdown: string): ParsedDocument {
  const front = FRONT_MATTER.exec(markdown);
  const title = /^title:\s*["']?(.+?)["']?\s*$/m.exec(front?.[1] ?? '')?.[1] ?? null;
  const body = markdown.slice(front?.[0].length ?? 0);
  return { title, blocks: marked.lexer(body, { gfm: true }).flatMap((token) => blocksOf(token, 1)) };
}

function blocksOf(token: Token, depth: number): DocumentBlock[] {
  switch (token.type) {
    case 'heading':
      return block({ kind: 'heading', text: inlineText(token), level: (token as Tokens.Heading).depth });
    case 'paragraph':
    case 'text':
      return block({ kind: 'paragraph', text: inlineText(token) });
    case 'code':
      return block({ kind: 'code', text: (token as Tokens.Code).text });
    case 'list':
      return (token as Tokens.List).items.flatMap((item) => itemBlocks(item, depth));
    case 'table':
      return tableBlocks(token as Tokens.Table);
    case 'blockquote':
      return (token.tokens ?? []).flatMap((inner) => blocksOf(inner, depth));
    case 'html':
      return htmlBlocks(token.raw).blocks;
    default:
      return [];
  }
}

function block(made: DocumentBlock): DocumentBlock[] {
  const text = made.text.toWellFormed().replaceAll('\0', '').trim();
  return text === '' ? [] : [{ ...made, text }];
}

/** The item's own words are one block; lists inside it follow one level deeper. */
function itemBlocks(item: Tokens.ListItem, depth: number): DocumentBlock[] {
  const own = item.tokens.filter((token) => token.type !== 'list' && token.type !== 'code');
  const rest = item.tokens.filter((token) => token.type === 'list' || token.type === 'code');
  const text = own.map(inlineText).filter((part) => part !== '').join('\n');
  return [...block({ kind: 'list-item', text, level: depth }), ...rest.flatMap((token) => blocksOf(token, depth + 1))];
}

function tableBlocks(table: Tokens.Table): DocumentBlock[] {
  const headers = table.header.map((cell) => flatText(inlineText(cell)));
  return table.rows.map((row) => tableRowBlock(row.map((cell) => flatText(inlineText(cell))), headers)).filter((row) => row.text !== '');
}

/** The words of a token without marks, links reduced to their text. */
function inlineText(token: { type?: string; text?: string; raw?: string; tokens?: Token[] | undefined }): string {
  if (token.type === 'br') return '\n';
  if (token.type === 'html') return flatText(htmlBlocks(token.raw ?? '').blocks.map((each) => each.text).join(' '));
  if (token.tokens !== undefined) return token.tokens.map(inlineText).join('');
  return unescapeEntities(token.text ?? '');
}

function unescapeEntities(text: string): string {
  return text.includes('&') ? htmlBlocks(`<pre>${text.replaceAll('<', '&lt;')}</pre>`).blocks.map((each) => each.text).join('') : text;
}
