import type { Language } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { bestRows } from './best-rows.ts';
import { INDEX_KINDS, SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { findSearchableRow, listSeqsHolding } from './searchable-text.ts';
import type { SearchMode } from './search.types.ts';
import { createWordCounts } from './word-counts.ts';
import { isSingleCharacter, joinMatched, matchExpression, rarestTokens, scoreText, wordQuery, type WordQuery } from './word-query.ts';

/** One row scored by words: BM25 with every token of the question, 0 when it shares none. */
export type WordsMatch = { seq: number; language: Language; bm25: number; matchedWords: string[] };

/** Full text search of the three kinds over any connection that can read the store. */
export type WordsIndex = {
  /** Reads the collection figures a slice at a time; searching before that works, with cruder weights. */
  load(kinds: readonly IndexKind[]): Promise<void>;
  question(text: string): WordQuery;
  /** Rows worth scoring, best first by a first rough score; at most `limit`. */
  candidates(kind: IndexKind, query: WordQuery, mode: SearchMode, limit: number): number[];
  /** Scores of these rows in the same order; rows that have gone are left out. */
  score(kind: IndexKind, query: WordQuery, seqs: readonly number[]): WordsMatch[];
  stop(): void;
};

/** Rows that the tokens looked up may stand in together; docs/bench.md has what that keeps of looking up every token. */
const ROW_BUDGET = 10_000;
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
  const scoreRow = (kind: IndexKind, query: WordQuery, seq: number, tokensPerRow: number): WordsMatch | undefined => {
    const row = findSearchableRow(db, kind, seq);
    if (row === undefined) return undefined;
    const normalised = normalisedOf(`${kind}${seq}`, row.text);
    const { bm25, matched } = scoreText(query, normalised, tokensPerRow);
    return { seq, language: row.language, bm25, matchedWords: joinMatched(query, matched, normalised) };
  };

  return {
    load: (kinds) => counts.load(kinds),
    question(text) {
      const all = INDEX_KINDS.map((kind) => counts.of(kind));
      return wordQuery(text, {
        rowCount: all.reduce((sum, { rowCount }) => sum + rowCount, 0),
        documentCount: (token) => all.reduce((sum, { documentCounts }) => sum + (documentCounts.get(token) ?? 0), 0),
      });
    },
    candidates(kind, query, mode, limit) {
      if (query.tokens.length === 0 || isEmpty(db, kind)) return [];
      const { documentCounts } = counts.of(kind);
      const rare = rarestTokens(query, (token) => documentCounts.get(token) ?? 0, ROW_BUDGET);
      const sharing = () => listSharing(db, kind, rare, query.idf, limit);
      if (isSingleCharacter(query)) {
        // stored text is as people wrote it: look for the character both as typed and as simplified
        const typed = query.source.match(/\p{L}/u)?.[0] ?? '';
        const holding = listSeqsHolding(db, kind, [typed, query.tokens[0] ?? typed], SINGLE_CHARACTER_SCAN, limit);
        return [...new Set([...holding, ...sharing()])].slice(0, limit);
      }
      const all = mode === 'lookup' ? listMatches(db, kind, matchExpression(query.tokens, 'AND'), limit) : [];
      return all.length >= limit ? all : [...new Set([...all, ...sharing()])].slice(0, limit);
    },
    score(kind, query, seqs) {
      const { tokensPerRow } = counts.of(kind);
      return seqs.flatMap((seq) => scoreRow(kind, query, seq, tokensPerRow) ?? []);
    },
    stop: () => counts.stop(),
  };
}

/** A shop without macros need not look every token up among them. */
function isEmpty(db: ReadableDb, kind: IndexKind): boolean {
  return prepared(db, `SELECT 1 FROM ${SEARCH_TABLES[kind].rows} LIMIT 1`).get() === undefined;
}

/** The newest rows that match. FTS5's own ranking reads the size of every match from the store, which costs six times as much as the match. */
function listMatches(db: ReadableDb, kind: IndexKind, expression: string, limit: number): number[] {
  const { fts } = SEARCH_TABLES[kind];
  return prepared(db, `SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rowid DESC LIMIT ?`).pluck().all(expression, limit) as number[];
}

/** Rows by the summed weight of the tokens they share, best first, newest first among equals. */
function listSharing(db: ReadableDb, kind: IndexKind, tokens: readonly string[], idf: ReadonlyMap<string, number>, limit: number): number[] {
  return bestRows(tokens.map((token) => ({ seqs: listMatches(db, kind, matchExpression([token], 'OR'), ROW_BUDGET), weight: idf.get(token) ?? 0 })), limit);
}
