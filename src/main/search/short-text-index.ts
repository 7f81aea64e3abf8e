import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { askedWords, nameWords } from '../text/name-words.ts';

/** Short texts found by their words alone: no vectors, no weights. Names are constants, never input. */
const TABLES = {
  customer: { words: 'customer_words', id: 'customer_id' },
  product: { words: 'product_words', id: 'product_id' },
  note: { words: 'note_words', id: 'note_id' },
} as const;
export type ShortTextKind = keyof typeof TABLES;

const LAST_CHARACTER = '\u{10FFFF}';

/** Replaces what a row is found by; call inside the transaction that writes its texts. The words go with their row by its foreign key. */
export function indexShortText(db: WritableDb, kind: ShortTextKind, id: string, texts: readonly (string | null)[]): void {
  const { words, id: column } = TABLES[kind];
  prepared(db, `DELETE FROM ${words} WHERE ${column} = ?`).run(id);
  const insert = prepared(db, `INSERT INTO ${words} (word, ${column}) VALUES (?, ?)`);
  for (const word of nameWords(texts)) insert.run(word, id);
}

/** Ids of rows that hold every word of the text, a word's beginning being enough; at most `limit`, in no order. */
export function listByWords(db: ReadableDb, kind: ShortTextKind, text: string, limit: number): string[] {
  const asked = askedWords(text);
  if (asked.length === 0) return [];
  const { words, id } = TABLES[kind];
  // only the number of words varies the SQL
  const one = `SELECT ${id} AS id FROM ${words} WHERE word >= ? AND word < ?`;
  const sql = `SELECT DISTINCT id FROM (${asked.map(() => one).join(' INTERSECT ')}) LIMIT ?`;
  return prepared<{ id: string }>(db, sql).all(...asked.flatMap((word) => [word, word + LAST_CHARACTER]), limit).map((row) => row.id);
}
