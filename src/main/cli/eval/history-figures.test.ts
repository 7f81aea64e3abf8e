import { expect, it } from 'vitest';
import type { Exchange } from '../../tuning/history.ts';
import type { EvalWork } from './eval-work.ts';
import { historyFigures } from './history-figures.ts';

function exchange(conversationId: string, startedAt: number, repliedAt: number, question: string, reply: string): Exchange {
  return { conversationId, startedAt, repliedAt, question, reply };
}

it('figures of a tiny history, by hand', async () => {
  const vectors: Record<string, number[]> = { 怎么退货: [100, 0], 如何退: [90, 10], 几时发货: [0, 100], 何时发: [10, 90], 开发票: [50, 50] };
  const work: EvalWork = { model: { embed: (texts) => Promise.resolve(texts.map((text) => Int8Array.from(vectors[text] ?? [0, 0]))) }, onProgress: () => {}, breathe: () => Promise.resolve() };
  const known = [exchange('a', 0, 1, '怎么退货', '订单页申请'), exchange('b', 0, 2, '怎么退货', '订单页申请！'), exchange('c', 0, 3, '几时发货', '今天发货')];
  const asked = [exchange('d', 10, 11, '如何退', '订单页申请'), exchange('e', 10, 12, '何时发', '明天发货'), exchange('f', 10, 13, '开发票', '自助开票')];
  const figures = await historyFigures({ asked, known, cutAt: 10 }, [{ kind: 'macro', searchable: '发票\n自助开票', text: '自助开票' }], 10, work);
  // The three turns with one question are one; 如何退 is found through it, 开发票 only by its macro, 何时发's reply was never sent before.
  expect([figures.cutAt, figures.asked, figures.queries, figures.answerable, figures.pool, figures.coverage.pool.covered]).toEqual(['1970-01-01T00:00:00.010Z', 3, 3, 2, { turns: 2, passages: 0, macros: 1 }, 0.666667]);
  expect([figures.vector.r1, figures.bm25.r1, figures.tfidf.r1, Object.keys(figures.languages), figures.languages['zh-zh']?.queries]).toEqual([0.5, 0.5, 1, ['zh-zh'], 2]);
  // By meaning the answers that come first are 订单页申请！ (all its words), 今天发货 (2/3) and for 开发票 a tie of both turns, the earlier one: 0.
  // By words nothing is found for 如何退, the same 2/3 and the macro itself for the others.
  expect([figures.likeness.vector.dice1, figures.likeness.bm25.dice5]).toEqual([expect.closeTo((1 + 2 / 3 + 0) / 3, 5), expect.closeTo((0 + 2 / 3 + 1) / 3, 5)]);
  const some = await historyFigures({ asked, known, cutAt: 10 }, [], 2, work);
  expect([some.asked, some.queries, some.pool.macros]).toEqual([3, 2, 0]);
});
