import type { EvalWork } from './eval-work.ts';
import { rankPool, type RankedPool } from './rank-pool.ts';

export type RetrievalSet = { corpus: readonly string[]; queries: readonly { query: string; positives: readonly string[] }[] };
export type RetrievalFigures = { queries: number; corpus: number } & RankedPool;

/** Finds each query's positives in the whole corpus. Positives that are no document of the corpus are not looked for. */
export async function retrievalFigures({ corpus, queries }: RetrievalSet, work: EvalWork): Promise<RetrievalFigures> {
  const places = new Map(corpus.map((text, place) => [text, place]));
  const asked = queries.map(({ query, positives }) => ({ text: query, right: [...new Set(positives)].flatMap((text) => places.get(text) ?? []) }));
  return { queries: queries.length, corpus: corpus.length, ...(await rankPool(corpus, asked, work)) };
}
