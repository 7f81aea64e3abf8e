import { afterEach, expect, test, vi } from 'vitest';
import type { EngineStatus } from '../../shared/contract/app.contract.ts';
import { silentLog } from '../platform/log.ts';
import { createEmbedQueue } from './embed-queue.ts';
import { openEngineBench, type EngineBench } from './engine.fixture.ts';
import type { SearchResult } from './search.types.ts';
import { addMacro, addMessage, addPassage, removeMacro } from './store.fixture.ts';

let bench: EngineBench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** The best three rows, whatever their order: a restarted engine may not have read every message yet. */
function found(result: SearchResult): string[] {
  return result.candidates.slice(0, 3).map(({ kind, seq }) => `${kind}${seq}`).toSorted();
}

const REQUEST = { text: '退款多久到账', kinds: ['passage', 'macro', 'message'], limit: 10 } as const;

test('a kill -9 costs one restart: questions under way and after it are answered, examples and vectors are there again', async () => {
  const seen: EngineStatus[] = [];
  bench = openEngineBench(
    (db) => {
      addMacro(db, 'refund', '退款时效', '退款会在 3 个工作日内原路退回');
      addPassage(db, 'policy', '售后 > 退款', '审核通过后退款原路返回');
      addMessage(db, 'customer', '钱退了吗，退款什么时候到');
      addMacro(db, 'ship', '发货', '48 小时内发货');
    },
    // however busy the machine is: what counts is that nobody is refused
    { onStatus: (status) => seen.push(status), retryWithinMs: 60_000 },
  );
  const { db, engine, killEngine } = bench;
  const queue = createEmbedQueue({ db, engine, log: silentLog });
  queue.wake();
  await engine.registerExamples('intents', [{ id: 'refund', text: '我要退款' }, { id: 'ship', text: '什么时候发货' }]);
  await queue.whenIdle();
  const before = await engine.search(REQUEST);
  const similarities = await engine.similarities('退款怎么还没到', 'intents');
  const [live, embedded] = [engine.search(REQUEST), engine.embed(['退款']).catch((error: unknown) => error)];
  killEngine();

  expect(found(await live)).toEqual(found(before));
  expect(await embedded).toMatchObject({ code: 'engine_down', retryable: true });
  await vi.waitFor(() => expect(engine.status().loadedRatio).toBe(1), { timeout: 30_000 });
  expect((await engine.search(REQUEST)).candidates).toEqual(before.candidates);
  expect(await engine.similarities('退款怎么还没到', 'intents')).toEqual(similarities);
  expect(similarities.toSorted((a, b) => b.similarity - a.similarity)[0]?.exampleId).toBe('refund');
  expect(before).toEqual({ candidates: expect.any(Array), isWordsOnly: false, timingsMs: { embed: expect.any(Number), words: expect.any(Number), vectors: expect.any(Number), fuse: expect.any(Number) } });
  expect(found(before)).toEqual(['macro1', 'message1', 'passage1']);
  expect(new Set(seen.map((status) => status.state))).toEqual(new Set(['ready', 'restarting']));
  expect(engine.status()).toEqual({ state: 'ready', modelId: 'deskmate-embed-2', next: null, vectors: { passage: 1, macro: 2, message: 1 }, pendingCount: 0, storingProblem: null, loadedRatio: 1, restartCount: 1, backend: 'usearch' });
});

test('rows are found by meaning once their vector is told, and forgotten once they are removed', async () => {
  bench = openEngineBench();
  const { db, engine } = bench;
  const queue = createEmbedQueue({ db, engine, log: silentLog });
  await engine.models();
  expect((await engine.search(REQUEST)).candidates).toEqual([]);
  addMacro(db, 'english', 'refund', 'your refund will reach your account in three days');
  queue.wake();
  await queue.whenIdle();
  expect((await engine.search(REQUEST)).candidates).toEqual([
    { kind: 'macro', seq: 1, score: 0.85, words: 0, meaning: 1, cosine: expect.any(Number), bm25: 0, matchedWords: [] },
  ]);
  removeMacro(db, 1);
  engine.notifyRemoved('macro', [1]);
  expect([(await engine.search(REQUEST)).candidates, engine.status().vectors.macro]).toEqual([[], 0]);
});

test('an engine that cannot start is down, once, with its reason, and refuses without waiting', async () => {
  bench = openEngineBench(() => {}, { modelsDir: '/nowhere' });
  const { engine, processes } = bench;
  await expect(engine.search(REQUEST)).rejects.toMatchObject({ code: 'engine_down', retryable: false, message: expect.stringContaining('deskmate-embed-2') });
  await expect(engine.embed(['a'])).rejects.toMatchObject({ code: 'engine_down', retryable: false });
  expect([engine.status().state, engine.status().restartCount, processes.length]).toEqual(['down', 0, 1]);
});

test('a cancelled question is refused as cancelled, and a stopped engine refuses everything', async () => {
  bench = openEngineBench();
  const { engine } = bench;
  await engine.models();
  const abort = new AbortController();
  const cancelled = engine.search(REQUEST, abort.signal);
  setImmediate(() => abort.abort());
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  await engine.stop();
  await expect(engine.search(REQUEST)).rejects.toMatchObject({ code: 'engine_down', retryable: false });
});
