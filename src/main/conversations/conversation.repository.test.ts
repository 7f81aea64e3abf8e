import { describe, expect, test } from 'vitest';
import { conversationSummarySchema } from '../../shared/contract/conversation.contract.ts';
import { saveTags } from '../customers/loyalty.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { ensureChannel, getChannel, insertChannel, listChannels, saveCursor, setChannelState } from './channel.repository.ts';
import { addConversation } from './conversation.fixture.ts';
import { closeConversation, ensureConversation, findConversation, getSummary, listConversationIds, listSummaries, markRead, reopenConversation, setCsat, setRisk } from './conversation.repository.ts';
import { saveDraft } from './draft.repository.ts';

const MINUTE = 60_000;

describe('conversations', () => {
  test('a summary holds everything a queue row shows', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', [['customer', '发货了吗'], ['customer', '急']], { isLive: true });
    const { customerId } = findConversation(store.db, id) ?? { customerId: undefined };
    if (customerId === undefined) throw new Error('no conversation');
    const tag = { segment: 'champions' as const, scores: { recency: 5, frequency: 5, monetary: 5 }, reasons: [{ code: 'recent', values: { days: 3 } }], computedAt: 7 };
    saveTags(store.db, [{ customerId, ...tag }]);
    setRisk(store.db, id, { p: 0.75, band: 'alert' });
    saveDraft(store.db, { conversationId: id, text: '马上', caret: 2, marks: [] }, store.ctx.nowMs);
    const summary = getSummary(store.db, id, store.ctx.nowMs + 10 * MINUTE);
    expect(summary).toEqual({
      id, customerId, customerName: '小林', channelKind: 'file', state: 'open', lastText: '急', lastRole: 'customer', lastAt: store.ctx.nowMs + MINUTE, waitingSince: store.ctx.nowMs, unreadCount: 2,
      hasDraft: true, risk: { p: 0.75, band: 'alert' }, tag: { ...tag, isDisputed: false }, urgency: expect.closeTo(10 + 1.5 + 1.1648 + 1 + 0.2, 3) as number, urgencyReasons: ['risk', 'waiting', 'best_customer', 'unread'],
      urgencyParts: [11.5, expect.closeTo(1.1648, 3) as number, 1, 0.2], rep: null, labels: [], snoozedUntil: null, wokenAt: null, handedOverAt: null, disposition: null,
    });
    expect(conversationSummarySchema.parse(summary)).toEqual(summary);
    expect(listSummaries(store.db, { state: 'open', limit: 10, nowMs: store.ctx.nowMs + 10 * MINUTE })).toEqual([summary]);
  });

  test('the queue stands by urgency, closed conversations by time, both within the limit', () => {
    const store = openTestStore();
    const calm = addConversation(store, 'calm', [['customer', 'a'], ['rep', 'b']]);
    const waiting = addConversation(store, 'waiting', [['customer', 'a']]);
    const angry = addConversation(store, 'angry', [['customer', 'a'], ['rep', 'b']]);
    setRisk(store.db, angry, { p: 0.9, band: 'alert' });
    const names = (state: 'open' | 'closed', limit = 10) => listSummaries(store.db, { state, limit, nowMs: store.ctx.nowMs + MINUTE }).map((summary) => summary.customerName);
    expect(names('open')).toEqual(['angry', 'waiting', 'calm']);
    expect(names('open', 1)).toEqual(['angry']);
    for (const id of [waiting, calm]) closeConversation(store.db, id, { disposition: 'done', closedAt: store.ctx.nowMs });
    expect([names('open'), names('closed'), names('closed', 1)]).toEqual([['angry'], ['calm', 'waiting'], ['calm']]);
    expect(listConversationIds(store.db, 2)).toHaveLength(2);
    // what a replay made is no source of another replay
    store.db.prepare("UPDATE channels SET kind = 'replay'").run();
    expect(listConversationIds(store.db, 2)).toEqual([]);
  });

  test('closing ends the wait, opening again goes on with it', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', [['customer', '你好'], ['rep', '您好'], ['customer', '退款']], { isLive: true });
    markRead(store.db, id);
    setCsat(store.db, id, 4);
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ unreadCount: 0, waitingSince: store.ctx.nowMs + 2 * MINUTE });
    closeConversation(store.db, id, { disposition: '退款', closedAt: store.ctx.nowMs });
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ state: 'closed', waitingSince: null });
    reopenConversation(store.db, id);
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ state: 'open', waitingSince: store.ctx.nowMs + 2 * MINUTE });
    expect(findConversation(store.db, id)).toMatchObject({ state: 'open', csat: 4 });
  });

  test('ensureConversation finds what it made, and a later real name fills in', () => {
    const { db, ctx } = openTestStore();
    const channel = ensureChannel(db, ctx, { kind: 'file', title: 'a' });
    const made = ensureConversation(db, ctx, { channelId: channel.id, externalId: 'c1', customerExternalId: 'u1', openedAt: 5 });
    const found = ensureConversation(db, ctx, { channelId: channel.id, externalId: 'c1', customerExternalId: 'u1', customerName: '王女士', openedAt: 9 });
    expect(made.isNew).toBe(true);
    expect(found).toEqual({ ...made, isNew: false });
    expect(getSummary(db, made.id, 10)).toMatchObject({ customerName: '王女士', lastAt: 5, lastText: '', lastRole: null });
  });

  test('an unknown conversation is not found by any change', () => {
    const { db } = openTestStore();
    const id = 'nope' as Parameters<typeof markRead>[1];
    for (const change of [() => getSummary(db, id, 0), () => markRead(db, id), () => reopenConversation(db, id), () => closeConversation(db, id, { disposition: null, closedAt: 0 }), () => setRisk(db, id, { p: 0, band: 'none' })]) {
      expect(change).toThrow(expect.objectContaining({ code: 'not_found' }));
    }
  });
});

describe('channels', () => {
  test('keep their settings, cursor and state', () => {
    const { db, ctx } = openTestStore();
    const channel = insertChannel(db, ctx, { kind: 'file', title: 'Inbox', settings: { path: 'a.jsonl' } });
    expect(channel).toEqual({ id: channel.id, kind: 'file', title: 'Inbox', settings: { path: 'a.jsonl' }, cursor: null, state: 'stopped', error: null, lastSyncAt: null });
    saveCursor(db, channel.id, '120', 77);
    expect(setChannelState(db, channel.id, 'failed', 'gone')).toEqual({ ...channel, cursor: '120', lastSyncAt: 77, state: 'failed', error: 'gone' });
    expect(setChannelState(db, channel.id, 'running', 'gone')).toEqual({ ...channel, cursor: '120', lastSyncAt: 77, state: 'running' });
    expect(ensureChannel(db, ctx, { kind: 'file', title: 'Inbox' }).id).toBe(channel.id);
    expect(listChannels(db)).toEqual([getChannel(db, channel.id)]);
    expect(() => saveCursor(db, 'nope' as typeof channel.id, '1', 1)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});
