import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';
import { SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { matchExpression } from './word-query.ts';

const MOST_WORDS = 24;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;

/**
 * Seqs of rows that hold every word, newest first, at most `limit`. The last word may be half typed. A single Chinese character finds the
 * pairs that begin with it: rows where it only ends a run are left to the scan of the engine.
 */
export function listWithEveryWord(db: ReadableDb, kind: IndexKind, text: string, limit: number): number[] {
  const tokens = [...new Set(cjkTokens(normaliseForMatch(text)))].slice(0, MOST_WORDS);
  const last = tokens.at(-1);
  if (last === undefined) return [];
  const isOpen = !CJK.test(last) || Array.from(last).length === 1;
  const { fts } = SEARCH_TABLES[kind];
  const expression = matchExpression(tokens, 'AND') + (isOpen ? '*' : '');
  return prepared<{ seq: number }>(db, `SELECT rowid AS seq FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rowid DESC LIMIT ?`).all(expression, limit).map(({ seq }) => seq);
}
