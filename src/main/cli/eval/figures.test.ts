import { describe, expect, it } from 'vitest';
import { intentFigures } from './intent-figures.ts';
import { pairFigures } from './pair-figures.ts';
import { retrievalFigures, topOf } from './retrieval-figures.ts';

/** Two directions and a text that is neither: cosines can be told by hand. */
const ROWS: Record<string, number[]> = { 退款: [100, 0], 退钱: [100, 0], 'refund me': [80, 60], 发货: [0, 100], 'ship it': [60, 80], 尺码: [0, 0] };
const model = { embed: (texts: readonly string[]) => Promise.resolve(texts.map((text) => Int8Array.from(ROWS[text] ?? [0, 0]))) };

describe('figures of tiny sets, by hand', () => {
  it('retrieval', async () => {
    // 退钱 → 退款: by meaning first; shares no bigram, so by words all three tie: place 2. 发货 → 发货: first by both.
    // ship it → 发货: cosine .8 against .6 and 0: first; no words: tie of three, place 2.
    const set = { corpus: ['退款', '发货', '尺码'], queries: [{ query: '退钱', positives: ['退款'] }, { query: '发货', positives: ['发货'] }, { query: 'ship it', positives: ['发货'] }] };
    expect(await retrievalFigures(set, model)).toEqual({
      queries: 3, corpus: 3,
      hybrid: { r1: 1, r5: 1, mrr: 1 },
      vector: { r1: 1, r5: 1, mrr: 1 },
      bm25: { r1: 0.333333, r5: 1, mrr: 0.666667 },
    });
  });

  it('pairs, labelled and graded', async () => {
    const labelled = [{ a: '退款', b: '退钱', gold: 1 }, { a: '退款', b: '发货', gold: 0 }, { a: '发货', b: 'ship it', gold: 1 }, { a: '退款', b: 'ship it', gold: 0 }];
    // Cosines 1, 0, .8, .6: both positives above both negatives; words: no pair shares any.
    expect(await pairFigures(labelled, false, model)).toEqual({
      pairs: 4,
      vector: { spearman: 0.894427, auc: 1, accuracy: 1 },
      bm25: { spearman: 0, auc: 0.5, accuracy: 0.5 },
    });
    expect(await pairFigures([{ a: '退款', b: '退款', gold: 5 }, { a: '退款', b: 'ship it', gold: 3 }, { a: '退款', b: '发货', gold: 0 }], true, model)).toEqual({
      pairs: 3,
      vector: { spearman: 1, auc: null, accuracy: null },
      bm25: { spearman: 0.866025, auc: null, accuracy: null },
    });
  });

  it('intents by the nearest example, an unknown intent being wrong', async () => {
    const examples = [{ text: '退款', intent: 'refund' }, { text: 'refund me', intent: 'refund' }, { text: '发货', intent: 'ship' }];
    const texts = [{ text: '退钱', intent: 'refund' }, { text: 'ship it', intent: 'ship' }, { text: '发货', intent: 'ship' }, { text: '尺码', intent: 'size' }];
    // ship it: refund's best is .6·.8 + .8·.6 = .96 over ship's .8, so second; size is no known intent: behind both.
    expect(await intentFigures(texts, examples, model)).toEqual({
      vector: { top1: 0.5, top5: 1, mrr: 0.708333 },
      bm25: { top1: 0.25, top5: 1, mrr: 0.666667 },
    });
  });

  it('finds the best few in order', () => {
    expect(topOf(Float64Array.from([1, 5, 3, 5, 0]), 3)).toEqual([1, 3, 2]);
  });
});
