import { closeSync, existsSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { DEFAULT_MODEL_ID, EMBED_RUN_SIZE, loadEmbeddingModel, type ModelIdentity } from '../src/main/engine/embedding-model.ts';
import { normaliseForMatch } from '../src/main/text/normalise.ts';
import type { SeededRandom } from './seeded-random.ts';

export const DIMS = 256;
const BYTES_PER_ROW = DIMS * 4;
const CHECKED_ROWS = 32;

/** The shipped model, giving unit-length floats where the product keeps int8. */
export type FloatEmbedder = {
  identity: ModelIdentity;
  embed(texts: readonly string[]): Promise<Float32Array>;
  /** Tokenizer and graph only, without the mean: the least that transformers.js must do. */
  run(texts: readonly string[]): Promise<void>;
  dispose(): Promise<void>;
};

/** @throws Error when its numbers, made int8, are not those of the product. */
export async function loadFloatEmbedder(modelsDir: string): Promise<FloatEmbedder> {
  const product = await loadEmbeddingModel(modelsDir);
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.localModelPath = modelsDir;
  const extract = await pipeline('feature-extraction', DEFAULT_MODEL_ID, { dtype: 'q8', local_files_only: true, session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' } });
  const embed = async (texts: readonly string[]) => {
    const rows = new Float32Array(texts.length * DIMS);
    for (let start = 0; start < texts.length; start += EMBED_RUN_SIZE) {
      const output = await extract(texts.slice(start, start + EMBED_RUN_SIZE).map(normaliseForMatch), { pooling: 'mean', normalize: true });
      rows.set(output.data as Float32Array, start * DIMS);
    }
    return rows;
  };
  const texts = Array.from({ length: CHECKED_ROWS }, (_, at) => `第${at}条：冲锋衣拉链坏了怎么修 zip ${at}`);
  const [floats, expected] = [await embed(texts), await product.embed(texts)];
  const isSame = expected.every((row, at) => quantise(floats.subarray(at * DIMS, (at + 1) * DIMS), product.identity.vectorScale).every((value, column) => value === row[column]));
  await product.dispose();
  if (!isSame) throw new Error('the float vectors of the benchmark do not match the int8 vectors of the product');
  return {
    identity: product.identity, embed,
    async run(batch) {
      await extract.model(extract.tokenizer(batch.map(normaliseForMatch), { padding: true, truncation: true }));
    },
    async dispose() {
      await extract.dispose();
    },
  };
}

/** One int8 row as the product makes it. */
export function quantise(row: Float32Array, scale: number): Int8Array {
  return Int8Array.from(row, (x) => Math.max(-127, Math.min(127, Math.round(x * scale))));
}

/** Brings the file of float rows to `texts.length` rows, embedding only those it lacks: a stopped build goes on where it was. */
export async function embedIntoFile(file: string, texts: readonly string[], embedder: FloatEmbedder, onProgress: (doneCount: number) => void): Promise<void> {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w+');
  let rowCount = Math.floor(statSync(file).size / BYTES_PER_ROW);
  ftruncateSync(descriptor, rowCount * BYTES_PER_ROW);
  while (rowCount < texts.length) {
    const rows = await embedder.embed(texts.slice(rowCount, rowCount + 512));
    writeSync(descriptor, rows, 0, rows.byteLength, rowCount * BYTES_PER_ROW);
    rowCount += rows.length / DIMS;
    if (rowCount % 10_000 < 512) onProgress(rowCount);
  }
  closeSync(descriptor);
}

export function readFloats(file: string, start: number, rowCount: number): Float32Array {
  const rows = new Float32Array(Math.max(0, Math.min(rowCount, statSync(file).size / BYTES_PER_ROW - start)) * DIMS);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, rows, 0, rows.byteLength, start * BYTES_PER_ROW);
  closeSync(descriptor);
  return rows;
}

/** A vector near a true one, as a near-duplicate text has it: uniform noise of the given length relative to the row, then unit length again. */
export function perturb(rows: Float32Array, row: number, random: SeededRandom, noise: number): Float32Array {
  const near = new Float32Array(DIMS);
  // a uniform number in [−1, 1) has variance 1/3
  const step = noise * Math.sqrt(3 / DIMS);
  let sum = 0;
  for (let at = 0; at < DIMS; at++) {
    const value = (rows[row * DIMS + at] ?? 0) + (random() * 2 - 1) * step;
    near[at] = value;
    sum += value * value;
  }
  const norm = Math.sqrt(sum) || 1;
  for (let at = 0; at < DIMS; at++) near[at] = (near[at] ?? 0) / norm;
  return near;
}
