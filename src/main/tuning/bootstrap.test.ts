import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intervalOf, leadOf, meanOf, resample, RESAMPLE_COUNT } from './bootstrap.ts';
import { createSeededNumbers, drawSome } from './seeded-numbers.ts';

it('reads the interval off the samples between two of them', () => {
  // 41 samples 0 … 40: the 2.5 % place is 1, the 97.5 % place 39; of 0 … 4 they are .1 and 3.9.
  expect([intervalOf(Float64Array.from({ length: 41 }, (_, at) => 40 - at)), intervalOf(Float64Array.of(3, 1, Number.NaN, 0, 4, 2)), intervalOf(Float64Array.of(Number.NaN))]).toEqual([
    [1, 39], [expect.closeTo(0.1, 12), expect.closeTo(3.9, 12)], null,
  ]);
});

it('finds the interval that theory gives for a share', () => {
  // Half of 400: the standard error is √(.25/400) = .025, so 95 % lie within ± .049.
  const { share } = resample(400, { share: meanOf(Array.from({ length: 400 }, (_, at) => at % 2)) });
  const [low, high] = intervalOf(share.samples) ?? [0, 0];
  expect([share.value, share.samples.length, Math.abs(low - 0.451) < 0.006, Math.abs(high - 0.549) < 0.006]).toEqual([0.5, RESAMPLE_COUNT, true, true]);
});

it('gives all figures the same draws, and the same draws again', () => {
  const values = [0, 1, 0, 0, 1, 1, 0];
  const run = () => resample(7, { a: meanOf(values), b: meanOf(values.map((value) => 1 - value)), never: () => null }, 50);
  const { a, b, never } = run();
  expect(run()).toEqual({ a, b, never });
  const lead = leadOf(b, a);
  // b is 1 − a in every resample
  expect([lead.value, lead.samples.every((sample, round) => Math.abs(sample - (1 - 2 * (a.samples[round] ?? 0))) < 1e-12), leadOf(a, never).value, intervalOf(never.samples)]).toEqual([expect.closeTo(1 / 7, 12), true, null, null]);
});

it('draws different numbers within the bound, all of them when asked for more (property)', () => {
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 50 }), (seed, bound, count) => {
    const drawn = drawSome(createSeededNumbers(seed), bound, count);
    expect([drawn.length, new Set(drawn).size, drawn.every((at) => at >= 0 && at < bound)]).toEqual([Math.min(bound, count), Math.min(bound, count), true]);
    expect(drawSome(createSeededNumbers(seed), bound, count)).toEqual(drawn);
  }));
});

it('draws every number about as often', () => {
  const numbers = createSeededNumbers(7);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw++) {
    const number = numbers.below(10);
    counts[number] = (counts[number] ?? 0) + 1;
  }
  // 1000 each; the standard deviation is 30
  expect(counts.every((count) => Math.abs(count - 1000) < 150)).toBe(true);
});
