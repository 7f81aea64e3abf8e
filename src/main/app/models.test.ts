import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { JobId } from '../../shared/contract/ids.contract.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { openHub } from '../models/hub.fixture.ts';
import { plainFiles, plainFolder, SHIPPED_DIR } from '../models/models.fixture.ts';
import { openTestPage, startTestApp, testAppOptions, type TestPage } from './app.fixture.ts';
import type { App } from './create-app.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The shipped model as somebody else's: told apart by what it wants before a question and before an answer, its vectors are others. */
const PREFIXES = { 'config_sentence_transformers.json': '{"prompts":{"query":"查询：","document":"文章："}}', 'README.md': '---\nlicense: apache-2.0\n---\n' };
const TEXTS = ['三天内退回原来的账户', '拍下后四十八小时内发货', '鞋子偏小，建议大一码', '可以用洗衣机轻柔模式洗'];
const QUESTION = '钱什么时候能退回来';

async function openShop(dir: string): Promise<{ app: App } & TestPage & { settled(job: { id: JobId }): Promise<unknown> }> {
  const app = await startTestApp(testAppOptions(dir));
  const page = openTestPage(app);
  return { app, ...page, settled: ({ id }) => app.services().jobs.settled(id) };
}

async function fill({ client }: TestPage): Promise<void> {
  for (const [at, text] of TEXTS.entries()) await client.knowledge.saveMacro({ code: `m${at}`, title: `短语 ${at}`, text, language: 'zh', scope: 'team' } as never);
}

