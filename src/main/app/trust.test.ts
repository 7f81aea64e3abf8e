import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeTestDir } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import { storePaths } from '../platform/paths.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';
import { readAbout } from './about.ts';

const DAY_MS = 86_400_000;

test('a store goes back to a backup and forth again: what was there is kept aside, a wrong file changes nothing', async () => {
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir));
  const { client } = openTestPage(app);
  await client.settings.set({ shopName: '山屿' });
  const { path: file } = await client.app.backup({});
  await client.settings.set({ shopName: '后来' });
  expect(await client.trust.restorePreview({ path: file })).toMatchObject({ path: file, openedBy: 'anyone', counts: { conversations: 0, messages: 0 } });
  writeFileSync(path.join(dir, 'no.deskmate-backup'), 'x');
  await expect(client.trust.restore({ path: path.join(dir, 'no.deskmate-backup') })).rejects.toMatchObject({ code: 'file_refused' });
  await expect(client.trust.undoRestore({})).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.trust.backups({})).canUndoRestore).toBe(false);

  await client.trust.restore({ path: file });
  expect([(await client.settings.get({})).shopName, (await client.trust.backups({})).canUndoRestore]).toEqual(['山屿', true]);
  await client.trust.undoRestore({});
  expect((await client.settings.get({})).shopName).toBe('后来');
  await client.trust.undoRestore({});
  expect((await client.settings.get({})).shopName).toBe('山屿');
  const actions = (await client.audit.list({ limit: 20 })).lines.map(({ action }) => action);
  expect(actions.filter((action) => action.startsWith('store.'))).toEqual(['store.restore_undone', 'store.restored', 'store.backed_up']);
});

test('a backup behind a passphrase is described without it, counted and restored with it, refused with another', async () => {
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir));
  const { client } = openTestPage(app);
  const { recoveryCode } = await client.app.setPassphrase({ current: null, next: 'correct horse' });
  const { path: file } = await client.app.backup({});
  expect(await client.trust.restorePreview({ path: file })).toMatchObject({ openedBy: 'passphrase', counts: null });
  expect(await client.trust.restorePreview({ path: file, passphrase: recoveryCode.toLowerCase() })).toMatchObject({ counts: { orders: 0 } });
  await expect(client.trust.restore({ path: file, passphrase: 'wrong one' })).rejects.toMatchObject({ code: 'wrong_key' });
  expect(await client.trust.restorePreview({ path: file, passphrase: 'correct horse' })).toMatchObject({ counts: { orders: 0 } });
  await client.trust.restore({ path: file, passphrase: 'correct horse' });
  expect((await client.app.status({})).state).toBe('ready');
  await client.trust.undoRestore({});
  expect((await client.app.status({})).state).toBe('locked');
});

test('scheduled backups are made when due, kept to their number, tried again after a failure, and told', async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir, { clock: { nowMs: () => nowMs } }));
  const { client } = openTestPage(app);
  const { trust, jobs } = app.services();
  const settle = () => Promise.all(jobs.list().map(({ id }) => jobs.settled(id)));
  const folder = path.join(dir, 'elsewhere');
  for (let day = 0; day < 4; day++) {
    trust.saveSchedule({ every: 'daily', keepCount: 2, folder });
    await settle();
    // within the day nothing is due
    trust.saveSchedule({ every: 'daily', keepCount: 2, folder });
    await settle();
    nowMs += DAY_MS;
  }
  const { files, last } = await client.trust.backups({});
  expect([files.map(({ kind, createdAt }) => [kind, createdAt]), last?.error, jobs.list().length]).toEqual([[['scheduled', nowMs - DAY_MS], ['scheduled', nowMs - 2 * DAY_MS]], null, 4]);
  writeFileSync(path.join(dir, 'file'), '');
  trust.saveSchedule({ every: 'daily', keepCount: 2, folder: path.join(dir, 'file', 'below') });
  await settle();
  expect((await client.trust.backups({})).last).toMatchObject({ bytes: 0, isScheduled: true, error: expect.any(String) });
  nowMs += 3_600_000;
  trust.saveSchedule({ every: 'weekly', keepCount: 2, folder });
  await settle();
  expect((await client.trust.backups({})).last).toMatchObject({ error: null, at: nowMs });
});

