import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_MODEL_ID, loadEmbeddingModel, verifyModel } from '../engine/embedding-model.ts';
import { createRowSet } from '../engine/vector-index.ts';
import { NOW, openModels, plainFolder, SHIPPED, SHIPPED_DIR } from './models.fixture.ts';

const made = mkdtempSync(path.join(os.tmpdir(), 'deskmate-plain-'));
const folder = (name: string, extra?: Record<string, string>) => plainFolder(path.join(made, name), extra);
afterAll(() => rmSync(made, { recursive: true, force: true }));

test('a plain folder becomes a model that loads, with what was measured; used, it cannot be removed', async () => {
  const { service, userDir, chosen, own } = openModels();
  const dir = folder('My-E5-small', { 'README.md': '---\nlanguage: zh\nlicense: apache-2.0\n---\n# Card\n', 'config_sentence_transformers.json': '{"prompts":{"query":"问：","document":"答："}}', '1_Pooling/config.json': '{"pooling_mode_mean_tokens":true}' });
  const steps = new Set<string>();
  const added = await service.add(dir, {}, { onProgress: ({ step }) => steps.add(step) });
  expect([...steps]).toEqual(['copy', 'measure']);
  expect(added).toEqual({
    id: 'my-e5-small', origin: 'folder', source: dir, revision: null, licence: 'apache-2.0', dims: SHIPPED.dims, bytes: expect.any(Number), state: 'ok', reason: null,
    speed: { shortTextCpuMs: expect.any(Number), textsPerCpuSecond: expect.any(Number) }, isWanted: false, isServing: false,
  });
  expect(JSON.parse(readFileSync(path.join(userDir, 'my-e5-small/manifest.json'), 'utf8'))).toMatchObject({
    pooling: 'mean', normalize: true, input: 'plain', prefixes: { query: '问：', passage: '答：' }, file: { path: 'onnx/model_quantized.onnx', dtype: 'q8' }, maxTokens: expect.any(Number), dims: SHIPPED.dims, addedAt: NOW,
    files: [{ path: 'config.json' }, { path: 'tokenizer.json' }, { path: 'tokenizer_config.json' }, { path: 'onnx/model_quantized.onnx' }, { path: '1_Pooling/config.json' }, { path: 'config_sentence_transformers.json' }, { path: 'README.md' }],
  });
  const model = await loadEmbeddingModel([SHIPPED_DIR, userDir], 'my-e5-small');
  const [question] = await model.embed(['退款多久能到账'], 'query');
  const [near, far] = createRowSet(await model.embed(['钱什么时候能退回来', '这件衣服起球吗']))(question ?? new Int8Array());
  expect(near).toBeGreaterThan(far ?? 1);
  // on its own scale chance and equality lie apart
  const { same, across } = model.identity.likeness ?? { same: { from: 0, to: 0 }, across: { from: 0, to: 0 } };
  expect([same.to - same.from, across.to - across.from].every((width) => width >= 0.05 && width < 0.9)).toBe(true);
  await model.dispose();
  service.use('my-e5-small');
  expect([own(), service.list().filter(({ isWanted }) => isWanted)].map((found) => found.map(({ id }) => id))).toEqual([['my-e5-small'], ['my-e5-small']]);
  const removal = (id: string) => () => service.remove(id);
  expect(removal('my-e5-small')).toThrow('The model my-e5-small is in use.');
  Object.assign(chosen, { wanted: DEFAULT_MODEL_ID, serving: 'my-e5-small' });
  expect(removal('my-e5-small')).toThrow('The model my-e5-small is in use.');
  expect(removal(DEFAULT_MODEL_ID)).toThrow('ships with Deskmate');
  chosen.serving = null;
  service.remove('my-e5-small');
  expect([readdirSync(userDir), removal('my-e5-small')]).toEqual([[], expect.any(Function)]);
  expect(removal('my-e5-small')).toThrow('There is no model my-e5-small.');
}, 60_000);

