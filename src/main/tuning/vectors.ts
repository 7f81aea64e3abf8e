import type { EmbeddingModel, EmbedPurpose } from '../engine/embedding-model.ts';

const EMBED_BATCH_SIZE = 256;

/**
 * Unit vectors of texts, each different text embedded once. They come from the int8 rows that the store holds, so that figures are the
 * product's. `onProgress` hears how many are done.
 */
export async function embedAll(model: Pick<EmbeddingModel, 'embed'>, texts: readonly string[], purpose: EmbedPurpose = 'passage', onProgress: (doneCount: number, totalCount: number) => void = () => {}): Promise<Map<string, Float32Array>> {
  const distinct = [...new Set(texts)];
  const vectors = new Map<string, Float32Array>();
  for (let start = 0; start < distinct.length; start += EMBED_BATCH_SIZE) {
    const batch = distinct.slice(start, start + EMBED_BATCH_SIZE);
    const rows = await model.embed(batch, purpose);
    for (const [index, text] of batch.entries()) vectors.set(text, unitVector(rows[index] ?? new Int8Array()));
    onProgress(vectors.size, distinct.length);
  }
  return vectors;
}

/** Length 1, or all zeros for a text without a known token, which is then like nothing. */
export function unitVector(row: Int8Array): Float32Array {
  const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
  return Float32Array.from(row, (x) => (length === 0 ? 0 : x / length));
}

/** Of unit vectors this is the cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  return dotAt(a, 0, b);
}

function dotAt(rows: Float32Array, start: number, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < b.length; index++) sum += (rows[start + index] as number) * (b[index] as number);
  return sum;
}

export function vectorOf(vectors: ReadonlyMap<string, Float32Array>, text: string): Float32Array {
  return vectors.get(text) ?? new Float32Array();
}

/** Vectors side by side, row after row. */
export type Matrix = { data: Float32Array; rowCount: number; dims: number };

export function matrixOf(vectors: ReadonlyMap<string, Float32Array>, texts: readonly string[]): Matrix {
  const dims = vectorOf(vectors, texts[0] ?? '').length;
  const data = new Float32Array(texts.length * dims);
  for (const [row, text] of texts.entries()) data.set(vectorOf(vectors, text), row * dims);
  return { data, rowCount: texts.length, dims };
}

/** The dot product of each row with the vector. */
export function dots({ data, rowCount, dims }: Matrix, vector: Float32Array): Float64Array {
  const sums = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) sums[row] = dotAt(data, row * dims, vector);
  return sums;
}
