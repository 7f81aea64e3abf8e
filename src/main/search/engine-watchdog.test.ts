import { fork } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { silentLog } from '../platform/log.ts';
import { wrapChild } from '../platform/node-fork.ts';
import { createEmbedQueue } from './embed-queue.ts';
import { openEngineBench } from './engine.fixture.ts';
import { createTextBlame, watchForHang } from './engine-watchdog.ts';
import { listSetAsideTexts, retryText } from './set-aside.repository.ts';
import { addMacro } from './store.fixture.ts';

function openWeakBench(texts: readonly string[]) {
  const bench = openEngineBench(
    (db) => texts.forEach((text, at) => void addMacro(db, `m${at}`, '标题', text)),
    { fork: () => wrapChild(fork(path.join(import.meta.dirname, 'weak-engine.test-process.ts'), { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })), hangMs: 500 },
  );
  onTestFinished(() => bench.close());
  const queue = createEmbedQueue({ db: bench.db, engine: bench.engine, log: silentLog, retryDelayMs: 10, nowMs: () => 5 });
  const embedded = () => bench.db.prepare('SELECT seq FROM macro_vectors ORDER BY seq').pluck().all();
  return { ...bench, queue, embedded };
}

const REQUEST = { kinds: ['macro'], limit: 5 } as const;

test('a text that crashes the engine twice is set aside, the others get their vectors; a retry queues it again', async () => {
  const { db, engine, queue, embedded } = openWeakBench(['退款', '这里会崩溃', '发货']);
  queue.wake();
  await queue.whenIdle();
  expect(embedded()).toEqual([1, 3]);
  expect(listSetAsideTexts(db)).toEqual([{ kind: 'macro', seq: 2, excerpt: '标题\n这里会崩溃', strikeCount: 2, at: 5 }]);
  expect([engine.status().restartCount, engine.status().pendingCount]).toEqual([3, 0]);

  retryText(db, 'macro', 2);
  expect([listSetAsideTexts(db), db.prepare('SELECT kind, seq FROM pending_vectors').raw().all()]).toEqual([[], [['macro', 2]]]);
  // changed since: it is embedded and forgotten
  db.prepare("UPDATE macros SET text = '好了' WHERE seq = 2").run();
  queue.wake();
  await queue.whenIdle();
  expect([embedded(), listSetAsideTexts(db)]).toEqual([[1, 2, 3], []]);
});

test('an engine that hangs over a text is restarted, and the text set aside', async () => {
  const { db, engine, queue, embedded } = openWeakBench(['永远卡住', '退款']);
  queue.wake();
  await queue.whenIdle();
  expect([embedded(), listSetAsideTexts(db).map(({ seq }) => seq)]).toEqual([[2], [1]]);
  expect(await engine.search({ ...REQUEST, text: '退款' })).toMatchObject({ candidates: [] });
});

test('a live question that kills the engine twice is refused from then on, other questions are answered', async () => {
  const { engine } = openWeakBench([]);
  await expect(engine.search({ ...REQUEST, text: '崩溃吧' })).rejects.toMatchObject({ code: 'engine_down' });
  const { restartCount } = engine.status();
  await expect(engine.search({ ...REQUEST, text: '崩溃吧' })).rejects.toMatchObject({ code: 'engine_down', retryable: false });
  expect(await engine.search({ ...REQUEST, text: '退款' })).toMatchObject({ candidates: [] });
  expect([restartCount, engine.status().restartCount]).toEqual([2, 2]);
});

test('an engine that could not start comes back by hand once the reason is gone', async () => {
  const bench = openEngineBench(() => {}, { modelsDir: '/nowhere' });
  onTestFinished(() => bench.close());
  await expect(bench.engine.models()).rejects.toMatchObject({ retryable: false });
  expect(bench.engine.problem()).toContain('deskmate-embed-2');
  bench.engine.restart();
  expect([bench.engine.status().state, bench.engine.problem()]).toEqual(['restarting', null]);
  await expect(bench.engine.models()).rejects.toMatchObject({ retryable: false });
  expect([bench.engine.status().state, bench.processes.length]).toEqual(['down', 2]);
});

describe('ticks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('silence is told once, answers and refusals keep it quiet', async () => {
    const onHang = vi.fn<() => void>();
    let reply: () => Promise<unknown> = () => Promise.resolve();
    const stop = watchForHang({ ping: () => reply(), onHang, hangMs: 1000 });
    await vi.advanceTimersByTimeAsync(10_000);
    reply = () => Promise.reject(new Error('busy'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onHang).not.toHaveBeenCalled();
    reply = () => new Promise(() => {});
    await vi.advanceTimersByTimeAsync(1100);
    expect(onHang).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onHang).toHaveBeenCalledTimes(1);
    stop();
  });
});

test('blame: an answer clears a strike, forgiving clears all', async () => {
  const blame = createTextBlame(() => new Error('refused'));
  const die = () => blame.over('a', () => {
    blame.processEnded();
    return Promise.reject(new Error('gone'));
  });
  await expect(die()).rejects.toThrow('gone');
  expect(await blame.over('a', () => Promise.resolve(1))).toBe(1);
  await expect(die()).rejects.toThrow('gone');
  await expect(die()).rejects.toThrow('gone');
  await expect(die()).rejects.toThrow('refused');
  blame.forgive();
  await expect(die()).rejects.toThrow('gone');
});
