import { describe, expect, it } from 'vitest';
import type { EvalWork } from './eval-work.ts';
import { topOf } from '../../tuning/hybrid-scores.ts';
import { intentFigures } from './intent-figures.ts';
import { pairFigures } from './pair-figures.ts';
import { retrievalFigures } from './retrieval-figures.ts';

/** Two directions and a text that is neither: cosines can be told by hand. */
const ROWS: Record<string, number[]> = { 退款: [100, 0], 退钱: [100, 0], 'refund me': [80, 60], 发货: [0, 100], 'ship it': [60, 80], 尺码: [0, 0] };
const work: EvalWork = {
  model: { embed: (texts) => Promise.resolve(texts.map((text) => Int8Array.from(ROWS[text] ?? [0, 0]))) },
  onProgress: () => {},
  breathe: () => Promise.resolve(),
};

/** The figures alone, without their intervals: those are the bootstrap's tests. */
function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (name === 'intervals' ? [] : [[name, bare(inner)]])));
}

describe('figures of tiny sets, by hand', () => {
  it('retrieval', async () => {
    // 退钱 → 退款: by meaning first, by words only through 退 of TF-IDF; BM25's three tie: place 2. 发货 → 发货: first by all.
    // ship it → 发货: cosine .8 against .6 and 0: first; no words: tie of three, place 2.
    const set = { corpus: ['退款', '发货', '尺码'], queries: [{ query: '退钱', positives: ['退款'] }, { query: '发货', positives: ['发货'] }, { query: 'ship it', positives: ['发货'] }] };
    const [one, tied] = [{ r1: 1, r5: 1, mrr: 1, ndcg10: 1, recall50: 1 }, (1 + 1 / Math.log2(3) + 0.5) / 3];
    const bm25 = { r1: 0.333333, r5: 1, mrr: 0.666667, ndcg10: Math.round(((1 + 2 * tied) / 3) * 1e6) / 1e6, recall50: 1 };
    const tfidf = { r1: 0.666667, r5: 1, mrr: 0.833333, ndcg10: Math.round(((2 + tied) / 3) * 1e6) / 1e6, recall50: 1 };
    const none = { r1: 0, r5: 1, mrr: 0.5, ndcg10: Math.round(tied * 1e6) / 1e6, recall50: 1 };
    const figures = await retrievalFigures(set, work);
    expect(bare({ ...figures, leads: {} })).toEqual({
      queries: 3, corpus: 3, hybrid: one, vector: one, bm25, tfidf, leads: {},
      languages: {
        'en-zh': { queries: 1, hybrid: one, vector: one, bm25: none, tfidf: none },
        'zh-zh': {
          queries: 2, hybrid: one, vector: one, tfidf: one,
          bm25: { r1: 0.5, r5: 1, mrr: 0.75, ndcg10: Math.round(((1 + tied) / 2) * 1e6) / 1e6, recall50: 1 },
        },
      },
    });
    expect([Object.keys(figures.leads), figures.leads['vector-bm25']?.r1, figures.bm25.intervals.r1]).toEqual([['hybrid-bm25', 'vector-bm25', 'vector-tfidf'], 0.666667, [0, 1]]);
  });

  it('retrieval by the language of what should be found, and without the query itself', async () => {
    // Of 退款's two, the English one is alone when asked for alone; the query, a document of its own, is neither right nor wrong.
    const figures = await retrievalFigures({ corpus: ['退款', '退钱', 'refund me', 'ship it'], queries: [{ query: '退款', positives: ['退钱', 'refund me'] }] }, work);
    const arm = { r1: 1, r5: 1, mrr: 1, ndcg10: 1, recall50: 1 };
    expect(bare([figures.vector, figures.languages['zh-zh']?.vector, figures.languages['zh-en']?.vector])).toEqual(bare([arm, arm, arm]));
  });

  it('pairs, labelled and graded', async () => {
    const labelled = [{ a: '退款', b: '退钱', gold: 1 }, { a: '退款', b: '发货', gold: 0 }, { a: '发货', b: 'ship it', gold: 1 }, { a: '退款', b: 'ship it', gold: 0 }];
    // Cosines 1, 0, .8, .6: both positives above both negatives; words: no pair shares a bigram, the first shares 退.
    const figures = await pairFigures(labelled, false, work);
    expect(bare({ ...figures, leads: {} })).toEqual({
      pairs: 4,
      vector: { spearman: 0.894427, auc: 1, accuracy: 1 },
      bm25: { spearman: 0, auc: 0.5, accuracy: 0.5 },
      tfidf: { spearman: 0.57735, auc: 0.75, accuracy: 0.75 },
      leads: {},
      languages: {
        'en-zh': { pairs: 2, vector: { spearman: 1, auc: 1, accuracy: 1 }, bm25: { spearman: 0, auc: 0.5, accuracy: 0.5 }, tfidf: { spearman: 0, auc: 0.5, accuracy: 0.5 } },
        zh: { pairs: 2, vector: { spearman: 1, auc: 1, accuracy: 1 }, bm25: { spearman: 0, auc: 0.5, accuracy: 0.5 }, tfidf: { spearman: 1, auc: 1, accuracy: 1 } },
      },
    });
    const { vector, bm25 } = await pairFigures([{ a: '退款', b: '退款', gold: 5 }, { a: '退款', b: 'ship it', gold: 3 }, { a: '退款', b: '发货', gold: 0 }], true, work);
    expect(bare([vector, bm25])).toEqual(bare([{ spearman: 1, auc: null, accuracy: null }, { spearman: 0.866025, auc: null, accuracy: null }]));
  });

  const examples = [{ text: '退款', intent: 'refund' }, { text: 'refund me', intent: 'refund' }, { text: '发货', intent: 'ship' }];
  const texts = [{ text: '退钱', intent: 'refund' }, { text: 'ship it', intent: 'ship' }, { text: '发货', intent: 'ship' }, { text: '尺码', intent: 'size' }];

  it('intents by the nearest example, an unknown intent being wrong', async () => {
    // ship it: refund's best is .6·.8 + .8·.6 = .96 over ship's .8, so second; size is no known intent: behind both.
    const { vector, bm25, languages, shots, scope } = await intentFigures({ texts, examples, isZeroShot: true }, work);
    expect(bare([vector, bm25, languages['en']?.vector, shots, scope])).toEqual(bare([
      { top1: 0.5, top5: 1, mrr: 0.708333 }, { top1: 0.25, top5: 1, mrr: 0.666667 }, { top1: 0, top5: 1, mrr: 0.5 }, undefined, undefined,
    ]));
  });

  it('intents by a probe, with a few examples, and texts out of scope', async () => {
    const many = Array.from({ length: 6 }, () => examples).flat();
    const { probe, shots, scope, ...rest } = await intentFigures({ texts: [...texts, { text: 'nothing', intent: null }, { text: '无', intent: null }], examples: many, isZeroShot: false }, work);
    expect([rest.texts, rest.intents, rest.examples, Object.keys(rest.leads)]).toEqual([4, 2, 18, ['vector-bm25', 'vector-tfidf', 'probe-vector']]);
    // refund has two of three examples and one of them near ship it, so that goes to refund: second place
    expect(probe).toMatchObject({ top1: 0.5, top5: 1, mrr: 0.708333 });
    expect(Object.entries(shots ?? {}).map(([count, figures]) => [count, figures.examples, figures.draws, figures.probe.top1 === null, Object.keys(figures.leads)])).toEqual([
      ['5', 10, 5, false, ['probe-vector', 'probe-tfidf']], ['10', 16, 5, false, ['probe-vector', 'probe-tfidf']],
    ]);
    // both texts without a vector are less like anything than all but 尺码, which has none either
    expect([scope?.texts, scope?.outOfScope, scope?.vector?.auroc]).toEqual([6, 2, 0.875]);
  });

  it('finds the best few in order', () => {
    expect(topOf(Float64Array.from([1, 5, 3, 5, 0]), 3)).toEqual([1, 3, 2]);
  });
});
