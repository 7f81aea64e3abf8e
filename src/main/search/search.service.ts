import { performance } from 'node:perf_hooks';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { SearchHit, SearchKind } from '../../shared/contract/search.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { hybridSearch } from './hybrid-search.ts';
import type { SearchCandidate, SearchEngine, SearchMode, SearchRequest, SearchResult, SearchTimingsMs } from './search.types.ts';
import type { IndexKind } from './index-writer.ts';
import { createWordsIndex, type WordsIndex } from './words-index.ts';

export type SearchQuery = { text: string; kinds: readonly SearchKind[]; limit: number; mode?: SearchMode };
/** `timingsMs.total` includes the way to the engine and back and the reading of the rows. */
export type SearchAnswer = { hits: SearchHit[]; isWordsOnly: boolean; timingsMs: Partial<SearchTimingsMs> & { total: number } };

export type SearchService = {
  /** The search box: rows with every word first, then the rest by score, with what a hit shows. */
  query(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  /** Candidates for suggestions; by words alone while the engine is away. */
  candidates(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
};

/** `holdBackground` keeps background embedding out of the way of one live question; it answers the function that lets go. */
/** `repId`: whose own macros may be found; without it the team's only. */
export type SearchServiceOptions = { db: ReadableDb; engine: Pick<SearchEngine, 'search'>; holdBackground?(): () => void; repId?: (() => string) | undefined };

export function createSearchService({ db, engine, holdBackground = () => () => {}, repId = () => '' }: SearchServiceOptions): SearchService {
  // made when first needed: with the engine at work the backend never reads the collection figures
  let words: WordsIndex | undefined;

  const candidates = async (request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> => {
    const letGo = holdBackground();
    try {
      return await engine.search(request, signal);
    } catch (error) {
      if (!(error instanceof DeskmateError) || error.code !== 'engine_down') throw error;
      return await hybridSearch({ words: (words ??= createWordsIndex(db)), meaning: null }, request, signal);
    } finally {
      letGo();
    }
  };
  return {
    candidates,
    async query(query, signal) {
      const startedAt = performance.now();
      const result = await candidates({ mode: 'lookup', ...query, kinds: query.kinds.flatMap(indexKindsOf) }, signal);
      const hits = result.candidates.flatMap((candidate) => findHit(db, candidate, repId()) ?? []);
      return { hits, isWordsOnly: result.isWordsOnly, timingsMs: { ...result.timingsMs, total: performance.now() - startedAt } };
    },
  };
}

/** A person looks through everything that was said; suggestions only through what customers asked. */
function indexKindsOf(kind: SearchKind): IndexKind[] {
  return kind === 'message' ? ['message', 'reply'] : [kind];
}

type HitRow = { id: string; text: string; title: string; source: string; conversationId: string | null; updatedAt: number | null };

const HIT_SQL = {
  passage: `SELECT p.id, p.text, CASE p.heading WHEN '' THEN a.title ELSE p.heading END AS title, a.title AS source, NULL AS conversationId, a.updated_at AS updatedAt
    FROM passages p JOIN articles a ON a.id = p.article_id AND a.deleted_at IS NULL WHERE p.seq = @seq`,
  macro: `SELECT id, text, title, code AS source, NULL AS conversationId, updated_at AS updatedAt FROM macros
    WHERE seq = @seq AND deleted_at IS NULL AND (scope <> 'personal' OR rep_id = @repId)`,
  message: `SELECT m.id, m.text, c.name AS title, m.conversation_id AS source, m.conversation_id AS conversationId, m.sent_at AS updatedAt
    FROM messages m JOIN conversations v ON v.id = m.conversation_id JOIN customers c ON c.id = v.customer_id WHERE m.seq = @seq`,
} as const satisfies Record<SearchKind, string>;

/** Undefined when the row has gone since it was found. */
function findHit(db: ReadableDb, { kind, seq, score, matchedWords }: SearchCandidate, repId: string): SearchHit | undefined {
  const shownKind = kind === 'reply' ? 'message' : kind;
  const row = prepared<HitRow>(db, HIT_SQL[shownKind]).get({ seq, repId });
  return row && { ...row, kind: shownKind, conversationId: row.conversationId as ConversationId | null, score, matchedWords };
}