test('what a folder does not say is known by its name, or is said by whoever adds it', async () => {
  const { service, userDir } = openModels();
  const manifest = (id: string) => JSON.parse(readFileSync(path.join(userDir, id, 'manifest.json'), 'utf8')) as unknown;
  await service.add(folder('multilingual-e5-small'));
  expect(manifest('multilingual-e5-small')).toMatchObject({ prefixes: { query: 'query: ', passage: 'passage: ' }, pooling: 'mean', licence: null });
  await service.add(folder('bge-small-zh-v1.5'), { id: 'mine', queryPrefix: '', pooling: 'last_token', input: 'deskmate' });
  expect(manifest('mine')).toMatchObject({ id: 'mine', prefixes: { query: '', passage: '' }, pooling: 'last_token', input: 'deskmate' });
  await expect(service.add(folder('other'), { id: 'mine' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(service.add(folder('other'), { id: DEFAULT_MODEL_ID })).rejects.toMatchObject({ code: 'conflict' });
  await expect(service.add(folder('other'), { id: '../x' })).rejects.toMatchObject({ code: 'bad_request' });
}, 60_000);

test.each([
  ['no tokenizer', (dir: string) => rmSync(path.join(dir, 'tokenizer.json')), 'has no tokenizer.json'],
  ['no weights', (dir: string) => rmSync(path.join(dir, 'onnx'), { recursive: true }), 'has no onnx/model file'],
  ['a tokenizer cut short', (dir: string) => truncateSync(path.join(dir, 'tokenizer.json'), 1000), 'The file tokenizer.json of the model folder cannot be used'],
  ['weights cut short', (dir: string) => truncateSync(path.join(dir, 'onnx/model_quantized.onnx'), 100_000), 'The model does not run'],
  ['a way of pooling nobody knows', (dir: string) => (mkdirSync(path.join(dir, '1_Pooling')), writeFileSync(path.join(dir, '1_Pooling/config.json'), '{"pooling_mode_max_tokens":true}')), 'pools in a way'],
])('a folder with %s is refused and nothing of it stays', async (name, spoil, message) => {
  const { service, userDir } = openModels();
  const dir = folder(name);
  spoil(dir);
  await expect(service.add(dir)).rejects.toMatchObject({ code: 'file_refused', message: expect.stringContaining(message) });
  expect(existsSync(userDir) ? readdirSync(userDir) : []).toEqual([]);
}, 30_000);

test('a cancelled add leaves nothing; what a kill left is swept, a download is kept for a month', async () => {
  const { service, userDir, own } = openModels();
  const abort = new AbortController();
  await expect(service.add(folder('cancelled'), {}, { signal: abort.signal, onProgress: ({ step }) => step === 'copy' && abort.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(userDir)).toEqual([]);
  for (const name of ['.adding-x/onnx', '.removing-y', '.download-old', '.download-new', 'half']) mkdirSync(path.join(userDir, name), { recursive: true });
  const [old, recent] = [NOW - 31 * 86_400_000, NOW - 86_400_000].map((ms) => ms / 1000);
  utimesSync(path.join(userDir, '.download-old'), old ?? 0, old ?? 0);
  utimesSync(path.join(userDir, '.download-new'), recent ?? 0, recent ?? 0);
  expect(own().map(({ id, state, reason }) => [id, state, reason])).toEqual([['half', 'broken', 'The manifest of the model half is missing or damaged. Remove the model and add it again.']]);
  expect(readdirSync(userDir).toSorted()).toEqual(['.download-new', 'half']);
  service.remove('half');
});

test('a changed file is found by its size in the list, by its digest in the check; such a model is not used', async () => {
  const { service, userDir, chosen } = openModels();
  await service.add(folder('whole'));
  expect([service.check('whole'), service.check(DEFAULT_MODEL_ID)]).toEqual([[], []]);
  const file = path.join(userDir, 'whole/config.json');
  const sentence = 'The file config.json of the model whole is missing or is not the one that was added. Remove the model and add it again.';
  writeFileSync(file, readFileSync(file, 'utf8').replace('256', '257'));
  expect([service.list().at(-1)?.state, service.check('whole')]).toEqual(['ok', [sentence]]);
  expect(() => service.use('whole')).toThrow('The file config.json of the model whole is not the one that was shipped.');
  chosen.serving = 'whole';
  const shipped = { modelId: DEFAULT_MODEL_ID, isShipped: true, problem: null, sha256: verifyModel(SHIPPED_DIR, DEFAULT_MODEL_ID).sha256, byteCount: expect.any(Number) };
  expect(service.checkInUse()).toEqual([{ modelId: 'whole', isShipped: false, problem: sentence, sha256: null, byteCount: expect.any(Number) }, shipped]);
  Object.assign(chosen, { serving: DEFAULT_MODEL_ID, wanted: 'gone' });
  expect(service.checkInUse()).toEqual([shipped, { modelId: 'gone', isShipped: false, problem: 'There is no model gone.', sha256: null, byteCount: 0 }]);
  Object.assign(chosen, { serving: null, wanted: DEFAULT_MODEL_ID });
  expect(service.checkInUse()).toEqual([shipped]);
  appendFileSync(file, ' ');
  expect([service.list().at(-1)?.reason, service.check('whole')]).toEqual([sentence, [sentence]]);
  expect(() => service.check('none')).toThrow('There is no model none.');
}, 30_000);
