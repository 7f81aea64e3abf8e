import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FinishedTurn } from '../conversations/exchange.repository.ts';
import { diceOf } from './history-pool.ts';
import { exchangesOf, splitByTime, type Exchange } from './history.ts';

/** One turn a minute. */
function conversation(conversationId: string, startMinute: number, ...turns: [FinishedTurn['role'], string][]): FinishedTurn[] {
  return turns.map(([role, text], at) => ({ conversationId, role, text, sentAt: (startMinute + at) * 60_000 }));
}

describe('exchangesOf', () => {
  it('takes each turn of the customer with the run of replies after it', () => {
    const turns = [
      ...conversation('a', 0, ['rep', '欢迎光临'], ['customer', '你好'], ['customer', '怎么退货'], ['rep', '订单页申请退货'], ['rep', '七天之内都可以'], ['customer', '运费谁出'], ['rep', '质量问题我们出运费']),
      ...conversation('b', 100, ['customer', '在吗'], ['rep', '今天发货'], ['customer', '几点发货'], ['rep', '亲，请稍等']),
      ...conversation('c', 200, ['customer', '没人理我']),
    ];
    expect(exchangesOf(turns)).toEqual({
      exchanges: [
        { conversationId: 'a', startedAt: 0, repliedAt: 4 * 60_000, question: '怎么退货', reply: '订单页申请退货\n七天之内都可以' },
        { conversationId: 'a', startedAt: 0, repliedAt: 6 * 60_000, question: '运费谁出', reply: '质量问题我们出运费' },
      ],
      counts: { conversations: 3, exchanges: 2, skipped: { smallTalk: 1, courtesies: 1 } },
    });
    expect(exchangesOf([])).toEqual({ exchanges: [], counts: { conversations: 0, exchanges: 0, skipped: { smallTalk: 0, courtesies: 0 } } });
  });
});

function exchange(conversationId: string, startedAt: number, repliedAt: number, question = 'q', reply = 'r'): Exchange {
  return { conversationId, startedAt, repliedAt, question, reply };
}

describe('splitByTime', () => {
  it('asks the newest conversations and knows what was answered before they began', () => {
    const [old, running, late, newest] = [exchange('old', 10, 20), exchange('running', 30, 40), exchange('running', 30, 90), exchange('newest', 50, 60)];
    expect(splitByTime([newest, late, old, running], 0.25)).toEqual({ asked: [newest], known: [old, running], cutAt: 50 });
    expect([splitByTime([], 0.5), splitByTime([old], 0.5), splitByTime([old, newest], 0.9)]).toEqual([undefined, undefined, undefined]);
  });

  it('never knows what came later, and never splits a conversation (property)', () => {
    const exchanges = fc.array(fc.record({ id: fc.integer({ min: 0, max: 5 }), length: fc.integer({ min: 1, max: 30 }) }), { maxLength: 20 })
      .map((rows) => rows.map(({ id, length }) => exchange(`c${id}`, id * 10, id * 10 + length)));
    fc.assert(fc.property(exchanges, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (all, share) => {
      const split = splitByTime(all, share);
      if (split === undefined) return;
      const askedIds = new Set(split.asked.map(({ conversationId }) => conversationId));
      expect(split.asked).toHaveLength(all.filter(({ conversationId }) => askedIds.has(conversationId)).length);
      expect(split.asked.length).toBeGreaterThanOrEqual(share * all.length);
      expect(split.asked.every(({ startedAt }) => startedAt >= split.cutAt) && split.known.every(({ conversationId, repliedAt }) => repliedAt < split.cutAt && !askedIds.has(conversationId))).toBe(true);
    }));
  });
});

it('counts shared words twice over both sizes', () => {
  // 今天 天发 发货 against 明天 天发 发货: two shared of three and three.
  expect([diceOf('今天发货', '明天发货'), diceOf('今天发货', '今天发货'), diceOf('', 'x'), diceOf('', '')]).toEqual([expect.closeTo(2 / 3, 12), 1, 0, 0]);
});
