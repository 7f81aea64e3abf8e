import type { MetricKind, exactSearch } from 'usearch';

/**
 * Positions of the `limit` rows with the largest dot product, best first. `rows` holds `rowCount` rows of `dims` int8 numbers
 * from its first byte on; `limit` must not exceed `rowCount`.
 */
export type NearestRows = (rows: Int8Array, rowCount: number, query: Int8Array, dims: number, limit: number) => ArrayLike<number>;

/** What computes similarities: the native kernel, or plain JavaScript where it does not load (20 times slower, the same answers). */
export type VectorBackend = { name: 'usearch' | 'javascript'; nearest: NearestRows };

type Usearch = { exactSearch: typeof exactSearch; MetricKind: typeof MetricKind };

/** The native kernel when this machine can load it, else the JavaScript one; never throws. */
export async function loadVectorBackend(importUsearch: () => Promise<Usearch> = () => import('usearch')): Promise<VectorBackend> {
  try {
    return { name: 'usearch', nearest: usearchNearest(await importUsearch()) };
  } catch {
    return { name: 'javascript', nearest: javascriptNearest };
  }
}

function usearchNearest(kernel: Usearch): NearestRows {
  return (rows, rowCount, query, dims, limit) => {
    // the kernel reads both arrays from the start of their buffers, whatever their byteOffset, and throws when limit > rowCount
    const ownQuery = query.byteOffset === 0 ? query : query.slice();
    const { keys } = kernel.exactSearch(rows.subarray(0, rowCount * dims), ownQuery, dims, limit, kernel.MetricKind.IP, 1) as { keys: BigUint64Array };
    return Array.from(keys, Number);
  };
}

/** The same scan in plain JavaScript: a full pass that keeps the best `limit` rows in a min-heap. */
export const javascriptNearest: NearestRows = (rows, rowCount, query, dims, limit) => {
  const heap: { position: number; dot: number }[] = [];
  for (let position = 0; position < rowCount; position++) {
    const dot = dotAt(rows, position * dims, query, dims);
    if (heap.length < limit) pushUp(heap, { position, dot });
    else if (dot > (heap[0]?.dot ?? Infinity)) replaceRoot(heap, { position, dot });
  }
  return heap.toSorted((a, b) => b.dot - a.dot || a.position - b.position).map((entry) => entry.position);
};

/** Dot product of the query with the row that starts at `start`. */
export function dotAt(rows: Int8Array, start: number, query: Int8Array, dims: number): number {
  let dot = 0;
  for (let i = 0; i < dims; i++) dot += (rows[start + i] as number) * (query[i] as number);
  return dot;
}

type HeapEntry = { position: number; dot: number };

function pushUp(heap: HeapEntry[], entry: HeapEntry): void {
  let child = heap.push(entry) - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    const above = heap[parent] as HeapEntry;
    if (above.dot <= entry.dot) break;
    heap[child] = above;
    child = parent;
  }
  heap[child] = entry;
}

function replaceRoot(heap: HeapEntry[], entry: HeapEntry): void {
  let parent = 0;
  for (;;) {
    let child = parent * 2 + 1;
    const right = heap[child + 1];
    if (right !== undefined && right.dot < (heap[child] as HeapEntry).dot) child++;
    const smaller = heap[child];
    if (smaller === undefined || smaller.dot >= entry.dot) break;
    heap[parent] = smaller;
    parent = child;
  }
  heap[parent] = entry;
}
