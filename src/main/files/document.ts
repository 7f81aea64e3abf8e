/** One block of a document in reading order; a table row has its `cells`, with the header's names already in its text. */
export type DocumentBlock = {
  kind: 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code';
  text: string;
  /** 1–6 for headings; nesting from 1 for list items. */
  level?: number;
  /** From 1, where the format has pages. */
  page?: number;
  cells?: readonly string[];
};

export type ReadDocument = { title: string; blocks: readonly DocumentBlock[] };

/** What a parser found: `title` is null when the document names none. */
export type ParsedDocument = { title: string | null; blocks: DocumentBlock[] };

/** Text of a table row: with a header every cell names its column, one a line; without one the cells stand side by side. */
export function tableRowBlock(cells: readonly string[], headers: readonly string[] | null): DocumentBlock {
  const isNamed = headers !== null && headers.length === cells.length;
  const named = cells.map((cell, index) => ({ header: headers?.[index] ?? '', cell })).filter(({ cell }) => cell !== '');
  const text = isNamed ? named.map(({ header, cell }) => (header === '' ? cell : `${header}: ${cell}`)).join('\n') : named.map(({ cell }) => cell).join(' | ');
  return { kind: 'table-row', text, cells: [...cells] };
}

/** One line of running text: white space folded, lone surrogates and NUL gone. */
export function flatText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replace(/\s+/g, ' ').trim();
}

/** The title: what the document says, else its first heading of the top level, else the file's name. */
export function titleOf(document: ParsedDocument, fileName: string): string {
  const named = flatText(document.title ?? '');
  if (named !== '') return named;
  const heading = document.blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return heading?.text ?? fileName.replace(/\.[^.]+$/, '');
}
