import type { FuseWeights } from '../../search/fuse.ts';
import { createBm25, type Bm25Index } from '../../tuning/bm25.ts';
import { createTfidf, type TfidfIndex } from './tfidf.ts';
import type { TuneWork } from '../../tuning/tune-work.ts';
import { dots, embedAll, matrixOf, vectorOf, type Matrix } from '../../tuning/vectors.ts';

/** What every measurement works with. */
export type EvalWork = Pick<TuneWork, 'model' | 'breathe' | 'onProgress'> & { /** How words and meaning are fused; the shipped way when left out. */ weights?: FuseWeights };

/** Documents that can be searched by meaning and by the two baselines; `vectorOf` knows the documents and the queries. */
export type Pool = { vectors: Matrix; vectorOf(text: string): Float32Array; bm25: Bm25Index; tfidf: TfidfIndex; scores(query: string): Record<'vector' | 'bm25' | 'tfidf', Float64Array> };

export async function createPool(documents: readonly string[], queries: readonly string[], { model, onProgress }: EvalWork): Promise<Pool> {
  const known = await embedAll(model, documents, 'passage', onProgress);
  // some models want to be told what is asked
  const asked = await embedAll(model, queries, 'query', onProgress);
  return poolOf(documents, matrixOf(known, documents), (text) => asked.get(text) ?? vectorOf(known, text));
}

/**
 * The same pool with the documents' mean taken off every one of them: names of intents are written to one pattern ("buyer asks about …"), and
 * what they share tells none of them from another. Two documents or fewer stay as they are.
 */
export function centredPool(pool: Pool): Pool {
  const { data, dims, rowCount } = pool.vectors;
  if (rowCount <= 2) return pool;
  const mean = new Float64Array(dims);
  for (const [at, x] of data.entries()) mean[at % dims] = (mean[at % dims] as number) + x / rowCount;
  const centred = data.map((x, at) => x - (mean[at % dims] as number));
  for (let row = 0; row < rowCount; row++) {
    const part = centred.subarray(row * dims, (row + 1) * dims);
    const length = Math.hypot(...part);
    if (length > 0) part.set(part.map((x) => x / length));
  }
  const vectors = { data: centred, rowCount, dims };
  return { ...pool, vectors, scores: (query) => ({ ...pool.scores(query), vector: dots(vectors, pool.vectorOf(query)) }) };
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
