import { describe, expect, test } from 'vitest';
import type { MessageId } from '../../shared/contract/ids.contract.ts';
import { handoverLines, type HandoverFacts } from './handover-summary.ts';
import type { Turn } from './message.repository.ts';

const ZONE = 8 * 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 1, 0);
const turnsOf = (...lines: [Turn['role'], string][]): Turn[] => lines.map(([role, text], index) => ({ id: `m${index}` as MessageId, seq: index, role, text, sentAt: NOW + index * 60_000 }));
const factsOf = (turns: Turn[], change: Partial<HandoverFacts> = {}): HandoverFacts => ({ turns, intent: null, knownOrders: [], risks: [], utcOffsetMs: ZONE, ...change });

describe('handoverLines', () => {
  test('intent, ask, promises, risk and slots, each with the words of its turn', () => {
    const turns = turnsOf(
      ['customer', '订单号 DD202601188200，三年前买的冲锋衣破了。L码。'],
      ['rep', '给您添麻烦了。我今天18点前给您答复。'],
      ['customer', '昨天就说过了。到底能不能修？再不处理我就投诉。'],
    );
    const lines = handoverLines(factsOf(turns, { intent: { name: 'repair', messageId: 'm2' as MessageId }, risks: [{ feature: 'demand', values: { group: 'complaint' }, messageId: 'm2' as MessageId, quote: '再不处理我就投诉' }, { feature: 'unanswered_wait', values: { waitMs: 190_000 }, messageId: null, quote: null }] }));
    expect(lines.map(({ kind, code, text, messageId, quote, dueAt }) => [kind, code, text, messageId, quote, dueAt])).toEqual([
      ['intent', null, 'repair', 'm2', turns[2]?.text, null],
      ['ask', null, '到底能不能修？', 'm2', turns[2]?.text, null],
      ['promise', null, '我今天18点前给您答复。', 'm1', '我今天18点前给您答复。', Date.UTC(2026, 10, 22, 10, 0)],
      ['risk', 'demand', 'demand', 'm2', '再不处理我就投诉', null],
      ['risk', 'unanswered_wait', 'unanswered_wait', null, null, null],
      ['slot', 'date', '昨天', 'm2', '昨天就说过了。', null],
      ['slot', 'order', 'DD202601188200', 'm0', '订单号 DD202601188200，三年前买的冲锋衣破了。', null],
      ['slot', 'size', 'L码', 'm0', 'L码。', null],
    ]);
  });

  test('a value said twice stands once, quoted where it was said last; a rep states no slots', () => {
    const turns = turnsOf(['customer', '要退 59元'], ['rep', '您看 100元 可以吗'], ['customer', '就退59元'], ['customer', '快点']);
    expect(handoverLines(factsOf(turns)).map(({ kind, text, messageId }) => [kind, text, messageId])).toEqual([['ask', '快点', 'm3'], ['slot', '59元', 'm2']]);
  });

  test('nothing said is nothing summed up', () => {
    expect(handoverLines(factsOf(turnsOf(['system', '会话开始'])))).toEqual([]);
  });
});
