/** Models that are not ours: another pooling, prefixes, plain input, a second root. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_MODEL_ID, loadEmbeddingModel, verifyModel } from './embedding-model.ts';
import { pooledRows, preparedText } from './runtime-model.ts';
import { sha256OfFile } from './model-manifest.ts';

const shippedRoot = path.join(import.meta.dirname, '../../../models');
const root = mkdtempSync(path.join(os.tmpdir(), 'deskmate-other-'));
const shipped = JSON.parse(readFileSync(path.join(shippedRoot, DEFAULT_MODEL_ID, 'manifest.json'), 'utf8')) as Record<string, unknown>;

/** The shipped files under another name and manifest. */
function plant(id: string, change: Record<string, unknown>): void {
  mkdirSync(path.join(root, id));
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx']) cpSync(path.join(shippedRoot, DEFAULT_MODEL_ID, name), path.join(root, id, name), { recursive: true });
  writeFileSync(path.join(root, id, 'manifest.json'), JSON.stringify({ ...shipped, id, ...change }));
}

beforeAll(() => {
  plant('twin', {});
  plant('asker', { prefixes: { query: 'query: ', passage: 'passage: ' }, likeness: { same: { from: 0.5, to: 0.9 }, across: { from: 0.5, to: 0.9 } } });
  plant('first', { pooling: 'cls', input: 'plain' });
  plant('wide', { dims: 300, pooling: 'last_token' });
  plant(DEFAULT_MODEL_ID, { maxTokens: 3 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('the first root goes first, and a model of the second is found', () => {
  const roots = [shippedRoot, root];
  expect(verifyModel(roots, DEFAULT_MODEL_ID)).toEqual(verifyModel(shippedRoot, DEFAULT_MODEL_ID));
  expect(verifyModel(roots, 'twin')).toMatchObject({ id: 'twin', dims: 256 });
  expect(() => verifyModel(roots, '../twin')).toThrow('This cannot be the name of a language model.');
});

test('the key of a shipped model is what stores know it by, and whatever changes its vectors changes it', () => {
  const { files, vectorScale } = shipped as { files: { path: string; sha256: string }[]; vectorScale: number };
  const digests = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'].map((name) => files.find((file) => file.path === name)?.sha256);
  const sha256 = createHash('sha256').update(JSON.stringify([DEFAULT_MODEL_ID, 256, vectorScale, 256, digests])).digest('hex');
  expect(verifyModel(shippedRoot, DEFAULT_MODEL_ID)).toEqual({ id: DEFAULT_MODEL_ID, key: `${DEFAULT_MODEL_ID}@${sha256.slice(0, 12)}`, dims: 256, vectorScale, sha256 });
  const tail = (id: string) => verifyModel(root, id).sha256;
  expect(new Set(['twin', 'asker', 'first'].map(tail)).size).toBe(3);
  expect(verifyModel(root, 'asker').likeness).toEqual({ same: { from: 0.5, to: 0.9 }, across: { from: 0.5, to: 0.9 } });
});

test('a question and a passage get the prefix of their purpose', async () => {
  const [asker, twin] = [await loadEmbeddingModel(root, 'asker'), await loadEmbeddingModel(root, 'twin')];
  const plain = ['query: 怎么退款', 'passage: 怎么退款', '怎么退款'];
  const [query, passage, bare] = await twin.embed(plain);
  expect([await asker.embed(['怎么退款'], 'query'), await asker.embed(['怎么退款']), await twin.embed(['怎么退款'], 'query')]).toEqual([[query], [passage], [bare]]);
});

test('another way of pooling goes by the runtime: the first token of every text is the same, whatever the padding', async () => {
  const first = await loadEmbeddingModel(root, 'first');
  const [one, other, long] = await first.embed(['怎么退款', 'where is my order', '退款'.repeat(500)]);
  expect([other, long]).toEqual([one, one]);
  expect(Math.hypot(...(one ?? [])) / first.identity.vectorScale).toBeGreaterThan(0.5);
  await first.dispose();
  const wide = await loadEmbeddingModel(root, 'wide');
  await expect(wide.embed(['x'])).rejects.toMatchObject({ code: 'engine_down', message: 'The language model wide gives 256 numbers a text, its manifest says 300.' });
  await wide.dispose();
});

test('pooling by hand: two texts of three places, the second padded before its words', () => {
  const states = Float32Array.of(3, 0, 0, 4, 9, 9, 7, 7, 1, 0, 0, 2);
  const mask = BigInt64Array.of(1n, 1n, 0n, 0n, 1n, 1n);
  const rows = (pooling: 'mean' | 'cls' | 'last_token', normalize = true) => pooledRows(states, mask, 2, { pooling, normalize }).map((row) => [...row].map((x) => Math.round(x * 1000) / 1000));
  expect(rows('mean')).toEqual([[0.6, 0.8], [0.447, 0.894]]);
  expect(rows('mean', false)).toEqual([[1.5, 2], [0.5, 1]]);
  expect([rows('cls'), rows('last_token', false)]).toEqual([[[1, 0], [1, 0]], [[0, 4], [0, 2]]]);
  expect(pooledRows(new Float32Array(4), BigInt64Array.of(0n, 0n), 1, { pooling: 'mean', normalize: true })).toEqual([new Float32Array(2)]);
});

test('plain input is the text as it is, but for halves of characters', () => {
  const prefixes = { query: 'q: ', passage: '' };
  expect([preparedText('退貨 Ａ\ud83d', { prefixes, input: 'plain' }, 'query'), preparedText('退貨 Ａ', { prefixes, input: 'deskmate' }, 'passage')]).toEqual(['q: 退貨 Ａ\ufffd', '退货 a']);
});

test('a file of several pieces has the digest of the whole', () => {
  const bytes = Buffer.alloc((1 << 20) + 5, 7);
  writeFileSync(path.join(root, 'big'), bytes);
  expect(sha256OfFile(path.join(root, 'big'))).toBe(createHash('sha256').update(bytes).digest('hex'));
});
