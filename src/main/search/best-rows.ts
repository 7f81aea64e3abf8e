/** Rows that hold one token, by seq, each at most once. */
export type WeightedRows = { seqs: readonly number[]; weight: number };

/**
 * At most `limit` rows by the summed weight of the lists they stand in, best first, newest (largest seq) first among equals. Weights are
 * 0 or more. Some ten thousand rows go through here for every message, so they are summed in a flat hash table and only what can stay is sorted.
 */
export function bestRows(lists: readonly WeightedRows[], limit: number): number[] {
  const { seqs, sums, count } = summed(lists);
  const least = largest(sums.subarray(0, count), limit);
  const kept: number[] = [];
  for (let at = 0; at < count; at++) if ((sums[at] ?? 0) >= least) kept.push(at);
  kept.sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || (seqs[b] ?? 0) - (seqs[a] ?? 0));
  return kept.slice(0, limit).map((at) => seqs[at] ?? 0);
}

/** Distinct seqs with their sums, in the order they were met. */
function summed(lists: readonly WeightedRows[]): { seqs: Float64Array; sums: Float64Array; count: number } {
  const total = lists.reduce((sum, list) => sum + list.seqs.length, 0);
  const bits = Math.max(1, Math.ceil(Math.log2(total * 2 + 1)));
  const mask = 2 ** bits - 1;
  // place in `seqs` + 1; 0 is a free slot
  const slots = new Int32Array(mask + 1);
  const seqs = new Float64Array(total);
  const sums = new Float64Array(total);
  let count = 0;
  for (const list of lists) {
    for (const seq of list.seqs) {
      let slot = (Math.imul(seq, 0x9e3779b1) >>> (32 - bits)) & mask;
      while (slots[slot] !== 0 && seqs[(slots[slot] ?? 0) - 1] !== seq) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        seqs[count] = seq;
        slots[slot] = ++count;
      }
      const at = (slots[slot] ?? 0) - 1;
      sums[at] = (sums[at] ?? 0) + list.weight;
    }
  }
  return { seqs, sums, count };
}

/** The `rank`-th largest value; 0 when there are not more than that. A heap holds the largest met so far, the least of them on top. */
function largest(values: Float64Array, rank: number): number {
  if (values.length <= rank) return 0;
  const heap = values.slice(0, rank).sort();
  for (let at = rank; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value > (heap[0] ?? 0)) sink(heap, value);
  }
  return heap[0] ?? 0;
}

/** Puts a value in the place of the least one. */
function sink(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
    if ((heap[child] ?? 0) >= value) break;
    heap[at] = heap[child] ?? 0;
    at = child;
  }
  heap[at] = value;
}
