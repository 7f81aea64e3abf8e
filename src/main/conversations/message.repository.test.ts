import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageId } from '../../shared/contract/ids.contract.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { addConversation } from './conversation.fixture.ts';
import { closeConversation, getSummary } from './conversation.repository.ts';
import { findReplyAfter, getMessagesBySeq, insertMessage, listMessages, listTurns, type NewMessage } from './message.repository.ts';

const MINUTE = 60_000;

function newMessage(store: ReturnType<typeof openTestStore>, conversationId: NewMessage['conversationId'], change: Partial<NewMessage>): NewMessage {
  return { conversationId, externalId: 'new', role: 'customer', text: '在吗', sentAt: store.ctx.nowMs, language: 'zh', piiSpans: [], isLive: true, ...change };
}

describe('insertMessage', () => {
  test('stores the message, its words and its place in the vector queue', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', []);
    const piiSpans = [{ kind: 'mobile', start: 2, end: 13 }];
    const inserted = insertMessage(store.db, store.ctx, newMessage(store, id, { text: '打我13800138000', piiSpans }));
    expect(inserted).toEqual({ seq: 1, message: { id: expect.any(String) as string, conversationId: id, role: 'customer', text: '打我13800138000', sentAt: store.ctx.nowMs, language: 'zh', piiSpans } });
    expect(getMessagesBySeq(store.db, [1, 99])).toEqual([{ ...inserted?.message, seq: 1 }]);
    expect(store.db.prepare("SELECT rowid FROM messages_fts WHERE messages_fts MATCH '打我'").pluck().all()).toEqual([1]);
    expect(store.db.prepare('SELECT kind, seq FROM pending_vectors').all()).toEqual([{ kind: 'message', seq: 1 }]);
  });

  test('the same external id again changes nothing', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', [['customer', '你好']], { isLive: true });
    const before = getSummary(store.db, id, store.ctx.nowMs);
    expect(insertMessage(store.db, store.ctx, newMessage(store, id, { externalId: 'm0', sentAt: store.ctx.nowMs + 9 * MINUTE }))).toBeUndefined();
    expect(getSummary(store.db, id, store.ctx.nowMs)).toEqual(before);
  });

  test('bots and system lines are kept but not searched, and do not end a wait', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', [['customer', '退款'], ['bot', '亲，请稍等'], ['system', '已转人工']]);
    expect(store.db.prepare('SELECT seq FROM pending_vectors').pluck().all()).toEqual([1]);
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ waitingSince: store.ctx.nowMs, lastText: '已转人工', lastRole: 'system' });
  });

  test('an unknown conversation is not found', () => {
    const store = openTestStore();
    expect(() => insertMessage(store.db, store.ctx, newMessage(store, 'nope' as NewMessage['conversationId'], {}))).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('a live customer message opens a closed conversation again; an imported one does not', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', [['customer', '你好'], ['rep', '您好']]);
    closeConversation(store.db, id, { disposition: null, closedAt: store.ctx.nowMs });
    insertMessage(store.db, store.ctx, newMessage(store, id, { externalId: 'old', isLive: false, sentAt: store.ctx.nowMs + 5 * MINUTE }));
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ state: 'closed', waitingSince: null, unreadCount: 0 });
    insertMessage(store.db, store.ctx, newMessage(store, id, { externalId: 'live', sentAt: store.ctx.nowMs + 6 * MINUTE }));
    expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({ state: 'open', waitingSince: store.ctx.nowMs + 6 * MINUTE, unreadCount: 1 });
  });

  test('whatever order messages come in, the conversation ends the same', () => {
    const turn = fc.constantFrom<NewMessage['role']>('customer', 'rep', 'bot');
    const roles = fc.array(turn, { minLength: 1, maxLength: 7 });
    const scenario = roles.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list.keys()], { minLength: list.length })));
    const store = openTestStore();
    let run = 0;
    fc.assert(
      fc.property(scenario, ([list, order]) => {
        run += 1;
        const id = addConversation(store, `customer ${run}`, []);
        for (const index of order) insertMessage(store.db, store.ctx, newMessage(store, id, { externalId: `x${index}`, role: list[index] ?? 'bot', text: `t${index}`, sentAt: store.ctx.nowMs + index * MINUTE, isLive: false }));
        const firstUnanswered = list.findIndex((role, index) => role === 'customer' && !list.slice(index).includes('rep'));
        expect(getSummary(store.db, id, store.ctx.nowMs)).toMatchObject({
          waitingSince: firstUnanswered === -1 ? null : store.ctx.nowMs + firstUnanswered * MINUTE, lastText: `t${list.length - 1}`, lastAt: store.ctx.nowMs + (list.length - 1) * MINUTE,
        });
        expect(listTurns(store.db, id, 100).map(({ text }) => text)).toEqual(list.map((_, index) => `t${index}`));
      }),
      { numRuns: 60 },
    );
  });
});

describe('reading', () => {
  test('pages back without gap or repeat, also among equal times', () => {
    const store = openTestStore();
    const id = addConversation(store, '小林', []);
    for (let index = 0; index < 7; index += 1) insertMessage(store.db, store.ctx, newMessage(store, id, { externalId: `e${index}`, text: `t${index}` }));
    const texts: string[][] = [];
    let before: MessageId | undefined;
    for (let hasMore = true; hasMore; ) {
      const page = listMessages(store.db, { conversationId: id, before, limit: 3 });
      texts.push(page.messages.map(({ text }) => text));
      ({ hasMore } = page);
      before = page.messages[0]?.id;
    }
    expect(texts).toEqual([['t4', 't5', 't6'], ['t1', 't2', 't3'], ['t0']]);
    expect(listTurns(store.db, id, 2).map(({ text }) => text)).toEqual(['t5', 't6']);
  });

  test('findReplyAfter joins the first run of rep messages, passing over bots', () => {
    const store = openTestStore();
    addConversation(store, '小林', [['customer', '发货了吗'], ['customer', '急'], ['bot', '稍等'], ['rep', '今天发'], ['system', '已读'], ['rep', '走顺丰'], ['customer', '好'], ['rep', '不客气'], ['customer', '在？']]);
    const reply = (seq: number) => findReplyAfter(store.db, seq)?.text;
    expect([reply(1), reply(2), reply(7), reply(9), reply(99)]).toEqual(['今天发\n走顺丰', '今天发\n走顺丰', '不客气', undefined, undefined]);
  });
});
