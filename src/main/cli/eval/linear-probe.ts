import { minimise, type Objective } from './lbfgs.ts';
import type { Matrix } from '../../tuning/vectors.ts';

/** Weight of the data against the size of the weights, as scikit-learn's `C` counts it; rows of length 1 need more than its 1. */
const DATA_WEIGHT = 10;
const TOLERANCE = 2e-4;
const MAX_ITERATIONS = 200;
/** So many rows are added to a gradient in one pass over it, which halves the time. */
const BLOCK = 4;

/** Rows and the class of each (0 … `classCount` − 1). */
export type ProbeExamples = { rows: Matrix; classes: ArrayLike<number>; classCount: number };
/** `weights` is classes × (dims + 1), the last of each row being the class's own bias. */
export type LinearProbe = { weights: Float64Array; dims: number; classCount: number };

/**
 * Multinomial logistic regression: minimises the mean of −ln p(class | row) + ‖weights‖² / (2 · C · rows), biases free, by L-BFGS from
 * zero. The problem is convex, so the answer hangs on nothing but the examples. `breathe` is awaited between passes over the rows.
 */
export async function fitLinearProbe(examples: ProbeExamples, breathe: () => Promise<void>): Promise<LinearProbe> {
  const { rows: { dims }, classCount } = examples;
  const weights = await minimise(probeObjective(examples), new Float64Array(classCount * (dims + 1)), { tolerance: TOLERANCE, maxIterations: MAX_ITERATIONS, breathe });
  return { weights, dims, classCount };
}

/** The probability of each class. */
export function probabilities({ weights, dims, classCount }: LinearProbe, row: Float32Array): Float64Array {
  const chances = new Float64Array(classCount);
  softmax(weights, { data: row, start: 0, dims }, chances);
  return chances;
}

/** What `fitLinearProbe` minimises, over classes × (dims + 1) weights. */
export function probeObjective({ rows, classes, classCount }: ProbeExamples): Objective {
  const { rowCount, dims } = rows;
  // the last block is filled up with rows of zeros, which add nothing
  const data = new Float32Array(Math.ceil(rowCount / BLOCK) * BLOCK * dims);
  data.set(rows.data);
  const shares: Shares = [new Float64Array(classCount), new Float64Array(classCount), new Float64Array(classCount), new Float64Array(classCount)];
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let first = 0; first < rowCount; first += BLOCK) {
      for (const [place, share] of shares.entries()) {
        const row = first + place;
        if (row >= rowCount) share.fill(0);
        else loss -= rowShares(weights, { data, start: row * dims, dims }, { share, own: classes[row] as number, rowCount });
      }
      for (let each = 0; each < classCount; each++) addBlock(gradient, each, { data, start: first * dims, dims }, shares);
    }
    return loss / rowCount + ridge(weights, gradient, dims, 1 / (DATA_WEIGHT * rowCount));
  };
}

/** For each row of a block, what it adds to each class. */
type Shares = [Float64Array, Float64Array, Float64Array, Float64Array];
type Row = { data: Float32Array; start: number; dims: number };

/** What the row adds to the gradient of each class, in shares of itself; answers ln p(own class). */
function rowShares(weights: Float64Array, row: Row, { share, own, rowCount }: { share: Float64Array; own: number; rowCount: number }): number {
  softmax(weights, row, share);
  const chance = share[own] as number;
  share[own] = chance - 1;
  for (let each = 0; each < share.length; each++) share[each] = (share[each] as number) / rowCount;
  // a chance too small for a number is a loss that is finite all the same
  return Math.log(Math.max(chance, Number.MIN_VALUE));
}

function softmax(weights: Float64Array, { data, start, dims }: Row, chances: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let each = 0; each < chances.length; each++) {
    const base = each * (dims + 1);
    let score = weights[base + dims] as number;
    for (let at = 0; at < dims; at++) score += (weights[base + at] as number) * (data[start + at] as number);
    chances[each] = score;
    if (score > highest) highest = score;
  }
  let sum = 0;
  for (let each = 0; each < chances.length; each++) {
    const power = Math.exp((chances[each] as number) - highest);
    chances[each] = power;
    sum += power;
  }
  for (let each = 0; each < chances.length; each++) chances[each] = (chances[each] as number) / sum;
}

function addBlock(gradient: Float64Array, each: number, { data, start, dims }: Row, shares: Shares): void {
  const [a, b, c, d] = [shares[0][each] as number, shares[1][each] as number, shares[2][each] as number, shares[3][each] as number];
  const base = each * (dims + 1);
  for (let at = 0; at < dims; at++) {
    const from = start + at;
    gradient[base + at] = (gradient[base + at] as number) + a * (data[from] as number) + b * (data[from + dims] as number) + c * (data[from + 2 * dims] as number) + d * (data[from + 3 * dims] as number);
  }
  gradient[base + dims] = (gradient[base + dims] as number) + a + b + c + d;
}

function ridge(weights: Float64Array, gradient: Float64Array, dims: number, shrink: number): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    if (at % (dims + 1) === dims) continue;
    const weight = weights[at] as number;
    sum += weight * weight;
    gradient[at] = (gradient[at] as number) + shrink * weight;
  }
  return (shrink * sum) / 2;
}
