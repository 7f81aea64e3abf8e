import type { StaticTable } from './static-graph.ts';

/** Two texts that belong together, as token ids. Texts with equal keys are the same text and never stand against each other. */
export type TokenPair = { left: Int32Array; right: Int32Array; leftKey: string; rightKey: string };

export type TrainerOptions = {
  /** What similarities are divided by before the softmax. */
  temperature: number;
  /** Share of the tokens left out of a text of more than four, 0–1. */
  wordDropout: number;
  /** How strongly a touched row is drawn back to where it was, a part of the distance each step. */
  anchor: number;
};

/** Numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

export type AdaptTrainer = {
  /** One step of gradient descent over a batch. Answers the mean loss of the batch before the step, in nats. */
  step(batch: readonly TokenPair[], learningRate: number, random: Random): number;
  /** The table as it is now, tokenCount × dims. */
  table: Float32Array;
};

const BETA_1 = 0.9;
const BETA_2 = 0.98;
const EPSILON = 1e-8;
/** Parts of the gradient below this share of the largest possible one cost time and change nothing. */
const NEGLIGIBLE = 1e-3;

/** The table of a static model in single precision, tokenCount × dims. */
export function floatTable({ rows, scales, dims, tokenCount }: StaticTable): Float32Array {
  const table = new Float32Array(tokenCount * dims);
  for (let id = 0; id < tokenCount; id++) for (let at = id * dims; at < (id + 1) * dims; at++) table[at] = (rows[at] as number) * (scales[id] as number);
  return table;
}

/** Symmetric int8 with one scale a row, as `models/training/export.py` quantises. */
export function quantiseTable(table: Float32Array, dims: number): StaticTable {
  const tokenCount = table.length / dims;
  const [rows, scales] = [new Int8Array(table.length), new Float32Array(tokenCount)];
  for (let id = 0; id < tokenCount; id++) {
    let most = 0;
    for (let at = id * dims; at < (id + 1) * dims; at++) most = Math.max(most, Math.abs(table[at] as number));
    const scale = Math.fround(most / 127) || 1;
    scales[id] = scale;
    for (let at = id * dims; at < (id + 1) * dims; at++) rows[at] = Math.max(-127, Math.min(127, Math.round((table[at] as number) / scale)));
  }
  return { tokenCount, dims, rows, scales };
}

/**
 * Contrastive training of a token table: symmetric InfoNCE with the other pairs of the batch as negatives (van den Oord et al. 2018, arXiv:1807.03748;
 * Radford et al. 2021, arXiv:2103.00020, fig. 3), Adam (Kingma & Ba 2015) on the rows that a batch touches.
 */
export function createAdaptTrainer(base: Float32Array, dims: number, options: TrainerOptions): AdaptTrainer {
  const table = base.slice();
  const [firstMoments, secondMoments] = [new Float32Array(base.length), new Float32Array(base.length)];
  const gradients = new Map<number, Float32Array>();
  let steps = 0;
  return {
    table,
    step(batch, learningRate, random) {
      steps += 1;
      const left = encodeSide(table, dims, batch.map((pair) => dropWords(pair.left, options.wordDropout, random)));
      const right = encodeSide(table, dims, batch.map((pair) => dropWords(pair.right, options.wordDropout, random)));
      const { loss, weights } = contrast(left.units, right.units, dims, batch, options.temperature);
      const cut = NEGLIGIBLE / (batch.length * options.temperature);
      gradients.clear();
      spread(left, right.units, { weights, mine: batch.length, other: 1 }, dims, cut, gradients);
      spread(right, left.units, { weights, mine: 1, other: batch.length }, dims, cut, gradients);
      const correction = Math.sqrt(1 - BETA_2 ** steps) / (1 - BETA_1 ** steps);
      for (const [id, gradient] of gradients) {
        for (let at = 0; at < dims; at++) {
          const place = id * dims + at;
          const g = gradient[at] as number;
          const first = (firstMoments[place] = BETA_1 * (firstMoments[place] as number) + (1 - BETA_1) * g);
          const second = (secondMoments[place] = BETA_2 * (secondMoments[place] as number) + (1 - BETA_2) * g * g);
          const now = table[place] as number;
          table[place] = now - (learningRate * correction * first) / (Math.sqrt(second) + EPSILON) - options.anchor * (now - (base[place] as number));
        }
      }
      return loss;
    },
  };
}

/** The first token, the mark at the beginning, stays, and so does one of the others. */
function dropWords(ids: Int32Array, share: number, random: Random): Int32Array {
  if (share === 0 || ids.length <= 5) return ids;
  const kept = 1 + Math.floor(random() * (ids.length - 1));
  return ids.filter((_, at) => at === 0 || at === kept || random() >= share);
}

/** One side of a batch: rows of unit length, and what they were made of. */
type Side = { units: Float64Array; lengths: Float64Array; ids: readonly Int32Array[] };

function encodeSide(table: Float32Array, dims: number, ids: readonly Int32Array[]): Side {
  const [units, lengths] = [new Float64Array(ids.length * dims), new Float64Array(ids.length)];
  for (const [row, tokens] of ids.entries()) {
    const unit = units.subarray(row * dims, (row + 1) * dims);
    for (const id of tokens) for (let at = 0; at < dims; at++) unit[at] = (unit[at] as number) + (table[id * dims + at] as number);
    const length = Math.sqrt(dot(unit, 0, unit, 0, dims)) || 1;
    lengths[row] = length;
    for (let at = 0; at < dims; at++) unit[at] = (unit[at] as number) / length;
  }
  return { units, lengths, ids };
}

