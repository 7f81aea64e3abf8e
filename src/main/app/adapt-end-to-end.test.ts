import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { listAllRows, makeTestDir } from '../db/open-test-store.ts';
import type { JobId } from '../../shared/contract/ids.contract.ts';
import { DEFAULT_MODEL_ID, verifyModel } from '../engine/embedding-model.ts';
import { loadStaticModel } from '../engine/static-model.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { readAdaptedTable, type AdaptedModelInfo } from '../search/adapted-model.repository.ts';
import { servingModelKey } from '../search/model-roles.repository.ts';
import { ANSWERS, ASKED, askedAndAnswered } from './adapt.fixture.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';
import type { App } from './create-app.ts';

const MODELS_DIR = path.join(import.meta.dirname, '../../../models');
const WITHIN = { timeout: 30_000, interval: 20 };
const CONVERSATIONS = 620;
const NEWEST_AT = Date.UTC(2026, 0, 5);

const open = (dir: string): Promise<App> => startTestApp(testAppOptions(path.join(dir, 'store'), { adaptSteps: 20 }));

/** A shop that has been asked and has answered, and knows when what arrives; everything has its vector. */
async function openShop(): Promise<{ dir: string; app: App }> {
  const dir = makeTestDir();
  const knowledge = path.join(dir, 'knowledge');
  mkdirSync(knowledge);
  for (const answer of ANSWERS) writeFileSync(path.join(knowledge, `${answer}.md`), `# ${answer}\n\n${answer}到货\n`);
  const conversations = path.join(dir, 'conversations.jsonl');
  const lines = Array.from({ length: CONVERSATIONS }, (_, at) => {
    const { question, reply } = askedAndAnswered(at);
    return JSON.stringify({ id: `v${at}`, customerId: `c${at}`, turns: [{ role: 'customer', text: question, at: NEWEST_AT - (CONVERSATIONS - at) * 60_000 }, { role: 'rep', text: reply, at: NEWEST_AT - (CONVERSATIONS - at) * 60_000 + 1000 }] });
  });
  writeFileSync(conversations, `${lines.join('\n')}\n`);
  const app = await open(dir);
  expect((await app.services().importing.run(knowledge, 'knowledge')).added).toBe(ANSWERS.length);
  expect(await app.services().importing.run(conversations, 'conversations')).toMatchObject({ added: CONVERSATIONS, rejected: [] });
  await app.services().engine.embedded();
  return { dir, app };
}

