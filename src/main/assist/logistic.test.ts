import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotOf, fitLogistic, sigmoid, type LabelledFeatures } from './logistic.ts';

/** A small congruential generator, so that every run draws the same. */
function draws(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

function sample(weights: readonly number[], count: number): LabelledFeatures[] {
  const draw = draws(7);
  return Array.from({ length: count }, () => {
    const features = [1, ...weights.slice(1).map(() => 2 * draw() - 1)];
    return { features, isRight: draw() < sigmoid(dotOf(weights, features)) };
  });
}

test('finds the weights that examples were drawn with', () => {
  const fitted = fitLogistic(sample([-0.5, 2, 0.3], 20_000));
  expect(fitted.map((weight) => Math.round(weight * 10) / 10)).toEqual([-0.5, 2, 0.3]);
});

test('a weight that may not be negative is left out, and the rest is fitted without it', () => {
  const examples = sample([-0.5, -2, 1], 2000);
  const without = examples.map(({ features, isRight }) => ({ isRight, features: [features[0]!, features[2]!] }));
  const [intercept, , other] = fitLogistic(examples, { floor: [1, 2] });
  expect(fitLogistic(examples, { floor: [1, 2] })[1]).toBe(0);
  expect([intercept, other]).toEqual(fitLogistic(without).map((weight) => expect.closeTo(weight, 6) as number));
});

test('a strong prior stands against few examples; no examples give no weights', () => {
  const few = [{ features: [1, 1], isRight: false }, { features: [1, -1], isRight: true }];
  expect(fitLogistic(few, { ridge: 1e6, prior: [0.5, 1] })).toEqual([expect.closeTo(0.5, 4), expect.closeTo(1, 4)]);
  expect(fitLogistic([])).toEqual([]);
});

test('weights are finite and the mean of the probabilities is the share that was right', () => {
  const examples = fc.array(fc.record({ x: fc.double({ min: -1, max: 1, noNaN: true }), isRight: fc.boolean() }), { minLength: 4, maxLength: 60 });
  fc.assert(fc.property(examples, (drawn) => {
    const labelled = drawn.map(({ x, isRight }) => ({ features: [1, x], isRight }));
    const weights = fitLogistic(labelled, { ridge: 1e-2 });
    const said = labelled.reduce((sum, { features }) => sum + sigmoid(dotOf(weights, features)), 0);
    expect(weights.every(Number.isFinite)).toBe(true);
    // what the ridge holds back of the intercept is all that may be missing
    expect(said).toBeCloseTo(labelled.filter(({ isRight }) => isRight).length - 1e-2 * weights[0]!, 3);
  }));
});

test('nothing near the weights explains the examples better, however far apart their features are', () => {
  const loss = (labelled: readonly LabelledFeatures[], weights: readonly number[]) =>
    labelled.reduce((sum, { features, isRight }) => sum - Math.log(sigmoid((isRight ? 1 : -1) * dotOf(weights, features))), 2.5 * (weights[0]! ** 2 + (weights[1]! - 1) ** 2));
  const examples = fc.array(fc.record({ x: fc.double({ min: -12, max: 12, noNaN: true }), isRight: fc.boolean(), count: fc.integer({ min: 1, max: 100 }) }), { minLength: 1, maxLength: 5 });
  // where steps of a fixed length went back and forth for ever
  const swinging = [{ x: -3.612, isRight: true, count: 100 }, { x: 0.7855, isRight: false, count: 100 }, { x: -4.747, isRight: false, count: 100 }];
  fc.assert(fc.property(examples, (drawn) => {
    const labelled = drawn.flatMap(({ x, isRight, count }) => Array.from({ length: count }, () => ({ features: [1, x], isRight })));
    const [offset = 0, slope = 0] = fitLogistic(labelled, { ridge: 5, prior: [0, 1] });
    const least = loss(labelled, [offset, slope]);
    for (const [moved, bent] of [[0.01, 0], [-0.01, 0], [0, 0.01], [0, -0.01]] as const) expect(loss(labelled, [offset + moved, slope + bent])).toBeGreaterThan(least);
  }), { examples: [[swinging]] });
});
