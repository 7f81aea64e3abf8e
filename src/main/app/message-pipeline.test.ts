import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Settings } from '../../shared/contract/app.contract.ts';
import { settingsSchema } from '../../shared/contract/app.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { MessageContext, SuggestService } from '../assist/suggest.service.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { listMessages } from '../conversations/message.repository.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import type { RiskService } from '../insight/risk.service.ts';
import type { Log } from '../platform/log.ts';
import { silentLog } from '../platform/log.ts';
import { createMessagePipeline } from './message-pipeline.ts';
import { startWaitingSweep } from './waiting-sweep.ts';

const settings: Settings = settingsSchema.parse({ repName: '小同' });

/** The pipeline over a real store, with suggestions and risk that only note what they are asked. */
function openPipeline(store: TestStore, fail: () => void = () => {}) {
  const contexts: MessageContext[] = [];
  const scored: ConversationId[] = [];
  const errors: unknown[] = [];
  const log: Log = { ...silentLog, error: (event, fields) => errors.push([event, fields]) };
  const suggest = async (context: MessageContext) => {
    contexts.push(context);
    await Promise.resolve();
    fail();
    return { conversationId: context.conversationId, messageId: context.messageId, state: 'idle' as const, suggestions: [] };
  };
  const score = async (conversationId: ConversationId) => {
    await Promise.resolve();
    scored.push(conversationId);
    return undefined;
  };
  const pipeline = createMessagePipeline({ db: store.db, suggestions: { suggest } as unknown as SuggestService, risk: { score } as unknown as RiskService, settings: () => settings, log });
  const receive = (conversationId: ConversationId) => pipeline.received(listMessages(store.db, { conversationId, limit: 1 }).messages[0]!);
  return { pipeline, contexts, scored, errors, receive };
}

describe('createMessagePipeline', () => {
  it('works on the newest arrival first, on a conversation once, and on what the rep opened next', async () => {
    const store = openTestStore();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => addConversation(store, name, [['customer', name]]));
    const { pipeline, contexts, scored, receive } = openPipeline(store);
    // the first is under way before the others come
    for (const id of [a!, b!, c!, b!, c!]) receive(id);
    pipeline.refresh(b!);
    await pipeline.idle();
    expect([contexts.map(({ conversationId }) => conversationId), scored]).toEqual([[a, b, c], [a, b, c]]);
    expect(contexts[0]).toMatchObject({ turns: [{ role: 'customer', text: 'a' }], scope: { customer: { name: 'a' }, rep: { name: '小同' } }, excludedConversationIds: [a] });
  });

  it('leaves alone what the rep or nobody said last', async () => {
    const store = openTestStore();
    const answered = addConversation(store, 'a', [['customer', '在吗'], ['rep', '在的']]);
    const { pipeline, contexts } = openPipeline(store);
    pipeline.refresh(answered);
    pipeline.refresh('01HZZZZZZZZZZZZZZZZZZZZZZZ' as ConversationId);
    await pipeline.idle();
    expect(contexts).toEqual([]);
  });

  it('offers no answer of the conversation that a replay plays again', async () => {
    const store = openTestStore();
    const source = addConversation(store, 'a', [['customer', '多久赔'], ['rep', '三天']]);
    const replayed = addConversation(store, 'b', [['customer', '多久赔']]);
    store.db.prepare('UPDATE conversations SET external_id = ? WHERE id = ?').run('01HZZZZZZZZZZZZZZZZZZZZZZZ:conversation of a', replayed);
    const { pipeline, contexts } = openPipeline(store);
    pipeline.refresh(replayed);
    await pipeline.idle();
    expect(contexts[0]?.excludedConversationIds).toEqual([replayed, source]);
  });

  it('logs a failure without a word of the customer and goes on', async () => {
    const store = openTestStore();
    const [a, b] = ['a', 'b'].map((name) => addConversation(store, name, [['customer', `${name} 机密`]]));
    const { contexts, errors, pipeline, receive } = openPipeline(store, () => { throw new Error('broken'); });
    receive(a!);
    receive(b!);
    await pipeline.idle();
    expect([contexts.length, errors]).toEqual([2, [['pipeline.failed', { message: 'broken' }], ['pipeline.failed', { message: 'broken' }]]]);
  });

  it('stops after the conversation under way', async () => {
    const store = openTestStore();
    const [a, b] = ['a', 'b'].map((name) => addConversation(store, name, [['customer', name]]));
    const { contexts, pipeline, receive } = openPipeline(store);
    receive(a!);
    receive(b!);
    await pipeline.stop();
    receive(b!);
    await pipeline.idle();
    expect(contexts.map(({ conversationId }) => conversationId)).toEqual([a]);
  });
});

describe('startWaitingSweep', () => {
  it('never runs twice at once, and has ended when its stop resolves', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const store = openTestStore();
    for (const name of ['a', 'b']) addConversation(store, name, [['customer', name]], { isLive: true });
    let go: () => void = () => {};
    const score = vi.fn(() => new Promise<undefined>((done) => (go = () => done(undefined))));
    const stop = startWaitingSweep({ db: store.db, risk: { score }, clock: { nowMs: () => store.ctx.nowMs + 120_000 }, onError: (error) => expect.fail(String(error)) });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(score).toHaveBeenCalledTimes(1);
    const stopped = stop();
    go();
    await stopped;
    expect([score.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});
