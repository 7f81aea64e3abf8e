import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minimise } from './lbfgs.ts';
import { fitLinearProbe, probabilities, probeObjective, type ProbeExamples } from './linear-probe.ts';

const breathe = () => Promise.resolve();

function examplesOf(rows: readonly (readonly number[])[], classes: readonly number[], classCount: number): ProbeExamples {
  return { rows: { data: Float32Array.from(rows.flat()), rowCount: rows.length, dims: rows[0]?.length ?? 0 }, classes, classCount };
}

it('finds the bottom of a bowl', async () => {
  // ½·(x−3)² + 50·(y+1)² + (x−3)(y+1): at 3, −1, steeper one way than the other.
  const bottom = await minimise((at, gradient) => {
    const [x, y] = [(at[0] ?? 0) - 3, (at[1] ?? 0) + 1];
    gradient.set([x + y, 100 * y + x]);
    return (x * x) / 2 + 50 * y * y + x * y;
  }, new Float64Array(2), { tolerance: 1e-9, maxIterations: 100, breathe });
  expect([...bottom]).toEqual([expect.closeTo(3, 8), expect.closeTo(-1, 8)]);
});

it('stays where nothing is lower, and where it may take no step', async () => {
  const flat = await minimise(() => 7, Float64Array.of(1, 2), { tolerance: 1e-9, maxIterations: 9, breathe });
  const still = await minimise((at, gradient) => (gradient.fill(1), at[0] ?? 0), Float64Array.of(1), { tolerance: 1e-9, maxIterations: 0, breathe });
  expect([[...flat], [...still]]).toEqual([[1, 2], [1]]);
});

it('fits two points as the condition of the minimum says', async () => {
  // 1 is class 0, −1 is class 1: by symmetry weights w and −w without bias. The mean loss ln(1 + e^−2w) and w²/20 for C = 10 balance
  // where 2/(1 + e^2w) = w/10.
  const probe = await fitLinearProbe(examplesOf([[1], [-1]], [0, 1], 2), breathe);
  const [w = 0, bias = 1, other = 0] = probe.weights;
  expect([2 / (1 + Math.exp(2 * w)), bias, other]).toEqual([expect.closeTo(w / 10, 2), expect.closeTo(0, 6), expect.closeTo(-w, 6)]);
  const chance = 1 / (1 + Math.exp(-2 * w));
  expect([...probabilities(probe, Float32Array.of(1))]).toEqual([expect.closeTo(chance, 6), expect.closeTo(1 - chance, 6)]);
  expect(await fitLinearProbe(examplesOf([[1], [-1]], [0, 1], 2), breathe)).toEqual(probe);
});

it('without knowing anything of a row gives each class its share', async () => {
  const probe = await fitLinearProbe(examplesOf([[0], [0], [0], [0], [0]], [0, 1, 1, 1, 1], 2), breathe);
  expect([...probabilities(probe, Float32Array.of(0))]).toEqual([expect.closeTo(0.2, 2), expect.closeTo(0.8, 2)]);
});

it('has the gradient that differences give (property)', () => {
  const number = fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10);
  const rows = fc.array(fc.record({ row: fc.tuple(number, number, number), own: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 9 });
  fc.assert(fc.property(rows, fc.array(number, { minLength: 12, maxLength: 12 }), (all, at) => {
    const objective = probeObjective(examplesOf(all.map(({ row }) => row), all.map(({ own }) => own), 3));
    const weights = Float64Array.from(at);
    const [gradient, unused] = [new Float64Array(12), new Float64Array(12)];
    objective(weights, gradient);
    for (let part = 0; part < weights.length; part++) {
      const moved = (by: number) => objective(weights.map((weight, other) => (other === part ? weight + by : weight)), unused);
      expect(gradient[part]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6);
    }
  }), { numRuns: 40 });
});
