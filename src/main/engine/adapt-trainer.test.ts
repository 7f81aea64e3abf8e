import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from './adapt-run.ts';
import { createAdaptTrainer, quantiseTable, type TokenPair } from './adapt-trainer.ts';

const DIMS = 6;
const TOKENS = 9;
const OPTIONS = { temperature: 0.3, wordDropout: 0, anchor: 0 };

const tableOf = (seed: number): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length: TOKENS * DIMS }, () => random() - 0.5);
};
const ids = fc.array(fc.nat(TOKENS - 1), { minLength: 1, maxLength: 5 }).map((list) => Int32Array.from(list));
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const pairs = fc.array(fc.record({ left: ids, right: ids, leftKey: key, rightKey: key }), { minLength: 1, maxLength: 6 });

/** The loss in plain words: for each side of each pair, how surprising its partner is among the partners of the others. */
function lossOf(table: Float32Array, batch: readonly TokenPair[]): number {
  const unit = (tokens: Int32Array): number[] => {
    const sum = Array.from({ length: DIMS }, (_, at) => tokens.reduce((total, id) => total + (table[id * DIMS + at] ?? 0), 0));
    const length = Math.hypot(...sum) || 1;
    return sum.map((x) => x / length);
  };
  const [left, right] = [batch.map((pair) => unit(pair.left)), batch.map((pair) => unit(pair.right))];
  const mayMeet = (i: number, j: number): boolean => i === j || isApart(batch[i], batch[j]);
  const score = (i: number, j: number) => Math.exp((left[i] ?? []).reduce((sum, x, at) => sum + x * (right[j]?.[at] ?? 0), 0) / OPTIONS.temperature);
  const others = batch.map((_, at) => at);
  const surprise = (i: number) =>
    2 * -Math.log(score(i, i)) + Math.log(others.filter((j) => mayMeet(i, j)).reduce((sum, j) => sum + score(i, j), 0)) + Math.log(others.filter((j) => mayMeet(j, i)).reduce((sum, j) => sum + score(j, i), 0));
  return others.reduce((sum, i) => sum + surprise(i), 0) / (2 * batch.length);
}

const isApart = (a: TokenPair | undefined, b: TokenPair | undefined): boolean => a?.leftKey !== b?.leftKey && a?.rightKey !== b?.rightKey && a?.leftKey !== b?.rightKey && a?.rightKey !== b?.leftKey;

test('the loss is that of the formula, and a step goes against its slope by finite differences', () => {
  fc.assert(fc.property(pairs, fc.nat(1000), (batch, seed) => {
    const base = tableOf(seed);
    const trainer = createAdaptTrainer(base, DIMS, OPTIONS);
    const rate = 1e-3;
    expect(trainer.step(batch, rate, seededRandom(seed))).toBeCloseTo(lossOf(base, batch), 4);
    for (let place = 0; place < base.length; place++) {
      const slope = slopeAt(base, batch, place);
      // the first step of Adam is as long as the rate, against the sign of the slope
      const moved = (trainer.table[place] ?? 0) - (base[place] ?? 0);
      const isClear = Math.abs(slope) > 2e-3;
      expect(isClear ? Math.sign(moved) : 0).toBe(isClear ? -Math.sign(slope) : 0);
      expect(Math.abs(moved)).toBeLessThan(rate * 1.01);
    }
  }), { numRuns: 60 });
});

function slopeAt(table: Float32Array, batch: readonly TokenPair[], place: number): number {
  const [up, down] = [table.slice(), table.slice()];
  const step = 2e-3;
  up[place] = (table[place] ?? 0) + step;
  down[place] = (table[place] ?? 0) - step;
  return (lossOf(up, batch) - lossOf(down, batch)) / (2 * step);
}

test('training brings the pairs together, the same for the same seed, and the anchor holds it back', () => {
  const batch = Array.from({ length: 4 }, (_, at): TokenPair => ({ left: Int32Array.of(at), right: Int32Array.of(at + 4), leftKey: `l${at}`, rightKey: `r${at}` }));
  const run = (anchor: number) => {
    const trainer = createAdaptTrainer(tableOf(3), DIMS, { ...OPTIONS, anchor, wordDropout: 0.25 });
    const random = seededRandom(5);
    const losses = Array.from({ length: 200 }, () => trainer.step(batch, 0.01, random));
    return { loss: losses.at(-1) ?? 0, first: losses[0] ?? 0, table: trainer.table };
  };
  const [free, again, held] = [run(0), run(0), run(0.2)];
  expect(free.loss).toBeLessThan(free.first / 5);
  expect(again).toEqual(free);
  expect(held.loss).toBeGreaterThan(free.loss);
  // the row of no token of the batch stays
  expect(free.table.subarray(8 * DIMS)).toEqual(tableOf(3).subarray(8 * DIMS));
});

test('a quantised table is within half a step of the table', () => {
  fc.assert(fc.property(fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: DIMS * 3, maxLength: DIMS * 3 }), (numbers) => {
    const table = Float32Array.from(numbers);
    const { rows, scales, tokenCount, dims } = quantiseTable(table, DIMS);
    expect([tokenCount, dims]).toEqual([3, DIMS]);
    expect(Math.max(...table.map((x, at) => Math.abs(x - (rows[at] ?? 0) * (scales[Math.floor(at / DIMS)] ?? 0)) / (scales[Math.floor(at / DIMS)] ?? 1)))).toBeLessThan(0.501);
  }));
});
