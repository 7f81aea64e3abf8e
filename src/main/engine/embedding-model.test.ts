import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_MODEL_ID, loadEmbeddingModel, verifyModel, type EmbeddingModel } from './embedding-model.ts';
import { createRowSet } from './vector-index.ts';

const cosineOfRows = (a: Int8Array, b: Int8Array): number => createRowSet([a])(b)[0] ?? 0;

const modelsDir = path.join(import.meta.dirname, '../../../models');
const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-model-'));
let model: EmbeddingModel;

beforeAll(async () => {
  model = await loadEmbeddingModel(modelsDir);
});
afterAll(async () => {
  await model.dispose();
  rmSync(dir, { recursive: true, force: true });
});

test('rows are unit length times the scale of the manifest, in the order of the texts, alone or in batches', async () => {
  const texts = ['怎么退款', 'where is my order', '😀', '', '这件外套有点大', ...Array.from({ length: 14 }, (_, at) => `订单 ${at} 什么时候发货`)];
  const together = await model.embed(texts);
  const alone: Int8Array[] = [];
  for (const text of texts) alone.push(...(await model.embed([text])));
  expect(together.map((row) => row.length)).toEqual(texts.map(() => model.identity.dims));
  expect(Math.min(...together.map((row, at) => cosineOfRows(row, alone[at] ?? row)))).toBeGreaterThan(0.999);
  const lengths = together.map((row) => Math.hypot(...row) / model.identity.vectorScale);
  // clamped numbers shorten a row a little, never lengthen it
  expect(Math.max(...lengths)).toBeLessThan(1.01);
  expect(Math.min(...lengths)).toBeGreaterThan(0.9);
});

test('the same question in other words, in traditional characters and in the other language is nearer than another question', async () => {
  const [question, traditional, reworded, english, other] = (await model.embed(['退款多久能到账', '退款多久能到賬', '钱什么时候能退回来', 'when will I get my refund', '这件衣服起球吗'])) as [Int8Array, Int8Array, Int8Array, Int8Array, Int8Array];
  const near = [traditional, reworded, english].map((row) => cosineOfRows(question, row));
  expect(near[0]).toBeGreaterThan(0.999);
  expect(Math.min(...near)).toBeGreaterThan(cosineOfRows(question, other));
});

test('a changed, missing or misnamed model is refused before anything of it runs', async () => {
  cpSync(path.join(modelsDir, DEFAULT_MODEL_ID), path.join(dir, DEFAULT_MODEL_ID), { recursive: true });
  expect(verifyModel(dir, DEFAULT_MODEL_ID)).toEqual(model.identity);
  appendFileSync(path.join(dir, DEFAULT_MODEL_ID, 'config.json'), ' ');
  await expect(loadEmbeddingModel(dir)).rejects.toMatchObject({ code: 'engine_down', retryable: false, message: expect.stringContaining('config.json') });
  await expect(loadEmbeddingModel(dir, 'other')).rejects.toMatchObject({ code: 'engine_down', retryable: false });
  const manifestFile = path.join(dir, DEFAULT_MODEL_ID, 'manifest.json');
  writeFileSync(manifestFile, readFileSync(manifestFile, 'utf8').replace('"deskmate-embed-2"', '"renamed"'));
  await expect(loadEmbeddingModel(dir)).rejects.toMatchObject({ code: 'engine_down', message: expect.stringContaining('renamed') });
});

test('the identity names the exact content', () => {
  const { key, sha256, ...rest } = model.identity;
  expect([key, rest]).toEqual([`${DEFAULT_MODEL_ID}@${sha256.slice(0, 12)}`, { id: DEFAULT_MODEL_ID, dims: 256, vectorScale: expect.any(Number) }]);
});
