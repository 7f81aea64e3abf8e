import type { Random } from './adapt-trainer.ts';
import { meanOfRows } from './static-model.ts';
import type { StaticTable } from './static-graph.ts';

/** Queries and the pool that is searched for each; an answer is right when its group is the query's. The query itself is not in its pool. */
export type Slice = { queries: readonly SliceText[]; pool: readonly SliceText[] };
type SliceText = { text: string; ids: Int32Array; group: string };

/** Reciprocal rank of the best right answer for each query, 0–1; answers that score the same as it count as half before it. */
export function reciprocalRanks(table: StaticTable, { queries, pool }: Slice): Float64Array {
  const vectors = pool.map(({ ids }) => meanOfRows(table, ids));
  return Float64Array.from(queries, ({ text, ids, group }) => {
    const query = meanOfRows(table, ids);
    // −Infinity comes after everything
    const scores = vectors.map((vector, at) => (pool[at]?.text === text ? -Infinity : dot(query, vector)));
    const best = scores.reduce((most, score, at) => (pool[at]?.group === group ? Math.max(most, score) : most), -Infinity);
    let [before, beside] = [0, 0];
    for (const [at, score] of scores.entries()) {
      if (pool[at]?.group === group) continue;
      if (score > best) before += 1;
      else if (score === best) beside += 1;
    }
    return best === -Infinity ? 0 : 1 / (1 + before + beside / 2);
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

export function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean difference that 95 % of resamples of the queries exceed (paired bootstrap, Efron 1979): above 0 it is more than chance. */
export function sureGain(before: Float64Array, after: Float64Array, random: Random, resamples = 1000): number {
  const differences = after.map((value, at) => value - (before[at] ?? 0));
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let count = 0; count < differences.length; count++) sum += differences[Math.floor(random() * differences.length)] ?? 0;
    return sum / Math.max(1, differences.length);
  });
  return means.toSorted()[Math.floor(resamples * 0.05)] ?? 0;
}
