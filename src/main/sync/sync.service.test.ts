import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Message } from '../../shared/contract/conversation.contract.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import type { StoredConversation } from './replay.connector.ts';
import { createSyncService, type SyncDeps } from './sync.service.ts';

const WITHIN = { timeout: 5000, interval: 10 };
const line = (id: string, text: string) => `${JSON.stringify({ conv_id: 'c1', msg_id: id, ts: Number(id), role: 'customer', author: 'lin', text })}\n`;

function startSync({ db, ctx }: TestStore, change: Partial<SyncDeps> = {}) {
  const received: Message[] = [];
  const onChannel = vi.fn();
  const onError = vi.fn();
  const sync = createSyncService({
    db, clock: { nowMs: () => ctx.nowMs }, context: () => ctx, repId: () => null, chooseReplay: () => [], loadReplay: () => Promise.resolve([]), loadCustomers: () => Promise.reject(new Error('no customers')),
    onReceived: (message) => received.push(message), onOutbox: () => {}, onConversation: () => {}, onSkipped: () => {}, onChannel, onError, ...change,
  });
  onTestFinished(() => sync.close());
  return { sync, received, onChannel, onError };
}

describe('createSyncService', () => {
  it('goes on with a file that was watched before: nothing is told twice, by another path neither', async () => {
    const store = openTestStore();
    const file = path.join(store.dir, 'live.jsonl');
    writeFileSync(file, line('1', '在吗'));
    const { sync, received } = startSync(store);
    const first = await sync.addFile(file);
    await vi.waitFor(() => expect(received).toHaveLength(1), WITHIN);
    const [again, aside] = await Promise.all([sync.addFile(file), sync.addFile(path.join(store.dir, 'x', '..', 'live.jsonl'))]);
    await sync.stop(first.id);
    appendFileSync(file, line('2', '退款'));
    await sync.addFile(file);
    await vi.waitFor(() => expect(received.map(({ text }) => text)).toEqual(['在吗', '退款']), WITHIN);
    expect([again.id, aside.id, sync.list().map(({ state }) => state)]).toEqual([first.id, first.id, ['running']]);
  });

  it('tells when a channel fails', async () => {
    const store = openTestStore();
    const { sync, onChannel } = startSync(store);
    await sync.addFile(path.join(store.dir, 'none.jsonl'));
    await vi.waitFor(() => expect(sync.list()[0]).toMatchObject({ state: 'failed', error: 'The file none.jsonl is not there any more.' }), WITHIN);
    // it ran, then it failed
    expect(onChannel).toHaveBeenCalledTimes(2);
  });

  it('ends the replay that plays an erased customer, and no other', async () => {
    const store = openTestStore();
    const conversation = (name: string): StoredConversation => ({ externalId: name, customerExternalId: name, customerName: name, messages: [{ role: 'customer', text: 'hi', sentAt: 0 }, { role: 'customer', text: 'later', sentAt: 1000 }] });
    const { sync, received } = startSync(store, { chooseReplay: () => ['lin'], loadReplay: ({ path: file }) => Promise.resolve([conversation(file ?? 'lin')]) });
    await sync.startReplay({ path: null, speed: 1, limit: 1 });
    await sync.startReplay({ path: 'amy', speed: 1, limit: 1 });
    await vi.waitFor(() => expect(received).toHaveLength(2), WITHIN);
    sync.forgetCustomer('lin');
    expect(sync.list().map(({ title, state }) => [title, state])).toEqual([['stored', 'stopped'], ['amy', 'running']]);
  });

  it('lets go of a replay that is still being read when it is closed', async () => {
    const store = openTestStore();
    let loaded: (conversations: StoredConversation[]) => void = () => {};
    const first = startSync(store, { loadReplay: () => new Promise((done) => (loaded = done)) });
    const starting = first.sync.startReplay({ path: 'old.jsonl', speed: 1, limit: 1 });
    await first.sync.close();
    loaded([{ externalId: 'c', customerExternalId: 'c', customerName: 'c', messages: [{ role: 'customer', text: 'hi', sentAt: 0 }] }]);
    await starting;
    expect([first.received, first.onError.mock.calls, first.sync.list().map(({ state }) => state)]).toEqual([[], [], ['stopped']]);
  });
});
