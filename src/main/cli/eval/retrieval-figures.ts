import type { EvalWork } from './eval-work.ts';
import { rankPool, type RankedPool } from './rank-pool.ts';

export type RetrievalSet = { corpus: readonly string[]; queries: readonly { query: string; positives: readonly string[] }[] };
export type RetrievalFigures = { queries: number; corpus: number } & RankedPool;

/** Finds each query's positives in the whole corpus. A document that is the query itself is left out, unless it is a positive; a positive that is no document is not looked for. */
export async function retrievalFigures({ corpus, queries }: RetrievalSet, work: EvalWork): Promise<RetrievalFigures> {
  const places = new Map(corpus.map((text, place) => [text, place]));
  const placesOf = (texts: readonly string[]) => [...new Set(texts)].flatMap((text) => places.get(text) ?? []);
  const asked = queries.map(({ query, positives }) => ({ text: query, right: placesOf(positives), leftOut: placesOf([query]) }));
  return { queries: queries.length, corpus: corpus.length, ...(await rankPool(corpus, asked, work)) };
}
