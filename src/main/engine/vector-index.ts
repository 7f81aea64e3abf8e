import { dotAt, type VectorBackend } from './nearest-rows.ts';
import { createSeqPositions } from './seq-positions.ts';

/** `cosine` is computed exactly on the int8 rows, −1–1. */
export type VectorMatch = { seq: number; cosine: number };

/** The vectors of one kind, flat in memory; the store is the truth, this is a cache of it. */
export type VectorIndex = {
  size(): number;
  /** Adds or replaces one row of `dims` numbers. */
  add(seq: number, row: Int8Array): void;
  /** False when the seq is not there. */
  remove(seq: number): boolean;
  /** At most `limit` rows, best first, ties by seq. The query has `dims` numbers. */
  search(query: Int8Array, limit: number): VectorMatch[];
  /** Null when the seq has no vector here. */
  cosineOf(seq: number, query: Int8Array): number | null;
};

const FIRST_CAPACITY = 256;

export function createVectorIndex(dims: number, backend: VectorBackend): VectorIndex {
  let rows = new Int8Array(0);
  let seqs = new Float64Array(0);
  let count = 0;
  const positions = createSeqPositions();

  const grow = (rowCount: number) => {
    const wider = new Int8Array(rowCount * dims);
    wider.set(rows.subarray(0, count * dims));
    rows = wider;
    const longer = new Float64Array(rowCount);
    longer.set(seqs.subarray(0, count));
    seqs = longer;
  };
  const cosineAt = (position: number, query: Int8Array, queryNorm: number) => cosine(rows, position * dims, query, queryNorm, dims);

  return {
    size: () => count,
    add(seq, row) {
      if (row.length !== dims) throw new RangeError(`a vector has ${row.length} numbers where ${dims} are needed`);
      let position = positions.get(seq);
      if (position < 0) {
        if (count === seqs.length) grow(Math.max(FIRST_CAPACITY, count * 2));
        position = count++;
        positions.set(seq, position);
        seqs[position] = seq;
      }
      rows.set(row, position * dims);
    },
    remove(seq) {
      const position = positions.get(seq);
      if (position < 0) return false;
      const last = --count;
      if (position !== last) {
        const moved = seqs[last] as number;
        rows.copyWithin(position * dims, last * dims, (last + 1) * dims);
        seqs[position] = moved;
        positions.set(moved, position);
      }
      positions.delete(seq);
      return true;
    },
    search(query, limit) {
      const found = Math.min(limit, count);
      if (found < 1) return [];
      const norm = normOf(query, 0, dims);
      const matches = Array.from(backend.nearest(rows, count, query, dims, found), (position) => ({ seq: seqs[position] as number, cosine: cosineAt(position, query, norm) }));
      return matches.toSorted((a, b) => b.cosine - a.cosine || a.seq - b.seq);
    },
    cosineOf(seq, query) {
      const position = positions.get(seq);
      return position < 0 ? null : cosineAt(position, query, normOf(query, 0, dims));
    },
  };
}

/** Cosines of a query to each of a fixed set of rows, in their order; the rows' norms are worked out once. */
export function createRowSet(rows: readonly Int8Array[]): (query: Int8Array) => Float64Array {
  const norms = Float64Array.from(rows, (row) => normOf(row, 0, row.length));
  return (query) => {
    const queryNorm = normOf(query, 0, query.length);
    return Float64Array.from(rows, (row, at) => quotient(dotAt(row, 0, query, query.length), (norms[at] as number) * queryNorm));
  };
}

function cosine(rows: Int8Array, start: number, query: Int8Array, queryNorm: number, dims: number): number {
  return quotient(dotAt(rows, start, query, dims), normOf(rows, start, dims) * queryNorm);
}

/** 0 when either row is all zeros. */
function quotient(dot: number, norms: number): number {
  return norms === 0 ? 0 : Math.max(-1, Math.min(1, dot / norms));
}

function normOf(rows: Int8Array, start: number, dims: number): number {
  let sum = 0;
  for (let i = start; i < start + dims; i++) sum += (rows[i] as number) ** 2;
  return Math.sqrt(sum);
}