test('health counts, checks and rebuilds; a rebuild that was cut short goes on at the next start', async () => {
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir));
  const { client } = openTestPage(app);
  const { db } = app.services();
  await client.knowledge.saveMacro({ code: 'refund', title: '退款', text: '三天内退回', language: 'zh', scope: 'team' } as never);
  await app.services().engine.embedded();
  db.exec("INSERT INTO macros_fts (macros_fts) VALUES ('delete-all')");
  db.prepare("INSERT INTO settings VALUES ('index_rebuild', ?)").run(JSON.stringify({ kind: 'macro', doneSeq: 0, lastSeq: 9 }));
  expect(await client.trust.health({})).toMatchObject({ isRebuilding: true, engineProblem: null, setAside: [], index: [{ kind: 'passage' }, { kind: 'macro', textCount: 1, wordCount: 0, vectorCount: 1 }, {}, {}] });
  expect(await client.trust.checkModels({})).toMatchObject([{ modelId: 'deskmate-embed-2', isShipped: true, problem: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect([(await client.trust.checkStore({})).problems, await client.trust.checkParser({})]).toEqual([[], { problem: null }]);
  await app.close();

  const next = await startTestApp(testAppOptions(dir));
  await Promise.all(next.services().jobs.list().map(({ id }) => next.services().jobs.settled(id)));
  const page = openTestPage(next);
  expect(await page.client.trust.health({})).toMatchObject({ isRebuilding: false, index: [{}, { kind: 'macro', wordCount: 1 }, {}, {}] });
  await vi.waitFor(() => expect(next.services().engine.status().state).toBe('ready'), 10_000);
});

test('without the model the engine is down with its reason, and search goes on by words', async () => {
  const dir = makeTestDir();
  const models = path.join(dir, 'models');
  mkdirSync(path.join(models, 'deskmate-embed-2'), { recursive: true });
  const real = path.join(import.meta.dirname, '../../../models/deskmate-embed-2');
  for (const name of ['manifest.json', 'config.json', 'tokenizer_config.json']) copyFileSync(path.join(real, name), path.join(models, 'deskmate-embed-2', name));
  const app = await startTestApp(testAppOptions(path.join(dir, 'store'), { modelsDir: models }));
  const { client } = openTestPage(app);
  await client.knowledge.saveMacro({ code: 'refund', title: '退款', text: '三天内退回', language: 'zh', scope: 'team' } as never);
  await vi.waitFor(async () => expect((await client.app.status({})).engine.state).toBe('down'), 10_000);
  expect((await client.trust.health({})).engineProblem).toContain('deskmate-embed-2');
  expect(await client.trust.checkModels({})).toMatchObject([{ modelId: 'deskmate-embed-2', isShipped: true, problem: expect.stringContaining('A file of the model deskmate-embed-2 cannot be read: '), sha256: null }]);
  expect(await client.search.query({ text: '退款', kinds: ['macro'], limit: 5 } as never)).toMatchObject({ isWordsOnly: true, hits: [{ kind: 'macro' }] });
});

test('without SQLite the app stands, says what to reinstall, and touches nothing', async () => {
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const real = loader._load;
  onTestFinished(() => void (loader._load = real));
  loader._load = (name, ...rest) => {
    if (name === 'better-sqlite3') throw Object.assign(new Error('libstdc++.so.6: version not found'), { code: 'ERR_DLOPEN_FAILED' });
    return real.call(loader, name, ...rest);
  };
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir));
  const { client } = openTestPage(app);
  expect(await client.app.status({})).toMatchObject({ state: 'failed', problemCode: 'part_missing', problem: expect.stringContaining('Install Deskmate again') });
  expect([existsSync(storePaths(dir).store), () => app.services()]).toEqual([false, expect.any(Function)]);
  expect(() => app.services()).toThrow(DeskmateError);
});

test('erasing a customer takes scheduled backups along', async () => {
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir));
  const { trust, jobs, db } = app.services();
  trust.saveSchedule({ every: 'daily', keepCount: 3, folder: null });
  await Promise.all(jobs.list().map(({ id }) => jobs.settled(id)));
  const [file] = trust.backupCopies();
  db.prepare("INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('01J0000000000000000000CUST', 'default', 'c-1', '林晓', 1)").run();
  app.services().erase('01J0000000000000000000CUST' as never);
  expect([file !== undefined, existsSync(file ?? ''), trust.backupCopies()]).toEqual([true, false, []]);
});

test('about: every package of the notices with its text, the licence and the model card', () => {
  const models = path.join(import.meta.dirname, '../../../models');
  const { notices, licence, modelCard, version } = readAbout({ version: '1.2.3', modelsDir: models });
  const heads = readFileSync(path.join(import.meta.dirname, '../../../THIRD-PARTY-NOTICES.md'), 'utf8').match(/^## .+$/gm) ?? [];
  expect([version, licence.includes('MIT'), modelCard.startsWith('# deskmate-embed-2'), notices.length >= heads.length, notices.every(({ text }) => text.length > 10)]).toEqual(['1.2.3', true, true, true, true]);
  expect(notices.filter(({ name, licence: kind }) => /[,\s]/.test(name) || kind === '')).toEqual([]);
  expect(readAbout({ version: '1', modelsDir: '/nowhere' }, '/')).toEqual({ version: '1', licence: '', modelCard: '', notices: [] });
});
