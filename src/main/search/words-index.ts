import type { Language } from '../../shared/contract/ids.contract.ts';
import type { SearchKind } from '../../shared/contract/search.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { SEARCH_TABLES } from './index-writer.ts';
import { findSearchableRow, listSeqsHolding } from './searchable-text.ts';
import type { SearchMode } from './search.types.ts';
import { createWordCounts } from './word-counts.ts';
import { isSingleCharacter, joinMatched, matchExpression, rarestTokens, scoreText, wordQuery, type WordQuery } from './word-query.ts';

/** One row scored by words: BM25 with every token of the question, 0 when it shares none. */
export type WordsMatch = { seq: number; language: Language; bm25: number; matchedWords: string[] };

/** Full text search of the three kinds over any connection that can read the store. */
export type WordsIndex = {
  /** Reads the collection figures a slice at a time; searching before that works, with cruder weights. */
  load(kinds: readonly SearchKind[]): Promise<void>;
  question(text: string): WordQuery;
  /** Rows worth scoring, best first by a first rough score; at most `limit`. */
  candidates(kind: SearchKind, query: WordQuery, mode: SearchMode, limit: number): number[];
  /** Scores of these rows in the same order; rows that have gone are left out. */
  score(kind: SearchKind, query: WordQuery, seqs: readonly number[]): WordsMatch[];
  stop(): void;
};

const KINDS: readonly SearchKind[] = ['passage', 'macro', 'message'];
/** Rows that the tokens looked up may stand in together (measured: the best ten score 0.998 of looking up every token). */
const ROW_BUDGET = 5000;
/** Above this, ranking every match costs more than it finds: the newest matches are scored instead. */
const RANKABLE_ROW_COUNT = 4 * ROW_BUDGET;
const SINGLE_CHARACTER_SCAN = 20_000;
const REMEMBERED_TEXTS = 4096;

type Remembered = { source: string; normalised: string };

export function createWordsIndex(db: ReadableDb): WordsIndex {
  const counts = createWordCounts(db);
  const remembered = new Map<string, Remembered>();

  /** Normalising costs more than scoring, and good rows come back again and again. */
  const normalisedOf = (key: string, source: string): string => {
    const known = remembered.get(key);
    if (known?.source === source) return known.normalised;
    const normalised = normaliseForMatch(source);
    if (remembered.size >= REMEMBERED_TEXTS) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(key, { source, normalised });
    return normalised;
  };
  const scoreRow = (kind: SearchKind, query: WordQuery, seq: number, tokensPerRow: number): WordsMatch | undefined => {
    const row = findSearchableRow(db, kind, seq);
    if (row === undefined) return undefined;
    const normalised = normalisedOf(`${kind}${seq}`, row.text);
    const { bm25, matched } = scoreText(query, normalised, indexedTokenCount(db, kind, seq) ?? tokensPerRow, tokensPerRow);
    return { seq, language: row.language, bm25, matchedWords: joinMatched(matched, normalised) };
  };

  return {
    load: (kinds) => counts.load(kinds),
    question(text) {
      const all = KINDS.map((kind) => counts.of(kind));
      return wordQuery(text, {
        rowCount: all.reduce((sum, { rowCount }) => sum + rowCount, 0),
        documentCount: (token) => all.reduce((sum, { documentCounts }) => sum + (documentCounts.get(token) ?? 0), 0),
      });
    },
    candidates(kind, query, mode, limit) {
      if (query.tokens.length === 0) return [];
      const { documentCounts } = counts.of(kind);
      const documentCount = (token: string) => documentCounts.get(token) ?? 0;
      const rare = rarestTokens(query, documentCount, ROW_BUDGET);
      const matching = (tokens: readonly string[], joiner: 'AND' | 'OR', rowCount: number) => listMatches(db, kind, tokens, joiner, rowCount, limit);
      if (isSingleCharacter(query)) {
        // stored text is as people wrote it: look for the character both as typed and as simplified
        const typed = query.source.match(/\p{L}/u)?.[0] ?? '';
        const holding = listSeqsHolding(db, kind, [typed, query.tokens[0] ?? typed], SINGLE_CHARACTER_SCAN, limit);
        return [...new Set([...holding, ...matching(query.tokens, 'OR', rare.rowCount)])].slice(0, limit);
      }
      const all = mode === 'lookup' ? matching(query.tokens, 'AND', Math.min(...query.tokens.map(documentCount))) : [];
      if (all.length >= limit) return all;
      return [...new Set([...all, ...matching(rare.tokens, 'OR', rare.rowCount)])].slice(0, limit);
    },
    score(kind, query, seqs) {
      const { tokensPerRow } = counts.of(kind);
      return seqs.flatMap((seq) => scoreRow(kind, query, seq, tokensPerRow) ?? []);
    },
    stop: () => counts.stop(),
  };
}

/** `rowCount` estimates how many rows match. */
function listMatches(db: ReadableDb, kind: SearchKind, tokens: readonly string[], joiner: 'AND' | 'OR', rowCount: number, limit: number): number[] {
  const { fts } = SEARCH_TABLES[kind];
  const order = rowCount > RANKABLE_ROW_COUNT ? 'rowid DESC' : 'rank';
  const statement = prepared<{ rowid: number }>(db, `SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY ${order} LIMIT ?`);
  return statement.all(matchExpression(tokens, joiner), limit).map((row) => row.rowid);
}

/** FTS5 keeps the token count of each row as one varint; undefined when the row is not indexed. */
function indexedTokenCount(db: ReadableDb, kind: SearchKind, seq: number): number | undefined {
  const size = prepared<{ sz: Buffer }>(db, `SELECT sz FROM ${SEARCH_TABLES[kind].fts}_docsize WHERE id = ?`).get(seq)?.sz;
  if (size === undefined) return undefined;
  let count = 0;
  for (const byte of size) count = count * 128 + (byte & 127);
  return count;
}
