import { upsertArticle, type NewPassage } from '../knowledge/article.repository.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { passagesOf, type DocumentPassage } from '../files/passages.ts';
import { detectLanguage } from '../text/language.ts';
import { contentKey, createSeenKeys } from './content-key.ts';
import { parseRow, type CellContext } from './field-table.ts';
import type { ImportItem } from './import-batch.ts';
import type { ImportEnv } from './importer.ts';
import { QUESTION_FIELDS, TEXT_FIELDS } from './knowledge.fields.ts';
import { cellContext, mappedRows, type MappedRow } from './table-source.ts';

/**
 * Knowledge from a document (one article) or a table (one article a row: a question with its answer, or a title with its text).
 * The article's source is the file's path below the imported folder, for rows with `#` and the row's id or question behind it.
 */
export async function* importKnowledge(file: OpenedFile, env: ImportEnv): AsyncGenerator<ImportItem> {
  if (file.hasDocument) yield await documentItem(file, env);
  else yield* rowItems(file, env);
}

async function documentItem(file: OpenedFile, { db, ctx, source }: ImportEnv): Promise<ImportItem> {
  const document = await file.document();
  const passages = passagesOf(document).map((passage) => newPassage(headingOf(passage), passage.text));
  if (passages.length === 0) return { kind: 'rejected', line: null, reason: `${file.name} holds no text that can be read (a scanned picture, or an empty document).` };
  const language = detectLanguage(passages.map(({ text }) => text).join('\n').slice(0, 5000));
  return { kind: 'record', line: null, weight: passages.length, write: () => upsertArticle(db, ctx, { source, title: document.title, language, passages }) };
}

/** `Returns › Shoes`: where in the document a passage stands. */
export function headingOf(passage: Pick<DocumentPassage, 'headingPath'>): string {
  return passage.headingPath.join(' › ');
}

function newPassage(heading: string, text: string): NewPassage {
  return { heading, text, language: detectLanguage(text) };
}

type RowArticle = { key: string; title: string; passages: NewPassage[] };

async function* rowItems(file: OpenedFile, env: ImportEnv): AsyncGenerator<ImportItem> {
  const { db, ctx, options, source } = env;
  const seen = createSeenKeys();
  for await (const item of mappedRows(file, { kind: 'knowledge', mapping: options.mapping, sheet: options.sheet })) {
    const read = item.kind === 'rejected' ? item : readArticle(item, cellContext(options));
    if ('kind' in read) {
      yield read;
      continue;
    }
    const { key, title, passages } = read;
    const met = seen.meet(key, JSON.stringify([title, passages]), item.line ?? 0);
    if (met.kind === 'other') {
      yield { kind: 'rejected', line: item.line, reason: `The same ${'question' in (item.kind === 'row' ? item.cells : {}) ? 'question' : 'title'} or id is on line ${met.line} already, and line ${item.line} says something else. Keep one of them, or give each an id of its own.` };
      continue;
    }
    const language = detectLanguage(passages.map(({ text }) => text).join('\n').slice(0, 5000));
    const article = { source: `${source}#${key}`, title, language, passages };
    yield { kind: 'record', line: item.line, weight: passages.length, write: () => (met.kind === 'same' ? 'unchanged' : upsertArticle(db, ctx, article)) };
  }
}

function readArticle(item: MappedRow, context: CellContext): RowArticle | Extract<ImportItem, { kind: 'rejected' }> {
  return item.table === TEXT_FIELDS ? readText(item, context) : readQuestion(item, context);
}

function readQuestion({ line, cells }: MappedRow, context: CellContext): RowArticle | Extract<ImportItem, { kind: 'rejected' }> {
  const parsed = parseRow(QUESTION_FIELDS, cells, context);
  if (!parsed.ok) return { kind: 'rejected', line, reason: parsed.reason };
  const { question, answer, id, title } = parsed.row;
  const asked = question.trim();
  // Found by the question, answered by the answer: the question is the heading of the one passage.
  return { key: id ?? contentKey(asked).slice(0, 16), title: title ?? firstLine(asked), passages: [newPassage(asked, answer.trim())] };
}

function readText({ line, cells }: MappedRow, context: CellContext): RowArticle | Extract<ImportItem, { kind: 'rejected' }> {
  const parsed = parseRow(TEXT_FIELDS, cells, context);
  if (!parsed.ok) return { kind: 'rejected', line, reason: parsed.reason };
  const { title, text, id, category } = parsed.row;
  const paragraphs = text.split(/\r?\n/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '');
  const pieces = passagesOf({ blocks: paragraphs.map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph })) });
  const heading = category === null ? title : `${category} › ${title}`;
  return { key: id ?? contentKey(category, title).slice(0, 16), title, passages: pieces.map((piece) => newPassage(heading, piece.text)) };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 120);
}
