/** One example: features (the first is 1 for the intercept) and whether it was so. */
export type LabelledFeatures = { features: readonly number[]; isRight: boolean };
/** `floor`: places whose weight may not be negative. `prior`: what weights are drawn towards, by `ridge` each; zeros when left out. */
export type LogisticOptions = { ridge?: number; floor?: readonly number[]; prior?: readonly number[] };

const MAX_STEPS = 100;
const TOLERANCE = 1e-9;
const SMALLEST_VARIANCE = 1e-9;

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function dotOf(weights: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, feature, at) => sum + feature * (weights[at] ?? 0), 0);
}

/**
 * Weights of a logistic regression by Newton's method with steps halved until they help (Bishop 2006, Pattern Recognition and Machine Learning, §4.3.3). A weight of `floor`
 * that would come out negative is left out and the rest fitted again. Examples of one class only give the prior with its intercept at the edge.
 */
export function fitLogistic(examples: readonly LabelledFeatures[], options: LogisticOptions = {}): number[] {
  const size = examples[0]?.features.length ?? 0;
  const left = new Set(Array.from({ length: size }, (_, at) => at));
  for (;;) {
    const weights = newton(examples, [...left], size, options);
    const negative = (options.floor ?? []).filter((at) => left.has(at) && (weights[at] ?? 0) < 0);
    if (negative.length === 0) return weights;
    for (const at of negative) left.delete(at);
  }
}

type Problem = { examples: readonly LabelledFeatures[]; places: readonly number[]; ridge: number; prior: readonly number[] };

function newton(examples: readonly LabelledFeatures[], places: readonly number[], size: number, { ridge = 1e-6, prior = [] }: LogisticOptions): number[] {
  const problem = { examples, places, ridge, prior };
  let weights = Array.from({ length: size }, (_, at) => (places.includes(at) ? (prior[at] ?? 0) : 0));
  let loss = lossOf(problem, weights);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = newtonMove(problem, weights);
    // far from the least loss a whole step may jump over it, and back again for ever
    let scale = 1;
    let next = weights;
    let nextLoss = Infinity;
    for (; scale > TOLERANCE && !(nextLoss <= loss); scale /= 2) {
      next = weights.map((weight, at) => weight - scale * (move.get(at) ?? 0));
      nextLoss = lossOf(problem, next);
    }
    if (!(nextLoss <= loss)) break;
    [weights, loss] = [next, nextLoss];
    if (Math.max(...[...move.values()].map(Math.abs)) < TOLERANCE) break;
  }
  return weights;
}

/** Negative log-likelihood with half of ridge × squared distance from the prior. */
function lossOf({ examples, places, ridge, prior }: Problem, weights: readonly number[]): number {
  const drawn = places.reduce((sum, at) => sum + ((weights[at] ?? 0) - (prior[at] ?? 0)) ** 2, 0);
  return examples.reduce((sum, { features, isRight }) => sum + softplus((isRight ? -1 : 1) * dotOf(weights, features)), (ridge / 2) * drawn);
}

/** log(1 + eˣ), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** By place: what a whole step of Newton takes away. */
function newtonMove({ examples, places, ridge, prior }: Problem, weights: readonly number[]): Map<number, number> {
  const gradient = places.map((at) => ridge * ((weights[at] ?? 0) - (prior[at] ?? 0)));
  const curvature = places.map((_, row) => places.map((__, column) => (row === column ? ridge : 0)));
  for (const { features, isRight } of examples) {
    const p = sigmoid(dotOf(weights, features));
    const variance = Math.max(p * (1 - p), SMALLEST_VARIANCE);
    places.forEach((at, row) => {
      const feature = features[at] ?? 0;
      gradient[row] = (gradient[row] ?? 0) + (p - Number(isRight)) * feature;
      places.forEach((other, column) => addAt(curvature, row, column, variance * feature * (features[other] ?? 0)));
    });
  }
  const move = solve(curvature, gradient);
  return new Map(places.map((at, row) => [at, move[row] ?? 0]));
}

function addAt(matrix: number[][], row: number, column: number, value: number): void {
  const line = matrix[row];
  if (line !== undefined) line[column] = (line[column] ?? 0) + value;
}

/** Gauss–Jordan elimination; the matrix is positive definite by its ridge, so it needs no pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const line = rows[pivot] ?? [];
    const unit = line.map((value) => value / (line[pivot] ?? 1));
    for (const [at, other] of rows.entries()) rows[at] = at === pivot ? unit : other.map((value, column) => value - (other[pivot] ?? 0) * (unit[column] ?? 0));
  }
  return rows.map((row) => row.at(-1) ?? 0);
}
