import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, rounded, spreadOf } from './figures.ts';
import { createRandom, drawZipf } from './seeded-random.ts';
import { listQuestions, listTexts, writeText } from './shop-texts.ts';
import { perturb, quantise, DIMS } from './text-vectors.ts';

describe('percentile', () => {
  it('interpolates as R type 7 does', () => {
    expect([0, 0.25, 0.5, 0.95, 1].map((share) => percentile([4, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 3.8499999999999996, 4]);
    expect(spreadOf([7])).toEqual({ p50: 7, p95: 7, count: 1 });
    expect(percentile([], 0.5)).toBeNaN();
  });
  it('lies among the values and never falls as the share grows', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (values, a, b) => {
      const [low, high] = [percentile(values, Math.min(a, b)), percentile(values, Math.max(a, b))];
      expect(low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(high).toBeLessThanOrEqual(Math.max(...values));
      expect(high - low).toBeGreaterThanOrEqual(-1e-9);
    }));
  });
  it('rounds to three digits', () => {
    expect([0, 0.12345, 12.345, 1234.5].map(rounded)).toEqual([0, 0.123, 12.3, 1235]);
  });
});

describe('the texts', () => {
  it('are the same for the same seed, and a longer list starts with the shorter one', () => {
    const longer = listTexts(1, 'rep', 300);
    expect(listTexts(1, 'rep', 200)).toEqual(longer.slice(0, 200));
    expect(listTexts(2, 'rep', 200)).not.toEqual(longer.slice(0, 200));
    expect(listQuestions(3)).toEqual(listQuestions(3));
  });
  it('are four fifths Chinese, of about 27 characters, with no slot left open', () => {
    const plans = [...listTexts(5, 'customer', 4000), ...listTexts(6, 'rep', 4000)];
    const texts = plans.map(writeText);
    expect(plans.filter(({ language }) => language === 'zh').length / plans.length).toBeCloseTo(0.8, 1);
    const meanLength = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
    expect(meanLength).toBeGreaterThan(24);
    expect(meanLength).toBeLessThan(30);
    expect(texts.filter((text) => text === '' || /[{}]|undefined/.test(text))).toEqual([]);
  });
  it('follow Zipf: the first rank is twice as likely as the second, about', () => {
    const random = createRandom(9);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 30_000; draw++) {
      const rank = drawZipf(random, 100);
      if (rank < 3) counts[rank] = (counts[rank] ?? 0) + 1;
    }
    const [first = 0, second = 0, third = 0] = counts;
    expect(first / second).toBeCloseTo(Math.log(2) / Math.log(1.5), 0);
    expect(second).toBeGreaterThan(third);
  });
});

describe('vectors', () => {
  it('perturbed ones are unit length and near their source', () => {
    const rows = new Float32Array(DIMS).fill(1 / Math.sqrt(DIMS));
    const near = perturb(rows, 0, createRandom(1), 0.4);
    const dot = near.reduce((sum, value, at) => sum + value * (rows[at] ?? 0), 0);
    expect(Math.hypot(...near)).toBeCloseTo(1, 5);
    expect(dot).toBeGreaterThan(0.88);
    expect(dot).toBeLessThan(0.97);
    expect(Array.from(quantise(Float32Array.of(0, 0.1, -9), 500))).toEqual([0, 50, -127]);
  });
});
