import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, averageRanks, bestThresholdAccuracy, rankFigures, rankOf, spearman } from './ranking.ts';

describe('rankOf', () => {
  it('counts what is better, and half of what ties wrongly', () => {
    const at = (...indexes: number[]) => (index: number) => indexes.includes(index);
    expect([rankOf([3, 1, 2], at(0)), rankOf([3, 1, 2], at(1)), rankOf([1, 1, 1], at(0)), rankOf([0, 0, 0, 0, 5], at(0)), rankOf([1, 1, 1], at(0, 1, 2)), rankOf([2, 1, 2], at(0, 2))]).toEqual([1, 3, 2, 3.5, 1, 1]);
  });

  it('is the mean place over every order of the ties (property)', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }), (scores) => {
      const ties = scores.filter((score) => score === scores[0]).length;
      const better = scores.filter((score) => score > (scores[0] ?? 0)).length;
      expect(rankOf(scores, (index) => index === 0)).toBe(1 + better + (ties - 1) / 2);
    }));
  });
});

describe('figures by hand', () => {
  it('of ranks', () => {
    expect(rankFigures([1, 2, 4, 10])).toEqual({ r1: 0.25, r5: 0.75, mrr: 0.4625 });
    expect(rankFigures([])).toEqual({ r1: 0, r5: 0, mrr: 0 });
  });

  it('of pairs', () => {
    // Spearman 1 − 6·Σd²/(n(n²−1)) without ties: d = 0, 1, 1, 0 → 1 − 12/60.
    expect(spearman([1, 2, 3, 4], [10, 30, 20, 40])).toBeCloseTo(0.8, 12);
    expect([...averageRanks([5, 1, 5, 2])]).toEqual([3.5, 1, 3.5, 2]);
    expect([spearman([1, 2, 3], [3, 2, 1]), spearman([1, 1, 1], [1, 2, 3])]).toEqual([-1, 0]);
    // Positives .9 and .4 against negatives .5 and .1: three of four pairs are in order.
    expect([areaUnderCurve([0.9, 0.5, 0.4, 0.1], [true, false, true, false]), areaUnderCurve([1, 1], [true, false]), areaUnderCurve([1], [true])]).toEqual([0.75, 0.5, null]);
    expect([bestThresholdAccuracy([0.9, 0.5, 0.4, 0.1], [true, false, true, false]), bestThresholdAccuracy([1, 1, 1], [false, false, true]), bestThresholdAccuracy([0.1, 0.2], [true, true])]).toEqual([0.75, 2 / 3, 1]);
  });
});
