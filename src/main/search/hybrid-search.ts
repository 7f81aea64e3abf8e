import { performance } from 'node:perf_hooks';
import { onReferenceScale, type Likeness } from '../engine/likeness.ts';
import type { VectorIndex } from '../engine/vector-index.ts';
import type { Language } from '../../shared/contract/ids.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import { detectLanguage } from '../text/language.ts';
import { fuse, isForeignPair, pairOf, type ArmScores, type FuseWeights } from './fuse.ts';
import type { SearchRequest, SearchResult } from './search.types.ts';
import type { WordQuery } from './word-query.ts';
import type { WordsIndex } from './words-index.ts';
import type { IndexKind } from './index-writer.ts';

/** Null where there is no model: the search is then by words alone. */
export type MeaningArm = { embed(text: string): Promise<Int8Array>; vectors: Readonly<Record<IndexKind, VectorIndex>>; /** Of the model; absent where its cosines are on the reference scale. */ likeness?: Likeness | undefined };
export type HybridSearchParts = { words: WordsIndex; meaning: MeaningArm | null; weights?: FuseWeights };

/** Rows looked up by vector per kind: the exact float top ten lies within the int8 top fifty. */
const NEAR_ROWS = 50;
/** Rows each arm then brings to be scored by both; a row past the first 25 of one arm and absent from the other never ranks. */
const ROWS_PER_ARM = 25;

/**
 * Both arms over every kind asked for; rows that one arm found are scored by the other too, so that a score never depends on who found the row.
 * @throws DeskmateError cancelled between stages once the signal is aborted.
 */
export async function hybridSearch({ words, meaning, weights }: HybridSearchParts, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
  const limit = Math.max(ROWS_PER_ARM, Math.ceil(request.limit / 2));
  const startedAt = performance.now();
  const vector = meaning === null ? null : await meaning.embed(request.text);
  if (signal?.aborted === true) throw new DeskmateError('cancelled', 'The search was cancelled.');
  const embeddedAt = performance.now();
  const near = request.kinds.map((kind) => (meaning === null || vector === null ? [] : meaning.vectors[kind].search(vector, Math.max(NEAR_ROWS, limit)).slice(0, limit)));
  const comparedAt = performance.now();
  const query = words.question(request.text);
  const rows = request.kinds.flatMap((kind, at) => {
    const cosines = new Map(near[at]?.map((match) => [match.seq, match.cosine]));
    const cosineOf = (seq: number) => cosines.get(seq) ?? (meaning === null || vector === null ? null : meaning.vectors[kind].cosineOf(seq, vector));
    return scoredRows(words, kind, query, request, limit, cosines, cosineOf);
  });
  const scoredAt = performance.now();
  const language = detectLanguage(request.text);
  const candidates = fuse(rows.map((row) => withMeant(row, language, meaning?.likeness)), language, weights).filter((candidate) => candidate.score > 0).slice(0, request.limit);
  return {
    candidates,
    isWordsOnly: meaning === null,
    timingsMs: { embed: embeddedAt - startedAt, vectors: comparedAt - embeddedAt, words: scoredAt - comparedAt, fuse: performance.now() - scoredAt },
  };
}

function scoredRows(words: WordsIndex, kind: IndexKind, query: WordQuery, request: SearchRequest, limit: number, near: ReadonlyMap<number, number>, cosineOf: (seq: number) => number | null): ArmScores[] {
  const seqs = new Set([...words.candidates(kind, query, request.mode ?? 'suggest', limit), ...near.keys()]);
  return words.score(kind, query, [...seqs]).map((match) => ({ kind, ...match, cosine: cosineOf(match.seq) }));
}

/** What is judged later, here and by `assist`, is a cosine of the reference scale; the languages are compared as `assist` compares them. */
function withMeant(row: ArmScores, language: Language, likeness: Likeness | undefined): ArmScores {
  return row.cosine === null || likeness === undefined ? row : { ...row, cosine: onReferenceScale(row.cosine, likeness, isForeignPair(pairOf(language, row.language)) ? 'across' : 'same') };
}
