import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likenessSchema, onReferenceScale, REFERENCE_LIKENESS } from './likeness.ts';

const e5 = { same: { from: 0.8, to: 0.9 }, across: { from: 0.75, to: 0.9 } };

test.each([
  [0.8, 'same', 0.2], [0.9, 'same', 0.64], [0.85, 'same', 0.42], [0.75, 'same', -0.02], [1, 'same', 1], [-1, 'same', -1],
  [0.75, 'across', 0.15], [0.9, 'across', 0.5], [0.825, 'across', 0.325], [0.6, 'across', -0.2],
] as const)('%d of two texts (%s) is %d on the reference scale', (cosine, kind, meant) => {
  expect(onReferenceScale(cosine, e5, kind)).toBeCloseTo(meant, 12);
});

test('without a range of its own, and with that of the reference, a cosine stays what it is', () => {
  fc.assert(fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom('same' as const, 'across' as const), (cosine, kind) => {
    expect(onReferenceScale(cosine, undefined, kind)).toBe(cosine);
    expect(onReferenceScale(cosine, REFERENCE_LIKENESS, kind)).toBeCloseTo(cosine, 12);
  }));
});

test('what is nearer stays nearer, and a range needs a width', () => {
  const cosine = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(fc.property(cosine, cosine, (a, b) => Math.sign(a - b) * (onReferenceScale(a, e5, 'same') - onReferenceScale(b, e5, 'same')) >= 0));
  expect([e5, { ...e5, same: { from: 0.5, to: 0.5 } }, { same: e5.same }].map((one) => likenessSchema.safeParse(one).success)).toEqual([true, false, false]);
});
