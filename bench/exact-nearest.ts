import { DIMS, readFloats } from './text-vectors.ts';

export const EXACT_COUNT = 10;
const ROWS_PER_STEP = 50_000;

/** Exact answers, best first: row numbers of the ten nearest floats per question. */
export type Truth = { queries: Float32Array; nearest: number[][] };

/** Share of the wanted rows that were found, 0–1. */
export function shareFound(wanted: readonly number[], found: readonly number[]): number {
  const all = new Set(found);
  return wanted.filter((one) => all.has(one)).length / Math.max(1, wanted.length);
}

/** Full scan in float32, a step of rows at a time, so that a million of them need no gigabyte of memory. */
export async function exactNearest(queries: Float32Array, queryCount: number, file: string, count: number): Promise<Truth> {
  const { exactSearch, MetricKind } = await import('usearch');
  const best: { row: number; distance: number }[][] = Array.from({ length: queryCount }, () => []);
  for (let start = 0; start < count; start += ROWS_PER_STEP) {
    const rows = readFloats(file, start, Math.min(ROWS_PER_STEP, count - start));
    for (const [at, kept] of best.entries()) {
      // the kernel reads a query from the start of its buffer, whatever its byteOffset
      const query = queries.slice(at * DIMS, (at + 1) * DIMS);
      const { keys, distances } = exactSearch(rows, query, DIMS, EXACT_COUNT, MetricKind.IP, 1) as { keys: BigUint64Array; distances: Float32Array };
      keys.forEach((key, place) => kept.push({ row: start + Number(key), distance: distances[place] ?? Infinity }));
      kept.sort((a, b) => a.distance - b.distance).splice(EXACT_COUNT);
    }
  }
  return { queries, nearest: best.map((kept) => kept.map(({ row }) => row)) };
}
