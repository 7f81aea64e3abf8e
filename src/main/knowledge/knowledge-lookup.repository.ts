import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listWithEveryWord } from '../search/word-lookup.ts';
import { normaliseForMatch } from '../text/normalise.ts';

/** Rows that hold every word, the newest first; counting stops here. */
const MOST_MATCHES = 1000;
const MOST_TITLES = 20;

export type SeqLookup = { seqs: number[]; isAtLeast: boolean };

/** Passages by their words, after the first passages of articles whose title holds the text. */
export function lookUpPassages(db: ReadableDb, text: string): SeqLookup {
  const byTitle = prepared<{ seq: number }>(
    db,
    `SELECT min(p.seq) AS seq FROM articles a JOIN passages p ON p.article_id = a.id
     WHERE a.deleted_at IS NULL AND (a.title LIKE @typed ESCAPE '\\' OR a.title LIKE @simplified ESCAPE '\\') GROUP BY a.id ORDER BY a.updated_at DESC LIMIT ${MOST_TITLES}`,
  ).all({ typed: likePattern(text.trim()), simplified: likePattern(normaliseForMatch(text)) });
  const byWords = listWithEveryWord(db, 'passage', text, MOST_MATCHES);
  return { seqs: [...new Set([...byTitle.map(({ seq }) => seq), ...byWords])], isAtLeast: byWords.length === MOST_MATCHES };
}

/** Macros by code, then by their words. Whose they are is looked at when they are read. */
export function lookUpMacros(db: ReadableDb, text: string): SeqLookup {
  const byCode = prepared<{ seq: number }>(db, `SELECT seq FROM macros WHERE deleted_at IS NULL AND code LIKE ? ESCAPE '\\' ORDER BY length(code), code LIMIT ${MOST_TITLES}`).all(likePattern(text.trim()).slice(1));
  const byWords = listWithEveryWord(db, 'macro', text, MOST_MATCHES);
  return { seqs: [...new Set([...byCode.map(({ seq }) => seq), ...byWords])], isAtLeast: byWords.length === MOST_MATCHES };
}

function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
