/** The engine's own way of running a static embedding against transformers.js, on as many texts as the folder of evaluation texts holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { expect, it } from 'vitest';
import { DEFAULT_MODEL_ID } from '../../src/main/engine/embedding-model.ts';
import { loadStaticModel } from '../../src/main/engine/static-model.ts';
import { createStaticTokenizer } from '../../src/main/engine/static-tokenizer.ts';
import { normaliseForMatch } from '../../src/main/text/normalise.ts';
import { toInt8 } from '../../src/main/engine/unit-rows.ts';
import { tellFigures } from './long-figures.ts';

const root = path.join(import.meta.dirname, '../..');
const modelsDir = path.join(root, 'models');
const modelDir = path.join(modelsDir, DEFAULT_MODEL_ID);
/** JSONL files of texts, outside the project. */
const textsDir = process.env['DESKMATE_TEXTS'] ?? path.join(root, '../shared/data');
const TEXTS_PER_FILE = 12_000;
const NEEDED_TEXTS = 100_000;
const BATCH = 32;

const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(modelDir, name), 'utf8'));

/** Every string of two characters or more, at any depth. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 1 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

function* textsOf(file: string): Generator<string> {
  const seen = new Set<string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    for (const text of line === '' ? [] : stringsOf(JSON.parse(line))) {
      if (seen.has(text)) continue;
      seen.add(text);
      yield text;
      if (seen.size === TEXTS_PER_FILE) return;
    }
  }
}

it.skipIf(!existsSync(textsDir))('has the ids of transformers.js on every text and its vectors to 1e-5', async () => {
  [env.allowRemoteModels, env.localModelPath] = [false, modelsDir];
  const extract = await pipeline('feature-extraction', DEFAULT_MODEL_ID, { dtype: 'q8', local_files_only: true, session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 } });
  const rawIds = createStaticTokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json'));
  const { dims, vectorScale } = readJson('manifest.json') as { dims: number; vectorScale: number };
  const model = loadStaticModel(modelDir, { dims, vectorScale });
  if (model === undefined) throw new Error('the shipped model is no static embedding');
  const different: string[] = [];
  let [textCount, worst, otherRows] = [0, 0, 0];
  const compare = async (texts: string[]) => {
    const normal = texts.map(normaliseForMatch);
    const vectors = (await extract(normal, { pooling: 'mean', normalize: true })).data as Float32Array;
    for (const [at, text] of texts.entries()) {
      // the text as it was written, which is harder on the tokenizer than the normal form that is embedded
      const ids = Array.from((extract.tokenizer(text, { truncation: true }) as { input_ids: { data: BigInt64Array } }).input_ids.data, Number);
      if (ids.join() !== rawIds(text).join()) different.push(text);
      const [theirs, ours] = [vectors.subarray(at * dims, (at + 1) * dims), model.vector(text)];
      worst = ours.reduce((most, x, column) => Math.max(most, Math.abs(x - (theirs[column] ?? Number.NaN))), worst);
      if (toInt8(theirs, vectorScale).join() !== model.row(text).join()) otherRows += 1;
    }
    textCount += texts.length;
  };
  for (const name of readdirSync(textsDir).filter((file) => file.endsWith('.jsonl')).toSorted()) {
    const batch: string[] = [];
    for (const text of textsOf(path.join(textsDir, name))) {
      batch.push(text);
      if (batch.length === BATCH) await compare(batch.splice(0));
    }
    if (batch.length > 0) await compare(batch);
  }
  await extract.dispose();
  tellFigures([
    { name: 'static path: texts compared with transformers.js', value: textCount, target: `≥ ${NEEDED_TEXTS}` },
    { name: 'static path: texts with other ids', value: different.length, target: '0' },
    { name: 'static path: largest difference of a number of a vector', value: worst, target: '≤ 1e-5' },
    { name: 'static path: texts with another int8 row', value: otherRows },
  ]);
  expect(different.slice(0, 5)).toEqual([]);
  expect(textCount).toBeGreaterThanOrEqual(NEEDED_TEXTS);
  expect(worst).toBeLessThanOrEqual(1e-5);
});