/** The shipped model under another name, as if it had been added and measured. */
function addTwin(dir: string, id: string): void {
  const place = path.join(dir, 'models', id);
  cpSync(path.join(SHIPPED_DIR, DEFAULT_MODEL_ID), place, { recursive: true });
  const manifest = path.join(place, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"${DEFAULT_MODEL_ID}"`, `"${id}"`));
}

const search = async ({ client }: TestPage) => {
  const { isWordsOnly, hits } = await client.search.query({ text: QUESTION, kinds: ['macro'], limit: 1 });
  return [isWordsOnly, hits[0]?.text];
};
const FOUND = [false, TEXTS[0]];

test('a model is added from a folder and used: the old vectors serve until the new ones do, then the old model goes', async () => {
  const dir = makeTestDir();
  const shop = await openShop(dir);
  const { app, client } = shop;
  await fill(shop);
  await app.services().engine.embedded();
  const job = await client.model.add({ target: plainFolder(path.join(makeTestDir(), 'first'), PREFIXES) });
  expect(await shop.settled(job)).toMatchObject({ kind: 'model', title: 'first', state: 'done', error: null });
  expect((await client.model.list({})).filter(({ isWanted, isServing, origin }) => isWanted || isServing || origin !== 'shipped')).toMatchObject([{ id: DEFAULT_MODEL_ID, isWanted: true, isServing: true }, { id: 'first', origin: 'folder', licence: 'apache-2.0', state: 'ok', isWanted: false, isServing: false }]);

  // enough that the switch takes several batches, between which is asked
  for (let at = 0; at < 300; at++) await client.knowledge.saveMacro({ code: `x${at}`, title: `${at}`, text: `第 ${at} 号杯子的容量`, language: 'zh', scope: 'team' } as never);
  await app.services().engine.embedded();
  expect((await client.model.use({ id: 'first' })).map(({ id, isWanted, isServing }) => [id, isWanted, isServing])).toContainEqual(['first', true, false]);
  const served: unknown[] = [];
  while (app.services().models.list().some(({ id, isServing }) => isServing && id === DEFAULT_MODEL_ID)) {
    const found = await search(shop);
    const { modelId, next } = app.services().engine.status();
    if (modelId === DEFAULT_MODEL_ID) served.push([next?.modelId, ...found]);
  }
  expect(new Set(served.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(['first', ...FOUND])]));
  await app.services().engine.embedded();
  await vi.waitFor(async () => expect((await client.app.status({})).engine).toMatchObject({ state: 'ready', modelId: 'first', next: null, vectors: { macro: TEXTS.length + 300 } }), 30_000);
  expect(await search(shop)).toEqual(FOUND);

  const second = await client.model.add({ target: plainFolder(path.join(makeTestDir(), 'second'), { 'README.md': '' }) });
  await shop.settled(second);
  await expect(client.model.remove({ id: 'first' })).rejects.toMatchObject({ code: 'conflict' });
  await client.model.use({ id: 'second' });
  await app.services().engine.embedded();
  expect((await client.model.remove({ id: 'first' })).filter(({ origin }) => origin !== 'shipped').map(({ id, isWanted, isServing }) => [id, isWanted, isServing])).toEqual([['second', true, true]]);
  expect(await search(shop)).toEqual(FOUND);
  expect((await client.audit.list({ limit: 9 })).lines.filter(({ action }) => action === 'shop.settings_changed')).toHaveLength(2);
});

test('a model that broke leaves the old one at work and says why; broken while it serves, the shipped one takes over', async () => {
  const dir = makeTestDir();
  const shop = await openShop(dir);
  const { app, client } = shop;
  await fill(shop);
  await app.services().engine.embedded();
  for (const name of ['one', 'two']) await shop.settled(await client.model.add({ target: plainFolder(path.join(makeTestDir(), name)) }));
  const place = (name: string, file: string) => path.join(dir, 'models', name, file);
  truncateSync(place('one', 'tokenizer.json'), 100);
  await expect(client.model.use({ id: 'one' })).rejects.toMatchObject({ message: 'The file tokenizer.json of the model one is not the one that was shipped.' });
  expect((await client.model.check({ id: 'one' })).problems).toEqual(['The file tokenizer.json of the model one is missing or is not the one that was added. Remove the model and add it again.']);
  await client.model.use({ id: 'two' });
  rmSync(place('two', 'manifest.json'));
  app.services().engine.restart();
  await app.services().engine.embedded();
  expect(await search(shop)).toEqual(FOUND);
  const engine = async () => (await client.app.status({})).engine;
  await vi.waitFor(async () => expect(await engine()).toMatchObject({ state: 'ready', modelId: DEFAULT_MODEL_ID, next: { modelId: null, problem: expect.stringContaining('The language model two does not load') } }), 30_000);
  expect((await client.model.list({})).find(({ id }) => id === 'two')).toMatchObject({ state: 'broken', reason: 'The manifest of the model two is missing or damaged. Remove the model and add it again.' });
  expect(await client.model.use({ id: DEFAULT_MODEL_ID })).toContainEqual(expect.objectContaining({ id: DEFAULT_MODEL_ID, isWanted: true }));
  await vi.waitFor(async () => expect(await engine()).toMatchObject({ state: 'ready', modelId: DEFAULT_MODEL_ID, next: null }), 30_000);
});

test('a disk that fills up while everything is embedded anew is told; the old model serves, and the new one takes over once there is room', async () => {
  const dir = makeTestDir();
  addTwin(dir, 'next');
  const shop = await openShop(dir);
  const { app, client } = shop;
  const { db, engine } = app.services();
  await fill(shop);
  // vectors enough to need new pages
  const markdown = Array.from({ length: 400 }, (_, at) => `## 第 ${at} 号杯子\n容量 ${at} 毫升`).join('\n\n');
  await client.knowledge.saveArticle({ title: '杯子', language: 'zh', intent: null, markdown, validFrom: null, validTo: null } as never);
  await engine.embedded();
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 2}`);
  await client.model.use({ id: 'next' });
  await engine.embedded();
  const refused = async () => {
    for (let at = 0; ; at++) await client.knowledge.saveMacro({ code: `f${at}`, title: 'x', text: '杯'.repeat(2000), language: 'zh', scope: 'team' } as never);
  };
  await expect(refused()).rejects.toMatchObject({ code: 'store_full', message: 'The disk is full, so nothing was stored. Free some room and try again.' });
  expect((await client.app.status({})).engine).toMatchObject({ state: 'ready', modelId: DEFAULT_MODEL_ID, next: { modelId: 'next', problem: null }, storingProblem: 'The disk is full, so new vectors cannot be stored. Free some room; it goes on by itself.' });
  expect(await search(shop)).toEqual(FOUND);
  db.pragma('max_page_count = 4294967294');
  await client.trust.restartEngine({});
  await engine.embedded();
  await vi.waitFor(async () => expect((await client.app.status({})).engine).toMatchObject({ state: 'ready', modelId: 'next', next: null, storingProblem: null }), 30_000);
  expect(await search(shop)).toEqual(FOUND);
});

test('a model is fetched from an address, noted as a contact; cancelled, refused and broken ones are not in the list', async () => {
  const hub = await openHub({ ...plainFiles(), ...PREFIXES });
  onTestFinished(() => hub.close());
  const shop = await openShop(makeTestDir());
  const { client } = shop;
  expect(await shop.settled(await client.model.add({ target: hub.address, id: 'mine' }))).toMatchObject({ state: 'done', title: 'mine' });
  expect((await client.model.list({})).at(-1)).toMatchObject({ id: 'mine', origin: 'url', source: hub.address, licence: 'apache-2.0' });
  expect(await client.trust.contacts({})).toMatchObject([{ host: hub.host, feature: 'models' }]);
  hub.files.set('onnx/model_quantized.onnx', Buffer.from('no model'));
  expect(await shop.settled(await client.model.add({ target: hub.address, id: 'bad' }))).toMatchObject({ state: 'failed', error: expect.stringContaining('The model does not run') });
  await expect(client.model.add({ target: 'https://me:secret@hub.example/a/b' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(client.model.add({ target: hub.address, id: 'mine' })).rejects.toMatchObject({ code: 'conflict' });
  const nowhere = path.join(makeTestDir(), 'empty');
  expect(await shop.settled(await client.model.add({ target: nowhere }))).toMatchObject({ state: 'failed', error: expect.stringContaining('has no config.json') });
  expect([(await client.model.list({})).filter(({ origin }) => origin !== 'shipped').map(({ id }) => id), JSON.stringify(await client.job.list({})).includes('secret')]).toEqual([['mine'], false]);
});

test('a file that brings the program down that tries it is refused, and nothing else falls', async () => {
  const options = testAppOptions(makeTestDir());
  const app = await startTestApp({
    ...options,
    fork(entry, how) {
      const child = options.fork(entry, how);
      // as a fault in native code does
      if (entry === 'measure') child.kill();
      return child;
    },
  });
  const folder = plainFolder(path.join(makeTestDir(), 'crashing'));
  writeFileSync(path.join(folder, 'README.md'), '');
  await expect(app.services().models.add(folder)).rejects.toMatchObject({ code: 'file_refused', message: 'The model stopped the program that tried it, so it was not added. Choose another model.' });
  expect(app.services().models.list().filter(({ origin }) => origin !== 'shipped')).toEqual([]);
});