/** Reciprocal places of the right passage when each thing is asked for in the shop's knowledge; no word of a question is in any of them. */
async function placesOf(app: App): Promise<number[]> {
  return Promise.all(ASKED.map(async ({ question, answer }) => {
    const { hits, isWordsOnly } = await app.services().search.query({ text: question, kinds: ['passage'], limit: ANSWERS.length });
    expect(isWordsOnly).toBe(false);
    const place = hits.findIndex(({ text }) => text.includes(answer));
    return place < 0 ? 0 : 1 / (place + 1);
  }));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The one model whose vectors are searched. */
function servingKey(app: App): string {
  const { db } = app.services();
  const models = db.prepare('SELECT id, name, role FROM embedding_models').all() as { id: number; name: string; role: string }[];
  expect(models.map(({ role }) => role)).toEqual(['serving']);
  const numbers = ['passage', 'message', 'reply'].flatMap((kind) => db.prepare(`SELECT DISTINCT model FROM ${kind}_vectors`).pluck().all());
  expect(new Set(numbers)).toEqual(new Set([models[0]?.id]));
  return models[0]?.name ?? '';
}

/** One training is cancelled, another learns from somebody who is erased meanwhile: what is kept in the end learned from neither. */
async function learnWithMishaps(app: App): Promise<AdaptedModelInfo> {
  const { adapt, jobs, db, erase } = app.services();
  const first = adapt.start();
  await openTestPage(app).client.job.cancel({ id: first.id });
  expect([(await jobs.settled(first.id)).state, rowCounts(app), adapt.status()]).toEqual(['cancelled', [0, 0, 0], expect.objectContaining({ candidate: null, isStale: false, isRunning: false, lastRun: null })]);
  const second = adapt.start();
  await vi.waitFor(() => expect(jobs.list().find(({ id }) => id === second.id)?.doneCount).toBeGreaterThan(0), WITHIN);
  erase(findCustomer(db, 'c5')!.id);
  expect((await jobs.settled(second.id)).state).toBe('cancelled');
  const third = jobs.list().find(({ kind }) => kind === 'adapt')!;
  expect([third.id === second.id, (await jobs.settled(third.id)).state, adapt.status().lastRun?.verdict]).toEqual([false, 'done', 'better']);
  return adapt.status().candidate as AdaptedModelInfo;
}

/** Until what was accepted, or its undoing, has embedded everything; the answers meanwhile never are by words only. */
async function untilServing(app: App, isServing: (key: string) => boolean): Promise<void> {
  await vi.waitFor(async () => {
    await app.services().search.query({ text: '头灯什么时候到', kinds: ['passage'], limit: 5 });
    expect(isServing(servingModelKey(app.services().db) ?? '')).toBe(true);
  }, WITHIN);
  await app.services().engine.embedded();
  await vi.waitFor(() => expect(app.services().engine.status()).toMatchObject({ state: 'ready', loadedRatio: 1, pendingCount: 0 }), WITHIN);
}

const rowCounts = (app: App) => ['adapted_models', 'adapted_rows', 'adapted_sources'].map((table) => app.services().db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

/** Of the tokens of the adapted table, the row that is least like the base's: rows of tokens that the shop never wrote are the same in both. */
function mostChangedRow(app: App, key: string): Buffer {
  const { rows, dims } = readAdaptedTable(app.services().db, key)!;
  const base = loadStaticModel(path.join(MODELS_DIR, DEFAULT_MODEL_ID), verifyModel(MODELS_DIR, DEFAULT_MODEL_ID))!.table.rows;
  const changes = Array.from({ length: rows.length / dims }, (_, token) => rows.subarray(token * dims, (token + 1) * dims).reduce((sum, value, at) => sum + Math.abs(value - (base[token * dims + at] ?? 0)), 0));
  const token = changes.indexOf(Math.max(...changes));
  return Buffer.from(rows.slice(token * dims, (token + 1) * dims));
}

/** Where the rows of the store, or the pages of its file, free ones too, hold what was learned. */
function findTraces(app: App, key: string, bytes: Buffer): string[] {
  const inRows = Object.entries(listAllRows(app.services().db)).filter(([, rows]) => rows.some((row) => Object.values(row as object).some((value) => (typeof value === 'string' && value.includes(key)) || (Buffer.isBuffer(value) && value.includes(bytes)))));
  // a row may lie across two pages, one of its quarters does not
  const quarters = [0, 1, 2, 3].map((at) => bytes.subarray((at * bytes.length) / 4, ((at + 1) * bytes.length) / 4));
  const pages = app.services().db.serialize();
  return [...inRows.map(([table]) => table), ...(quarters.some((quarter) => pages.includes(quarter)) ? ['pages'] : [])];
}

test('what the shop taught is found, survives a restart, goes with a customer who is erased, and is undone', { timeout: 90_000 }, async () => {
  const { dir, app: first } = await openShop();
  const base = servingKey(first);
  const before = await placesOf(first);
  const { key } = await learnWithMishaps(first);
  expect([servingKey(first), await placesOf(first)]).toEqual([base, before]);

  expect(first.services().adapt.accept().key).toBe(key);
  await untilServing(first, (serving) => serving === key);
  expect(servingKey(first)).toBe(key);
  const after = await placesOf(first);
  expect(mean(after)).toBeGreaterThan(mean(before) + 0.1);
  await first.close();

  const app = await open(dir);
  await vi.waitFor(() => expect(app.services().engine.status()).toMatchObject({ state: 'ready', loadedRatio: 1 }), WITHIN);
  expect([servingKey(app), await placesOf(app), app.services().adapt.status().accepted?.key]).toEqual([key, after, key]);

  await eraseOne(app, { key, base, before });
});

async function eraseOne(app: App, { key, base, before }: { key: string; base: string; before: number[] }): Promise<void> {
  const { db, adapt, jobs, erase } = app.services();
  const rows = mostChangedRow(app, key);
  expect(findTraces(app, key, rows)).toEqual(expect.arrayContaining(['adapted_models', 'adapted_rows', 'embedding_models', 'pages']));
  const taught = findCustomer(db, 'c3');
  erase(taught!.id);
  // at once, before anything else could run
  expect([rowCounts(app), adapt.status()]).toEqual([[0, 0, 0], expect.objectContaining({ accepted: null, candidate: null, isStale: true, isRunning: true })]);
  await vi.waitFor(() => expect(servingModelKey(db)).toBe(base), WITHIN);
  await app.services().engine.embedded();
  await vi.waitFor(() => expect(app.services().engine.status()).toMatchObject({ state: 'ready', loadedRatio: 1, pendingCount: 0 }), WITHIN);
  expect([servingKey(app), findTraces(app, key, rows)]).toEqual([base, []]);
  expect(await placesOf(app)).toEqual(before);

  await jobs.settled(jobs.list().find(({ kind }) => kind === 'adapt')?.id as JobId);
  const { candidate, accepted, isStale } = adapt.status();
  expect([candidate?.state, candidate?.key === key, accepted, isStale]).toEqual(['candidate', false, null, false]);
  adapt.accept();
  await untilServing(app, (serving) => serving === candidate?.key);
  expect(mean(await placesOf(app))).toBeGreaterThan(mean(before) + 0.1);
  adapt.undo();
  expect(rowCounts(app)).toEqual([0, 0, 0]);
  await vi.waitFor(() => expect(servingModelKey(db)).toBe(base), WITHIN);
  await app.services().engine.embedded();
  await vi.waitFor(() => expect(app.services().engine.status()).toMatchObject({ state: 'ready', loadedRatio: 1 }), WITHIN);
  expect([servingKey(app), await placesOf(app)]).toEqual([base, before]);
}