function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, dims: number): number {
  let sum = 0;
  for (let at = 0; at < dims; at++) sum += (a[aStart + at] as number) * (b[bStart + at] as number);
  return sum;
}

/** All dot products of two sides, size × size; four at once, so that each number is read half as often. */
function products(left: Float64Array, right: Float64Array, size: number, dims: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i += 2) {
    const a0 = i * dims;
    const a1 = Math.min(i + 1, size - 1) * dims;
    for (let j = 0; j < size; j += 2) {
      const b0 = j * dims;
      const b1 = Math.min(j + 1, size - 1) * dims;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let at = 0; at < dims; at++) {
        const x0 = left[a0 + at] as number;
        const x1 = left[a1 + at] as number;
        const y0 = right[b0 + at] as number;
        const y1 = right[b1 + at] as number;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
      }
      const place = i * size + j;
      out[place] = s00;
      if (j + 1 < size) out[place + 1] = s01;
      if (i + 1 < size) out[place + size] = s10;
      if (i + 1 < size && j + 1 < size) out[place + size + 1] = s11;
    }
  }
  return out;
}

/** Loss of the batch and its derivative by each similarity, batch × batch. */
function contrast(left: Float64Array, right: Float64Array, dims: number, batch: readonly TokenPair[], temperature: number): { loss: number; weights: Float64Array } {
  const size = batch.length;
  const logits = products(left, right, size, dims);
  for (let i = 0; i < size; i++) {
    const mine = batch[i] as TokenPair;
    for (let j = 0; j < size; j++) {
      const place = i * size + j;
      logits[place] = i !== j && isSame(mine, batch[j] as TokenPair) ? -Infinity : (logits[place] as number) / temperature;
    }
  }
  const weights = new Float64Array(size * size);
  let loss = 0;
  for (let i = 0; i < size; i++) {
    loss += softmaxInto(weights, logits, i * size, 1, size, i);
    loss += softmaxInto(weights, logits, i, size, size, i);
  }
  const scale = 1 / (2 * size * temperature);
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) * scale;
  return { loss: loss / (2 * size), weights };
}

function isSame(a: TokenPair, b: TokenPair): boolean {
  return a.leftKey === b.leftKey || a.rightKey === b.rightKey || a.leftKey === b.rightKey || a.rightKey === b.leftKey;
}

/** Adds softmax − one-hot(target) of one row or column to `weights`; answers its cross-entropy. */
function softmaxInto(weights: Float64Array, logits: Float64Array, start: number, stride: number, size: number, target: number): number {
  let most = -Infinity;
  for (let at = 0; at < size; at++) most = Math.max(most, logits[start + at * stride] as number);
  let sum = 0;
  for (let at = 0; at < size; at++) sum += Math.exp((logits[start + at * stride] as number) - most);
  for (let at = 0; at < size; at++) {
    const place = start + at * stride;
    weights[place] = (weights[place] as number) + Math.exp((logits[place] as number) - most) / sum;
  }
  const own = start + target * stride;
  weights[own] = (weights[own] as number) - 1;
  return Math.log(sum) + most - (logits[own] as number);
}

/** From derivatives by the similarities to derivatives by the tokens' rows of one side: through the dot products, the unit length and the sum. */
function spread(side: Side, others: Float64Array, strides: { weights: Float64Array; mine: number; other: number }, dims: number, cut: number, gradients: Map<number, Float32Array>): void {
  const size = side.ids.length;
  const byUnit = new Float64Array(dims);
  const told = new Int32Array(size);
  for (const [mine, tokens] of side.ids.entries()) {
    byUnit.fill(0);
    let count = 0;
    for (let other = 0; other < size; other++) if (Math.abs(strides.weights[mine * strides.mine + other * strides.other] as number) > cut) told[count++] = other;
    addRows(byUnit, others, told.subarray(0, count), (other) => strides.weights[mine * strides.mine + other * strides.other] as number, dims);
    const along = dot(byUnit, 0, side.units, mine * dims, dims);
    const length = side.lengths[mine] as number;
    for (let at = 0; at < dims; at++) byUnit[at] = ((byUnit[at] as number) - along * (side.units[mine * dims + at] as number)) / length;
    for (const id of tokens) {
      let gradient = gradients.get(id);
      if (gradient === undefined) gradients.set(id, (gradient = new Float32Array(dims)));
      for (let at = 0; at < dims; at++) gradient[at] = (gradient[at] as number) + (byUnit[at] as number);
    }
  }
}

/** Adds rows of a matrix, each times its weight; four at once, so that the sum is read and written a quarter as often. */
function addRows(sum: Float64Array, matrix: Float64Array, rows: Int32Array, weightOf: (row: number) => number, dims: number): void {
  let next = 0;
  for (; next + 4 <= rows.length; next += 4) {
    const [r0, r1, r2, r3] = [rows[next] as number, rows[next + 1] as number, rows[next + 2] as number, rows[next + 3] as number];
    const [w0, w1, w2, w3] = [weightOf(r0), weightOf(r1), weightOf(r2), weightOf(r3)];
    const [a0, a1, a2, a3] = [r0 * dims, r1 * dims, r2 * dims, r3 * dims];
    for (let at = 0; at < dims; at++) sum[at] = (sum[at] as number) + w0 * (matrix[a0 + at] as number) + w1 * (matrix[a1 + at] as number) + w2 * (matrix[a2 + at] as number) + w3 * (matrix[a3 + at] as number);
  }
  for (; next < rows.length; next++) {
    const [row, weight] = [(rows[next] as number) * dims, weightOf(rows[next] as number)];
    for (let at = 0; at < dims; at++) sum[at] = (sum[at] as number) + weight * (matrix[row + at] as number);
  }
}
