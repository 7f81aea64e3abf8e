import { marked, type Token, type Tokens } from 'marked';
import { Fragment, useMemo } from 'react';

/**
 * Markdown drawn as React elements from its tokens: no HTML is made or passed on, so tags in a text are shown as the characters they are.
 * Links and images stay words with their address beside them; nothing is fetched.
 */
export function MarkdownView({ markdown }: { markdown: string }) {
  const tokens = useMemo(() => marked.lexer(markdown, { gfm: true }), [markdown]);
  return <div className="flex flex-col gap-2 text-talk break-words">{blocks(tokens)}</div>;
}

function blocks(tokens: readonly Token[]): React.ReactNode[] {
  // oxlint-disable-next-line react/no-array-index-key -- tokens have no identity, and the whole list is drawn again at each change
  return tokens.map((token, index) => <Fragment key={index}>{block(token)}</Fragment>);
}

const HEADINGS = ['text-title font-semibold', 'text-talk font-semibold', 'text-ui font-semibold text-ink-2'];

type Draw = (token: Token) => React.ReactNode;

const BLOCKS: Readonly<Record<string, Draw>> = {
  // headings of the text stand below those of the page, whatever they are called in it
  heading: (token) => <p role="heading" aria-level={Math.min(6, (token as Tokens.Heading).depth + 2)} className={HEADINGS[Math.min(2, (token as Tokens.Heading).depth - 1)]}>{inner(token)}</p>,
  list: (token) => <List list={token as Tokens.List} />,
  table: (token) => <Table table={token as Tokens.Table} />,
  blockquote: (token) => <blockquote className="flex flex-col gap-2 border-l-2 border-line pl-3 text-ink-2">{blocks((token as Tokens.Blockquote).tokens)}</blockquote>,
  code: (token) => <pre className="quiet-scroll overflow-x-auto rounded bg-raised p-2 text-ui">{(token as Tokens.Code).text}</pre>,
  hr: () => <hr className="border-line" />,
  space: () => null,
  def: () => null,
  html: (token) => <p className="whitespace-pre-wrap">{token.raw.trim()}</p>,
};

function block(token: Token): React.ReactNode {
  const draw = Object.hasOwn(BLOCKS, token.type) ? BLOCKS[token.type] : undefined;
  return draw === undefined ? <p className="whitespace-pre-wrap">{inner(token) ?? token.raw}</p> : draw(token);
}

function List({ list }: { list: Tokens.List }) {
  const Tag = list.ordered ? 'ol' : 'ul';
  return (
    <Tag start={list.ordered && typeof list.start === 'number' ? list.start : undefined} className={list.ordered ? 'list-decimal pl-6' : 'list-disc pl-6'}>
      {/* oxlint-disable-next-line react/no-array-index-key -- items have no identity */}
      {list.items.map((item, index) => <li key={index}>{item.tokens.map((token, place) => <Fragment key={place}>{token.type === 'text' ? inline(token.tokens ?? [token]) : block(token)}</Fragment>)}</li>)}
    </Tag>
  );
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <div className="quiet-scroll overflow-x-auto">
      <table className="border-collapse text-ui">
        {/* oxlint-disable-next-line react/no-array-index-key -- cells have no identity */}
        <thead><tr>{table.header.map((cell, index) => <th key={index} scope="col" className="border border-line px-2 py-1 text-left">{inline(cell.tokens)}</th>)}</tr></thead>
        {/* oxlint-disable-next-line react/no-array-index-key -- cells have no identity */}
        <tbody>{table.rows.map((row, index) => <tr key={index}>{row.map((cell, place) => <td key={place} className="border border-line px-2 py-1">{inline(cell.tokens)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[]): React.ReactNode[] {
  // oxlint-disable-next-line react/no-array-index-key -- tokens have no identity
  return tokens.map((token, index) => <Fragment key={index}>{span(token)}</Fragment>);
}

/** What stands inside a token; null for one without parts of its own. */
function inner(token: Token): React.ReactNode[] | null {
  return 'tokens' in token && token.tokens !== undefined ? inline(token.tokens) : null;
}

const SPANS: Readonly<Record<string, Draw>> = {
  strong: (token) => <strong className="font-semibold">{inner(token)}</strong>,
  em: (token) => <em>{inner(token)}</em>,
  del: (token) => <del>{inner(token)}</del>,
  codespan: (token) => <code className="rounded bg-raised px-1">{plainText((token as Tokens.Codespan).text)}</code>,
  br: () => <br />,
  link: (token) => <>{inner(token)}{(token as Tokens.Link).text === (token as Tokens.Link).href ? null : <span className="text-meta text-ink-3"> ({(token as Tokens.Link).href})</span>}</>,
  image: (token) => <span className="text-ink-3">[{(token as Tokens.Image).text}]</span>,
  text: (token) => inner(token) ?? plainText((token as Tokens.Text).text),
  escape: (token) => plainText((token as Tokens.Escape).text),
};

function span(token: Token): React.ReactNode {
  const draw = Object.hasOwn(SPANS, token.type) ? SPANS[token.type] : undefined;
  return draw === undefined ? token.raw : draw(token);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** The lexer leaves entities as they were written. */
function plainText(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_all, name: string) => ENTITIES[name] ?? '');
}
