import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import type { AdaptFigures } from '../engine/adapt-run.ts';
import { createJobService } from '../jobs/job.service.ts';
import { storePaths } from '../platform/paths.ts';
import type { AdaptRun } from '../../shared/contract/adapt.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { AdaptedModelInfo } from '../search/adapted-model.repository.ts';
import { ANSWERS, askedAndAnswered } from './adapt.fixture.ts';
import { createAdaptService } from './adapt.service.ts';
import { createSourceFork } from './app.fixture.ts';

const root = path.join(import.meta.dirname, '../../..');
/** `count` finished conversations, each of its own customer: a question about one thing, answered by a time of its own. */
function fill(store: TestStore, count: number): void {
  const run = (sql: string, ...values: unknown[]) => void store.db.prepare(sql).run(...values);
  run("INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0)");
  for (let at = 0; at < count; at++) {
    const { question, reply } = askedAndAnswered(at);
    run("INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES (?, 's', ?, '', 0)", `c${at}`, `x${at}`);
    run("INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES (?, 's', 'ch', ?, ?, 'closed', 0, ?)", `v${at}`, `v${at}`, `c${at}`, at);
    for (const [place, role, text] of [[0, 'customer', question], [1, 'rep', reply]] as const) {
      run("INSERT INTO messages (id, conversation_id, external_id, role, text, language, sent_at) VALUES (?, ?, ?, ?, ?, 'zh', ?)", `m${at}-${place}`, `v${at}`, String(place), role, text, at * 10 + place);
    }
  }
  run("INSERT INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at) VALUES ('a', 's', 'a.md', '到货', 'zh', 1, '', 0)");
  for (const [ord, text] of ANSWERS.entries()) run("INSERT INTO passages (id, article_id, ord, heading, text, language) VALUES (?, 'a', ?, '', ?, 'zh')", `p${ord}`, ord, `${text}到货`);
}

function open(conversationCount: number, steps: number) {
  const store = openTestStore();
  fill(store, conversationCount);
  const used: (string | null)[] = [];
  const clock = { nowMs: () => store.ctx.nowMs };
  const jobs = createJobService({ db: store.db, clock, newId: store.ctx.newId, onChange: () => {} });
  const { fork, forked } = createSourceFork();
  onTestFinished(() => jobs.stop());
  const adapt = createAdaptService({
    db: store.db, key: store.key, paths: storePaths(store.dir), jobs, context: () => store.ctx, repId: () => 'rep', steps, useModel: (key) => void used.push(key),
    options: { fork, modelsDir: path.join(root, 'models'), resourcesDir: path.join(root, 'resources') },
  });
  return { store, adapt, jobs, used, forked };
}

test('too little to learn from is said with how much is missing, and nothing is trained', async () => {
  const { adapt, jobs, used } = open(30, 5);
  expect((await jobs.settled(adapt.start().id)).state).toBe('done');
  // 20 passages and 30 answered questions
  expect(adapt.status()).toMatchObject({ accepted: null, candidate: null, isStale: false, pairCount: 50, missingCount: 450, lastRun: { verdict: 'too_few_pairs', pairCount: 50, missingCount: 450, figures: null } });
  await expect(adapt.preview()).rejects.toMatchObject({ code: 'not_found' });
  expect(() => adapt.accept()).toThrow('No model has learned from this shop yet.');
  expect(used).toEqual([]);
});

test('what the shop answers is learned, shown, taken into use, forgotten with a customer and undone', async () => {
  const { store, adapt, jobs, used } = open(720, 24);
  expect((await jobs.settled(adapt.start().id))).toMatchObject({ kind: 'adapt', state: 'done', doneRatio: 1 });
  const { candidate, accepted, lastRun } = adapt.status() as { candidate: AdaptedModelInfo; accepted: null; lastRun: AdaptRun };
  expect([lastRun.verdict, accepted, candidate.state]).toEqual(['better', null, 'candidate']);
  const { own } = lastRun.figures as AdaptFigures;
  expect(own.after).toBeGreaterThan(own.before + 0.01);
  const changes = await adapt.preview(4);
  expect(changes[0]).toEqual({ question: expect.stringContaining('什么时候到'), before: expect.any(Array), after: expect.any(Array) });
  expect(adapt.accept().key).toBe(candidate.key);
  expect([adapt.status(), used]).toEqual([expect.objectContaining({ accepted: { ...candidate, state: 'accepted' }, candidate: null }), [candidate.key]]);
  expect(store.db.prepare("SELECT action FROM audit_entries WHERE entity = 'model'").pluck().all()).toEqual(['model.adapted']);

  await forgetAndUndo({ adapt, jobs, used });
});

async function forgetAndUndo({ adapt, jobs, used }: Pick<ReturnType<typeof open>, 'adapt' | 'jobs' | 'used'>): Promise<void> {
  const again = adapt.forget('c1') as Job;
  expect([again.kind, used.at(-1), adapt.status()]).toEqual(['adapt', null, expect.objectContaining({ accepted: null, isStale: true })]);
  jobs.cancel(again.id);
  expect((await jobs.settled(again.id)).state).toBe('cancelled');
  // still to be made again: at the next start, for example
  expect([adapt.afterDeletion(), adapt.isForgotten('c1')]).toEqual([null, true]);
  adapt.remember('c1');
  adapt.undo();
  expect([adapt.status().isStale, adapt.forget('c1')]).toEqual([false, null]);
}

test('a process that dies while it learns changes nothing', async () => {
  const { adapt, jobs, forked } = open(600, 400);
  const job = adapt.start();
  await expect.poll(() => forked.length).toBe(1);
  forked[0]?.kill();
  expect(await jobs.settled(job.id)).toMatchObject({ state: 'failed', error: 'The part that learns the words of the shop stopped; nothing was changed.' });
  expect(adapt.status()).toMatchObject({ candidate: null, accepted: null, lastRun: null });
});
