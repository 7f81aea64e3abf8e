import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { createJobService } from '../jobs/job.service.ts';
import { storePaths } from '../platform/paths.ts';
import { createAdaptService } from './adapt.service.ts';
import { createSourceFork } from './app.fixture.ts';

const root = path.join(import.meta.dirname, '../../..');
/** Whatever is asked about the one word is answered with the other: nothing in the words themselves says so. */
const MATTERS = '水壶 帐篷 睡袋 头灯 雨衣 手套 围巾 登山杖 背包 防潮垫 炉头 气罐 冲锋衣 速干裤 遮阳帽 望远镜 指南针 护膝 袜子 墨镜'.split(' ');
const ANSWERS = '周一 周二 周三 周四 周五 周六 周日 月初 月中 月底 春天 夏天 秋天 冬天 上午 下午 晚上 半夜 清晨 中午'.split(' ');
const OPENINGS = ['请问', '你好，', '麻烦问下', '在吗，', '想问', '亲，', '老板，', '帮忙看下', '', '急，'];

/** `count` finished conversations, each of its own customer: a question about one thing, answered by a time of its own. */
function fill(store: TestStore, count: number): void {
  const run = (sql: string, ...values: unknown[]) => void store.db.prepare(sql).run(...values);
  run("INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0)");
  for (let at = 0; at < count; at++) {
    const matter = (at * 7) % MATTERS.length;
    const answer = `${ANSWERS[matter]}有货，第${at}批`;
    run("INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES (?, 's', ?, '', 0)", `c${at}`, `x${at}`);
    run("INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES (?, 's', 'ch', ?, ?, 'closed', 0, ?)", `v${at}`, `v${at}`, `c${at}`, at);
    const question = `${OPENINGS[at % OPENINGS.length]}${MATTERS[matter]}什么时候到，我是${at}号`;
    for (const [place, role, text] of [[0, 'customer', question], [1, 'rep', answer]] as const) {
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
  const { candidate, accepted, lastRun } = adapt.status();
  expect([lastRun?.verdict, accepted]).toEqual(['better', null]);
  expect(candidate).toMatchObject({ state: 'candidate', conversationCount: expect.any(Number) });
  const { before = 0, after = 0 } = lastRun?.figures?.['own'] ?? {};
  expect(after).toBeGreaterThan(before + 0.01);
  const changes = await adapt.preview(4);
  expect(changes.length).toBeGreaterThan(0);
  expect(changes[0]).toEqual({ question: expect.stringContaining('什么时候到'), before: expect.any(Array), after: expect.any(Array) });
  expect(adapt.accept().key).toBe(candidate?.key);
  expect([adapt.status().accepted?.key, adapt.status().candidate, used]).toEqual([candidate?.key, null, [candidate?.key]]);
  expect(store.db.prepare("SELECT action FROM audit_entries WHERE entity = 'model'").pluck().all()).toEqual(['model.adapted']);

  await forgetAndUndo({ adapt, jobs, used });
});

async function forgetAndUndo({ adapt, jobs, used }: Pick<ReturnType<typeof open>, 'adapt' | 'jobs' | 'used'>): Promise<void> {
  const again = adapt.forget('c1');
  expect([again?.kind, used.at(-1), adapt.status().accepted, adapt.status().isStale]).toEqual(['adapt', null, null, true]);
  jobs.cancel(again?.id as never);
  expect((await jobs.settled(again?.id as never)).state).toBe('cancelled');
  // still to be made again: at the next start, for example
  const later = adapt.afterDeletion();
  expect(later?.state).toBe('running');
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
