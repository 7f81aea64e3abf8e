import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTestDir } from '../db/open-test-store.ts';
import type { JobId } from '../../shared/contract/ids.contract.ts';
import type { TuningOutcome } from '../../shared/contract/tuning.contract.ts';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { DEFAULT_WEIGHTS } from '../search/fuse.ts';
import { openTestPage, startTestApp, testAppOptions, type TestPage } from './app.fixture.ts';
import type { App } from './create-app.ts';

const LOTS = 30;
const ARRIVES = ['{}什么时候到货', '{}几时能到', '{}哪天到货'];
const ARRIVES_TOO = ['大概还要几天才收得到{}', '{}还要等多久', '{}那批寄到了没有'];
const RETURNS = ['{}不想要了能退吗', '{}可以退货吗', '{}怎么申请退款'];
const RETURNS_TOO = ['买错了想把{}退掉', '{}退回去钱给退吗', '我要退{}'];
const NEWEST_AT = Date.UTC(2026, 0, 5);
/** Of the newest a fifth is asked again. */
const ASKED_SHARE = 0.2;
const lotName = (lot: number) => `bx${1000 + lot * 37}`;
/** No two share a character. */
const replyOf = (lot: number) => String.fromCodePoint(...Array.from({ length: 12 }, (_, at) => 0x5000 + lot * 12 + at));

/** One reply a lot, whatever is asked; every fourth is worded anew. Of half of the lots customers first asked about the one thing and now about the other: what they mean leads to the other half, the lot's number to the reply. */
function talk(at: number, count: number): object {
  const lot = (at * 7) % LOTS;
  const isNew = at >= count * (1 - ASKED_SHARE);
  const wordings = lot % 2 === 0 ? (isNew ? RETURNS_TOO : ARRIVES) : isNew ? ARRIVES_TOO : RETURNS;
  const question = (wordings[Math.floor(at / LOTS) % wordings.length] ?? '').replace('{}', lotName(lot));
  const sentAt = NEWEST_AT + at * 60_000;
  return { id: `v${at}`, customerId: `c${at}`, turns: [{ role: 'customer', text: question, at: sentAt }, { role: 'rep', text: at % 4 === 0 ? replyOf(LOTS + at) : replyOf(lot), at: sentAt + 1000 }] };
}

async function openShop(conversationCount: number): Promise<{ app: App; page: TestPage; run: () => Promise<TuningOutcome> }> {
  const dir = makeTestDir();
  mkdirSync(path.join(dir, 'in'));
  const file = path.join(dir, 'in/conversations.jsonl');
  writeFileSync(file, Array.from({ length: conversationCount }, (_, at) => `${JSON.stringify(talk(at, conversationCount))}\n`).join(''));
  const app = await startTestApp(testAppOptions(path.join(dir, 'store')));
  expect(await app.services().importing.run(file, 'conversations')).toMatchObject({ added: conversationCount, rejected: [] });
  const page = openTestPage(app);
  const run = async () => {
    const { id } = await page.client.tuning.start({});
    expect(await app.services().jobs.settled(id)).toMatchObject({ kind: 'tune', state: 'done', doneRatio: 1, error: null });
    return (await page.client.tuning.status({})).last as TuningOutcome;
  };
  return { app, page, run };
}

const SHIPPED = { weights: DEFAULT_WEIGHTS, odds: null };

test('what the newest questions speak for waits for a person, is used, must be beaten the next time, and is put back', async () => {
  const { app, page: { client }, run } = await openShop(800);
  const model = { id: DEFAULT_MODEL_ID, hasLearned: false };
  expect(await client.tuning.status({})).toMatchObject({ shipped: SHIPPED, inUse: SHIPPED, own: null, isRunning: false, last: null });
  const last = await run();
  expect(last).toMatchObject({ model, verdict: 'better', decision: null, isOutdated: false, choosing: 80, checking: 80, answerable: 60, before: SHIPPED, supply: { questions: { has: 60, needed: 50 }, shown: { has: 240, needed: 100 } } });
  const { mrr, reliability } = last.figures!;
  expect([last.change!.weights!['zh-zh'] < DEFAULT_WEIGHTS['zh-zh'], last.change!.odds!.map(({ shipped, own }) => own > shipped).join(), mrr.after! > mrr.before!, mrr.lead![0] > 0, reliability.before.shownAs.reduce((sum, { count }) => sum + count, 0)]).toEqual([true, 'true,true', true, true, 240]);
  expect((await client.tuning.status({})).inUse).toEqual(SHIPPED);

  const taken = await client.tuning.accept({});
  const own = { weights: last.change!.weights, odds: last.change!.odds };
  expect(taken).toMatchObject({ inUse: own, own: { model, holds: true }, last: { decision: 'taken' } });
  await expect(client.tuning.accept({})).rejects.toMatchObject({ code: 'not_found' });
  expect(await run()).toMatchObject({ verdict: 'not_better', before: own, change: null, decision: null });
  expect(await client.tuning.undo({})).toMatchObject({ inUse: SHIPPED, own: null });
  await client.tuning.undo({});
  const { db } = app.services();
  expect(db.prepare("SELECT action, entity_id FROM audit_entries WHERE entity = 'model' ORDER BY seq").raw().all()).toEqual([['model.tuned', 'search'], ['model.tuning_undone', 'search']]);
  await decideOtherwise(app, client, run);
});

/** Thrown away; measured with a model that searches no more; cancelled. */
async function decideOtherwise(app: App, client: TestPage['client'], run: () => Promise<TuningOutcome>): Promise<void> {
  await run();
  expect(await client.tuning.discard({})).toMatchObject({ inUse: SHIPPED, own: null, last: { verdict: 'better', decision: 'discarded' } });
  await run();
  const { db, jobs } = app.services();
  const rename = (name: string) => db.prepare("UPDATE embedding_models SET name = ? WHERE role = 'serving'").run(name);
  const key = db.prepare("SELECT name FROM embedding_models WHERE role = 'serving'").pluck().get() as string;
  rename(`${key}+0123456789ab`);
  expect(await client.tuning.status({})).toMatchObject({ model: { id: DEFAULT_MODEL_ID, hasLearned: true }, last: { isOutdated: true } });
  await expect(client.tuning.accept({})).rejects.toMatchObject({ code: 'conflict' });
  rename(key);
  await client.tuning.accept({});
  rename(`${key}+0123456789ab`);
  expect(await client.tuning.status({})).toMatchObject({ inUse: SHIPPED, own: { model: { id: DEFAULT_MODEL_ID, hasLearned: false }, holds: false } });
  rename(key);
  const first = await client.tuning.start({});
  await expect(client.tuning.start({})).rejects.toMatchObject({ code: 'conflict' });
  await client.job.cancel({ id: first.id });
  expect([(await jobs.settled(first.id as JobId)).state, (await client.tuning.status({})).last?.decision]).toEqual(['cancelled', 'taken']);
}

test('a shop with too little history is told how much is missing', async () => {
  const { page: { client }, run } = await openShop(50);
  expect(await run()).toMatchObject({ verdict: 'too_few', change: null, choosing: 5, checking: 5, supply: { questions: { has: 2, needed: 50 }, shown: { has: 15, needed: 100 }, right: { needed: 20 } }, before: SHIPPED });
  await expect(client.tuning.accept({})).rejects.toMatchObject({ code: 'not_found' });
});

test('a shop without history is told so', async () => {
  const { run } = await openShop(1);
  expect(await run()).toMatchObject({ verdict: 'no_history', supply: null, figures: null, change: null });
});
