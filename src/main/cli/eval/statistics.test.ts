import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf, type Statistic } from '../../tuning/bootstrap.ts';
import { areaUnderCurveOf, bestAccuracyOf, bestF1Threshold, f1Of, spearmanOf } from './statistics.ts';

const ones = (count: number) => new Uint32Array(count).fill(1);
const figure = (statistic: Statistic, count: number) => statistic(ones(count));

describe('figures by hand', () => {
  it('mean', () => {
    expect([meanOf([1, 2, 6])(Uint32Array.of(1, 1, 1)), meanOf([1, 2, 6])(Uint32Array.of(3, 0, 1)), meanOf([])(ones(0))]).toEqual([3, 9 / 4, null]);
  });

  it('Spearman', () => {
    // 1 − 6·Σd²/(n(n²−1)) without ties: d = 0, 1, 1, 0 → 1 − 12/60.
    expect(figure(spearmanOf([1, 2, 3, 4], [10, 30, 20, 40]), 4)).toBeCloseTo(0.8, 12);
    // Ranks 3.5, 1, 3.5, 2 against 4, 1, 3, 2: products of the distances from 2.5 are 1.5 + 2.25 + .5 + .25, over √(4.5 · 5).
    expect(figure(spearmanOf([5, 1, 5, 2], [9, 1, 8, 2]), 4)).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    expect([figure(spearmanOf([1, 2, 3], [3, 2, 1]), 3), figure(spearmanOf([1, 1, 1], [1, 2, 3]), 3)]).toEqual([-1, 0]);
  });

  it('area under the curve', () => {
    // Positives .9 and .4 against negatives .5 and .1: three of four pairs are in order.
    expect([figure(areaUnderCurveOf([0.9, 0.5, 0.4, 0.1], [true, false, true, false]), 4), figure(areaUnderCurveOf([1, 1], [true, false]), 2), figure(areaUnderCurveOf([1], [true]), 1)]).toEqual([0.75, 0.5, null]);
  });

  it('accuracy at the best threshold', () => {
    expect([figure(bestAccuracyOf([0.9, 0.5, 0.4, 0.1], [true, false, true, false]), 4), figure(bestAccuracyOf([1, 1, 1], [false, false, true]), 3), figure(bestAccuracyOf([0.1, 0.2], [true, true]), 2)]).toEqual([0.75, 2 / 3, 1]);
  });

  it('F1 and its best threshold', () => {
    // Taken a and b, positive b and c: one right of two and two.
    expect([figure(f1Of([true, true, false], [false, true, true]), 3), figure(f1Of([false], [false]), 1)]).toEqual([0.5, null]);
    // Taking .9 and .8 finds two of three without a fault, F1 .8; going on to .3 costs two faults: 6/8.
    expect(bestF1Threshold([0.9, 0.8, 0.6, 0.5, 0.3], [true, true, false, false, true])).toBeCloseTo(0.7, 12);
    expect([bestF1Threshold([1, 2], [true, true]), bestF1Threshold([1, 2], [false, false]), bestF1Threshold([], [])]).toEqual([-Infinity, Infinity, Infinity]);
  });
});

/** A few items with scores that often tie, and how often each counts. */
const counted = fc.array(fc.record({ score: fc.integer({ min: 0, max: 4 }), other: fc.integer({ min: 0, max: 4 }), isPositive: fc.boolean(), count: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 12 });

it('counts of an item are as many items (property)', () => {
  fc.assert(fc.property(counted, (items) => {
    const copies = items.flatMap((item) => Array.from({ length: item.count }, () => item));
    const counts = Uint32Array.from(items, ({ count }) => count);
    const makers: ((rows: typeof items) => Statistic)[] = [
      (rows) => meanOf(rows.map(({ score }) => score)),
      (rows) => spearmanOf(rows.map(({ score }) => score), rows.map(({ other }) => other)),
      (rows) => areaUnderCurveOf(rows.map(({ score }) => score), rows.map(({ isPositive }) => isPositive)),
      (rows) => bestAccuracyOf(rows.map(({ score }) => score), rows.map(({ isPositive }) => isPositive)),
      (rows) => f1Of(rows.map(({ other }) => other > 2), rows.map(({ isPositive }) => isPositive)),
    ];
    for (const make of makers) {
      const [here, there] = [make(items)(counts), make(copies)(ones(copies.length))];
      const isSame = here === null || there === null ? here === there : Math.abs(here - there) < 1e-10;
      expect([here, there, isSame]).toEqual([here, there, true]);
    }
  }));
});

it('the best threshold is as good as any (property)', () => {
  fc.assert(fc.property(counted, (items) => {
    const [scores, isPositive] = [items.map(({ score }) => score), items.map((item) => item.isPositive)];
    const f1At = (threshold: number) => figure(f1Of(scores.map((score) => score >= threshold), isPositive), items.length) ?? 0;
    expect(f1At(bestF1Threshold(scores, isPositive))).toBeCloseTo(Math.max(...[-1, 0, 1, 2, 3, 4, 5].map((threshold) => f1At(threshold - 0.5))), 12);
  }));
});
