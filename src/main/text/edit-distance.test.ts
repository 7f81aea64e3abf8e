import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistanceRatio } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['abc', '', 1],
  ['kitten', 'sitting', 3 / 7],
  ['我帮您申请退款', '我帮您申请换货', 2 / 7],
  ['😀a', '😁a', 1 / 2],
  ['a'.repeat(3000), 'b'.repeat(3000), 1],
  [`${'x'.repeat(5000)}a${'y'.repeat(4999)}`, `${'x'.repeat(5000)}b${'y'.repeat(4999)}`, 1 / 10_000],
])('case %#', (a, b, expected) => {
  expect(editDistanceRatio(a, b)).toBeCloseTo(expected, 12);
});

test('is symmetric, within 0–1, zero only for equal texts, and obeys the triangle inequality on counts', () => {
  const word = fc.string({ unit: fc.constantFrom('退', '款', 'a', '😀'), maxLength: 12 });
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      const count = (x: string, y: string) => editDistanceRatio(x, y) * Math.max(Array.from(x).length, Array.from(y).length, 0);
      expect(editDistanceRatio(a, b)).toBe(editDistanceRatio(b, a));
      expect(editDistanceRatio(a, b) === 0).toBe(a === b);
      expect(editDistanceRatio(a, b)).toBeLessThanOrEqual(1);
      expect(count(a, c)).toBeLessThanOrEqual(count(a, b) + count(b, c) + 1e-9);
    }),
  );
});
