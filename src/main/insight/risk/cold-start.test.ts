import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreEscalation } from './cold-start.ts';
import type { RiskTurn } from './risk-turn.ts';

const startAt = Date.UTC(2026, 0, 1, 9);

/** Lines like `customer: text`, ten seconds apart. */
function conversation(...lines: string[]): RiskTurn[] {
  return lines.map((line, index) => {
    const [role, ...rest] = line.split(': ');
    return { id: `t${index}`, role: role as RiskTurn['role'], text: rest.join(': '), at: startAt + index * 10_000 };
  });
}

function score(lines: string[], { waitMs = 0, ...flags }: { waitMs?: number; hasRecentComplaint?: boolean; hasOverduePromise?: boolean } = {}) {
  const turns = conversation(...lines);
  return scoreEscalation(turns, { now: (turns.at(-1)?.at ?? startAt) + waitMs, ...flags });
}

function features(lines: string[], options?: Parameters<typeof score>[1]): string[] {
  return score(lines, options).contributions.map(({ feature, weight }) => `${feature} ${weight.toFixed(2)}`);
}

describe('check values of the reference', () => {
  test.each([
    ['demand alone', ['customer: 转人工'], 0, 0.31],
    ['demand alone, traditional', ['customer: 轉人工'], 0, 0.31],
    ['demand alone, English', ['customer: I want to speak to a manager'], 0, 0.31],
    ['threat alone', ['customer: 我打12315了'], 0, 0.4],
    ['threat alone, traditional', ['customer: 我會找律師'], 0, 0.4],
    ['threat alone, English', ['customer: my lawyer will write to you'], 0, 0.4],
    ['both', ['customer: 我要投诉，打12315'], 0, 0.92],
    ['both, English', ['customer: I will file a complaint and call my lawyer'], 0, 0.92],
    ['two repeats, three minutes, polarity −.5', ['customer: 快递什么时候到，失望', 'rep: 请稍等', 'customer: 快递什么时候到，失望', 'rep: 正在看', 'customer: 快递什么时候到，失望'], 180_000, 0.68],
    ['mild refund ask', ['customer: 有点失望，想退款'], 0, 0.07],
    ['nothing', ['customer: 请问这件有货吗'], 0, 0.03],
  ])('%s', (_, lines, waitMs, expected) => {
    expect(score(lines, { waitMs }).p).toBeCloseTo(expected, 2);
  });
});

test('a score quotes the words and turns it rests on', () => {
  expect(score(['customer: 请问退款呢', 'rep: 稍等', 'customer: 再不處理我就投訴！！！'], { hasRecentComplaint: true, hasOverduePromise: true })).toEqual({
    p: 1 / (1 + Math.exp(-(-3.6 + 2.8 + 0.9 + 0.5 + 0.3))),
    logit: expect.closeTo(0.9, 10),
    contributions: [
      { feature: 'demand', weight: 2.8, turnId: 't2', quote: '投訴', values: { group: 'complaint' } },
      { feature: 'overdue_promise', weight: 0.9, turnId: null, quote: null, values: {} },
      { feature: 'recent_complaint', weight: 0.5, turnId: null, quote: null, values: {} },
      { feature: 'shouting', weight: 0.3, turnId: 't2', quote: '再不處理我就投訴！！！', values: {} },
    ],
  });
});

describe('features', () => {
  test.each([
    ['a guarded word', ['customer: 不是要投诉，只是问下'], []],
    ['thanks', ['customer: 谢谢'], ['thanks -1.00']],
    ['thanks in a threat do not soothe', ['customer: 谢谢，我去12315投诉'], ['threat 3.20', 'demand 2.80']],
    ['a demand is remembered', ['customer: 叫经理', 'rep: 在的', 'customer: 嗯'], ['demand 2.80']],
    ['a person asked for has come', ['customer: 转人工', 'rep: 在的', 'customer: 嗯'], []],
    ['until thanks', ['customer: 叫经理', 'rep: 已为您处理', 'customer: 谢谢', 'rep: 不客气', 'customer: 嗯'], []],
    ['or three turns', ['customer: 叫经理', 'rep: 在', 'customer: 嗯', 'rep: 在', 'customer: 嗯', 'rep: 在', 'customer: 嗯'], []],
    ['empty apologies', ['customer: 怎么还不发货', 'rep: 抱歉', 'customer: 那发货呢', 'rep: 不好意思'], ['apology_loop 0.70']],
    ['apologies with news', ['customer: 怎么还不发货', 'rep: 抱歉，今天18点前发出', 'customer: 那发货呢', 'rep: 不好意思，已为您催'], []],
    ['the same reply twice', ['customer: 发货了吗', 'rep: 请您耐心等待哦', 'customer: 在哪', 'rep: 请您耐心等待哦'], ['same_reply_twice 0.60']],
    ['capitals', ['customer: WHERE THE HELL is MY parcel NOW'], ['negative_mood 0.60', 'shouting 0.30']],
    ['a burst of single characters', ['customer: 人', 'customer: 呢', 'customer: ？'], ['shouting 0.30']],
    ['falling mood', ['customer: 很好', 'rep: 嗯', 'customer: 请问呢', 'rep: 嗯', 'customer: 太失望了'], ['falling_mood 0.80', 'negative_mood 0.54']],
    ['short repeats mean nothing', ['customer: 好的', 'rep: 嗯', 'customer: 好的'], []],
    ['system lines are no reply', ['customer: 多少钱呢老板', 'system: 排队中'], []],
  ])('%s', (_, lines, expected) => {
    expect(features(lines)).toEqual(expected);
  });

  test.each([
    [60_000, []],
    [90_000, ['unanswered_wait 0.75']],
    [3_600_000, ['unanswered_wait 3.00']],
  ])('an unanswered wait of %i ms', (waitMs, expected) => {
    expect(features(['rep: 您好', 'customer: 有货吗请问'], { waitMs })).toEqual(expected);
  });

  test('an answered customer does not wait', () => {
    expect(features(['customer: 有货吗请问', 'rep: 有的'], { waitMs: 3_600_000 })).toEqual([]);
  });
});

test('asOfTurn looks no further', () => {
  const turns = conversation('customer: 请问有货吗', 'customer: 我要投诉');
  expect(scoreEscalation(turns, { now: startAt, asOfTurn: 0 })).toEqual(scoreEscalation(turns.slice(0, 1), { now: startAt }));
  expect(scoreEscalation([], { now: startAt }).p).toBeCloseTo(0.0266, 4);
});

test('whatever is said: p within 0–1, logit the sum, quotes from their turns, later turns unseen', () => {
  const text = fc.array(fc.constantFrom('投诉', '12315', '不', '退款', '谢谢', '！', '抱歉', '垃圾', '等', '？', 'manager ', '曝光', '“', '”'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  const turn = fc.record({ role: fc.constantFrom<RiskTurn['role']>('customer', 'rep', 'bot', 'system'), text });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), fc.nat(20), (parts, asOfTurn) => {
      const turns = parts.map((part, index) => ({ ...part, id: `t${index}`, at: startAt + index * 5000 }));
      const { p, logit, contributions } = scoreEscalation(turns, { now: startAt + 60_000, asOfTurn });
      expect(p > 0 && p < 1).toBe(true);
      expect(logit).toBeCloseTo(contributions.reduce((sum, { weight }) => sum + weight, -3.6), 9);
      const seen = new Map(turns.slice(0, asOfTurn + 1).map((seenTurn) => [seenTurn.id, seenTurn.text]));
      expect(contributions.every(({ turnId, quote }) => turnId === null || (seen.get(turnId)?.includes(quote ?? '') ?? false))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
