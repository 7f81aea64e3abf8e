import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runChannel, type RunnerHooks } from './channel-runner.ts';
import type { Connector, PulledBatch } from './connector.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A channel whose pulls are answered by the test; `hint` is what its live side would call. */
function testChannel(pull: () => Promise<PulledBatch>) {
  const live = vi.fn<Connector['live']>();
  const connector: Connector = { pull: vi.fn(pull), live, send: () => Promise.reject(new Error('not used')), findSent: () => Promise.resolve(null) };
  const errors: unknown[] = [];
  const told: string[] = [];
  let cursor: string | null = null;
  const hooks: RunnerHooks = {
    readCursor: () => cursor,
    store: (batch) => void (cursor = batch.cursor),
    onFailed: (message) => void told.push(message),
    onRecovered: () => void told.push('recovered'),
    onError: (error) => void errors.push(error),
  };
  return { connector, hooks, errors, told, hint: () => live.mock.calls[0]?.[0]() };
}

const NOTHING: PulledBatch = { messages: [], cursor: '1', hasMore: false };

describe('runChannel', () => {
  it('waits longer after every failure whatever the channel hints meanwhile, keeps one timer, and recovers', async () => {
    let isBroken = true;
    const channel = testChannel(() => (isBroken ? Promise.reject(new Error('gone')) : Promise.resolve(NOTHING)));
    const runner = runChannel(channel.connector, channel.hooks);
    for (let second = 0; second < 30; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      channel.hint();
    }
    // at 0, 1, 3, 7 and 15 seconds
    expect([vi.mocked(channel.connector.pull).mock.calls.length, vi.getTimerCount()]).toEqual([5, 1]);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect([channel.told, vi.getTimerCount(), channel.errors]).toEqual([['gone', 'gone', 'gone', 'gone', 'gone', 'recovered'], 0, []]);
    await runner.stop();
  });

  it('leaves nothing behind when it is stopped during its first pull', async () => {
    let answer: (batch: PulledBatch) => void = () => {};
    const channel = testChannel(() => new Promise((done) => (answer = done)));
    const runner = runChannel(channel.connector, channel.hooks);
    const stopped = runner.stop();
    answer(NOTHING);
    await stopped;
    expect([vi.mocked(channel.connector.live).mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('reports a hook that fails and goes on trying', async () => {
    const channel = testChannel(() => Promise.reject(new Error('gone')));
    const broken = new Error('no such channel');
    const runner = runChannel(channel.connector, { ...channel.hooks, onFailed: () => { throw broken; } });
    await vi.advanceTimersByTimeAsync(1000);
    expect([channel.errors, vi.mocked(channel.connector.pull).mock.calls.length]).toEqual([[broken, broken], 2]);
    await runner.stop();
  });
});
