import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestRows, type WeightedRows } from './best-rows.ts';

test('sums over lists, best first, newest first among equals', () => {
  const lists = [{ seqs: [9, 5, 1], weight: 2 }, { seqs: [5, 2], weight: 1 }];
  expect([bestRows(lists, 10), bestRows(lists, 2), bestRows(lists, 1), bestRows([], 3), bestRows([{ seqs: [], weight: 1 }], 3)]).toEqual([[5, 9, 1, 2], [5, 9], [5], [], []]);
});

test('does as a plain sum and sort does, whatever the seqs (property)', () => {
  const seqs = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })), { maxLength: 60 });
  const list = fc.record({ seqs, weight: fc.integer({ min: 0, max: 6 }).map((half) => half / 2) });
  fc.assert(fc.property(fc.array(list, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (lists, limit) => {
    expect(bestRows(lists, limit)).toEqual(plainly(lists, limit));
  }));
});

function plainly(lists: readonly WeightedRows[], limit: number): number[] {
  const sums = new Map<number, number>();
  for (const { seqs, weight } of lists) for (const seq of seqs) sums.set(seq, (sums.get(seq) ?? 0) + weight);
  return [...sums].toSorted(([a, sumA], [b, sumB]) => sumB - sumA || b - a).slice(0, limit).map(([seq]) => seq);
}
