import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARK, rankOf, rankQuality } from './ranking.ts';

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

const { wrong, right, leftOut } = MARK;
const quality = (scores: number[], marks: number[]) => rankQuality(Float64Array.from(scores), Uint8Array.from(marks));
const close = (rank: number, ndcg10: number, recall50: number) => ({ rank, ndcg10: expect.closeTo(ndcg10, 12) as number, recall50: expect.closeTo(recall50, 12) as number });

describe('rankQuality by hand', () => {
  it('of right documents in places 1 and 3', () => {
    // DCG 1 + 1/log2 4, ideal 1 + 1/log2 3.
    expect(quality([9, 8, 7, 6], [right, wrong, right, wrong])).toEqual(close(1, 1.5 / (1 + 1 / Math.log2(3)), 1));
  });

  it('of a tie, by the mean of its orders', () => {
    // The right one is second or third: (1/log2 3 + 1/log2 4) / 2.
    expect(quality([9, 5, 5], [wrong, right, wrong])).toEqual(close(2.5, (1 / Math.log2(3) + 0.5) / 2, 1));
  });

  it('of places beyond ten and fifty', () => {
    const scores = Array.from({ length: 60 }, (_, at) => -at);
    const marks = scores.map((_, at) => (at === 10 || at === 55 ? right : wrong));
    expect(quality(scores, marks)).toEqual(close(11, 0, 0.5));
    // sixty that tie: 50 of 60 orders put the right one among the first fifty, 10 of 60 among the first ten
    const discount = Array.from({ length: 10 }, (_, at) => 1 / Math.log2(at + 2)).reduce((sum, each) => sum + each, 0);
    expect(quality(scores.map(() => 1), marks.map((_, at) => (at === 3 ? right : wrong)))).toEqual(close(30.5, discount / 60, 50 / 60));
  });

  it('leaves out what is neither right nor wrong, and has nothing to find without a right one', () => {
    expect([quality([9, 8, 7], [leftOut, wrong, right]), quality([1, 2], [wrong, leftOut]), quality([], [])]).toEqual([close(2, 1 / Math.log2(3), 1), close(2, 0, 0), close(1, 0, 0)]);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0 ? [[]] : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

it('agrees with rankOf, and nDCG is the mean over every order that the scores allow (property)', () => {
  const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 2 }), isRight: fc.boolean() }), { minLength: 1, maxLength: 6 }).filter((all) => all.some(({ isRight }) => isRight));
  fc.assert(fc.property(rows, (all) => {
    const found = quality(all.map(({ score }) => score), all.map(({ isRight }) => (isRight ? right : wrong)));
    const dcg = (order: typeof all) => order.reduce((sum, { isRight }, at) => sum + (isRight ? 1 / Math.log2(at + 2) : 0), 0);
    const allowed = permutations(all).filter((order) => order.every(({ score }, at) => at === 0 || (order[at - 1]?.score ?? 0) >= score));
    const ideal = dcg(all.toSorted((a, b) => Number(b.isRight) - Number(a.isRight)));
    expect(found.rank).toBe(rankOf(all.map(({ score }) => score), (at) => all[at]?.isRight === true));
    expect(found.ndcg10).toBeCloseTo(allowed.reduce((sum, order) => sum + dcg(order), 0) / allowed.length / ideal, 10);
    expect(found.recall50).toBe(1);
  }), { numRuns: 60 });
});
