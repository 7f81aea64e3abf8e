import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { addConversation } from './conversation.fixture.ts';
import { closeConversation } from './conversation.repository.ts';
import { iterateFinishedTurns } from './exchange.repository.ts';

test('what customers and reps said in closed conversations, one conversation after the other', () => {
  const store = openTestStore();
  const talks: Parameters<typeof addConversation>[2][] = [[['customer', '退款'], ['bot', '转人工'], ['rep', '马上退']], [['customer', '还在等']], [['rep', '欢迎'], ['customer', '发货了吗']]];
  const ids = talks.map((turns, at) => addConversation(store, `客户${at}`, turns));
  for (const id of [ids[0], ids[2]]) if (id !== undefined) closeConversation(store.db, id, { disposition: null, closedAt: store.ctx.nowMs });
  const turns = [...iterateFinishedTurns(store.db)];
  expect(new Set(turns.map(({ conversationId }) => conversationId))).toEqual(new Set([ids[0], ids[2]]));
  expect(turns.filter(({ conversationId }) => conversationId === ids[0])).toEqual([
    { conversationId: ids[0], role: 'customer', text: '退款', sentAt: store.ctx.nowMs }, { conversationId: ids[0], role: 'rep', text: '马上退', sentAt: store.ctx.nowMs + 120_000 },
  ]);
  const order = turns.map(({ conversationId }) => conversationId);
  expect(order).toEqual(order.toSorted());
});
