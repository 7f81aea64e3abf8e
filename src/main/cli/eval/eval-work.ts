import type { EmbeddingModel } from '../../engine/embedding-model.ts';
import { createBm25, type Bm25Index } from './bm25.ts';
import { createTfidf, type TfidfIndex } from './tfidf.ts';
import { dots, embedAll, matrixOf, vectorOf, type Matrix } from './vectors.ts';

/** What every measurement works with. `breathe` is awaited often: it lets Ctrl-C through and throws once it was pressed. */
export type EvalWork = { model: Pick<EmbeddingModel, 'embed'>; onProgress(doneCount: number, totalCount: number): void; breathe(): Promise<void> };

/** Documents that can be searched by meaning and by the two baselines; `vectorOf` knows the documents and the queries. */
export type Pool = { vectors: Matrix; vectorOf(text: string): Float32Array; bm25: Bm25Index; tfidf: TfidfIndex; scores(query: string): Record<'vector' | 'bm25' | 'tfidf', Float64Array> };

export async function createPool(documents: readonly string[], queries: readonly string[], { model, onProgress }: EvalWork): Promise<Pool> {
  const known = await embedAll(model, documents, 'passage', onProgress);
  // some models want to be told what is asked
  const asked = await embedAll(model, queries, 'query', onProgress);
  return poolOf(documents, matrixOf(known, documents), (text) => asked.get(text) ?? vectorOf(known, text));
}

/** Some documents of a pool by their places, `documents` being their texts: a pool of its own, in which words are as rare as they are there. */
export function partOfPool(pool: Pool, places: readonly number[], documents: readonly string[]): Pool {
  const { data, dims } = pool.vectors;
  const part = new Float32Array(places.length * dims);
  for (const [row, place] of places.entries()) part.set(data.subarray(place * dims, (place + 1) * dims), row * dims);
  return poolOf(documents, { data: part, rowCount: places.length, dims }, pool.vectorOf);
}

function poolOf(documents: readonly string[], vectors: Matrix, vectorAt: (text: string) => Float32Array): Pool {
  const [bm25, tfidf] = [createBm25(documents), createTfidf(documents)];
  return { vectors, vectorOf: vectorAt, bm25, tfidf, scores: (query) => ({ vector: dots(vectors, vectorAt(query)), bm25: bm25.scores(query), tfidf: tfidf.scores(query) }) };
}
