import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sigmoid } from '../assist/logistic.ts';
import { SHIPPED_CALIBRATION } from '../search/search-tuning.ts';
import { fitCalibration, reliabilityOf } from './reliability.ts';
import type { ShownRow } from './replay.ts';
import { createSeededNumbers } from './seeded-numbers.ts';

const logitOf = (p: number) => Math.log(p / (1 - p));

test('tells for each way of showing how many there were, what was said and what was right', () => {
  const rows: ShownRow[] = [[0.9, true], [0.5, false], [0.3, true], [0.2, false], [0.16, false], [0.1, false]].map(([p, isRight]) => ({ logit: logitOf(p as number), isRight: isRight as boolean }));
  const { brier, calibrationError, shownAs } = reliabilityOf(rows, SHIPPED_CALIBRATION, 0.15);
  expect(shownAs).toEqual([
    { as: 'strong', count: 2, said: 0.7, right: 0.5 }, { as: 'likely', count: 1, said: 0.3, right: 1 }, { as: 'loose', count: 2, said: 0.18, right: 0 }, { as: 'hidden', count: 1, said: 0.1, right: 0 },
  ]);
  // (.01 + .25 + .49 + .04 + .0256 + .01) / 6; bins of .9, .5, .3, .2 and of .16 with .1
  expect([brier, calibrationError]).toEqual([expect.closeTo(0.8256 / 6, 6), expect.closeTo((0.1 + 0.5 + 0.7 + 0.2 + 0.26) / 6, 6)]);
  expect(reliabilityOf([], SHIPPED_CALIBRATION, 0.15)).toEqual({ brier: null, calibrationError: null, shownAs: ['strong', 'likely', 'loose', 'hidden'].map((as) => ({ as, count: 0, said: null, right: null })) });
});

test('finds the slope and offset that outcomes were drawn by (property)', () => {
  fc.assert(fc.property(fc.double({ min: 0.5, max: 1.5, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.nat(), (slope, offset, seed) => {
    const numbers = createSeededNumbers(seed);
    const rows: ShownRow[] = Array.from({ length: 4000 }, () => {
      const logit = numbers.below(600) / 100 - 3;
      return { logit, isRight: numbers.below(10_000) / 10_000 < sigmoid(slope * logit + offset) };
    });
    const fitted = fitCalibration(rows);
    expect([Math.abs((fitted?.slope ?? 0) - slope) < 0.3, Math.abs((fitted?.offset ?? 9) - offset) < 0.3]).toEqual([true, true]);
  }), { numRuns: 10 });
});

test('too few rows, too few right ones, and odds that fall with the likeness give none', () => {
  const row = (logit: number, isRight: boolean): ShownRow => ({ logit, isRight });
  const many = (count: number, rightCount: number) => Array.from({ length: count }, (_, at) => row(at % 5, at < rightCount));
  expect([fitCalibration(many(99, 50)), fitCalibration(many(200, 19)), fitCalibration(Array.from({ length: 200 }, (_, at) => row(at / 50, at < 60)))]).toEqual([null, null, null]);
});
