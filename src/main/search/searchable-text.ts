import type { Language } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { IndexKind } from './index-writer.ts';

/** The one text of a row that is indexed by words, embedded, and scored again: passages with the title of their article and their heading, macros with their title. */
export type SearchableRow = { seq: number; text: string; language: Language };

/** That text as SQL, over the columns of the row's own table. */
export const SEARCHABLE_TEXT = {
  passage: "(SELECT CASE WHEN instr(heading, title) = 1 THEN '' ELSE title || char(10) END FROM articles WHERE articles.id = article_id) || heading || char(10) || text",
  macro: 'title || char(10) || text',
  message: 'text',
  reply: 'text',
} as const satisfies Record<IndexKind, string>;

const ROWS_OF = { passage: 'passages', macro: 'macros', message: 'messages', reply: 'messages' } as const satisfies Record<IndexKind, string>;

/** What to hand to `indexText` for a macro; a message's text stands for itself. */
export function searchableText(title: string, text: string): string {
  return `${title}\n${text}`;
}

/** The same for a passage. A heading that begins with the title of the article says it already. */
export function searchablePassage(title: string, { heading, text }: { heading: string; text: string }): string {
  return heading.startsWith(title) ? searchableText(heading, text) : searchableText(`${title}\n${heading}`, text);
}

/** Undefined when the row has gone since its seq was found. */
export function findSearchableRow(db: ReadableDb, kind: IndexKind, seq: number): SearchableRow | undefined {
  return prepared<SearchableRow>(db, `SELECT seq, ${SEARCHABLE_TEXT[kind]} AS text, language FROM ${ROWS_OF[kind]} WHERE seq = ?`).get(seq);
}

/** Rows whose text holds one of the two strings, newest first, among the newest `scanCount` rows only. */
export function listSeqsHolding(db: ReadableDb, kind: IndexKind, parts: readonly [string, string], scanCount: number, limit: number): number[] {
  const sql = `SELECT seq FROM (SELECT seq, ${SEARCHABLE_TEXT[kind]} AS text FROM ${ROWS_OF[kind]} ORDER BY seq DESC LIMIT ?) WHERE instr(text, ?) > 0 OR instr(text, ?) > 0 LIMIT ?`;
  return prepared<{ seq: number }>(db, sql).all(scanCount, ...parts, limit).map((row) => row.seq);
}
