import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { javascriptNearest, loadVectorBackend, type VectorBackend } from './nearest-rows.ts';
import { createRowSet, createVectorIndex } from './vector-index.ts';

const cosineOfRows = (a: Int8Array, b: Int8Array): number => createRowSet([a])(b)[0] ?? 0;

const native = await loadVectorBackend();
const javascript = await loadVectorBackend(() => Promise.reject(new Error('no prebuilt kernel')));
const backends = [native, javascript];

/** Deterministic numbers, so that no test depends on luck. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

function quantised(row: readonly number[]): Int8Array {
  const norm = Math.hypot(...row);
  return Int8Array.from(row, (x) => Math.max(-127, Math.min(127, Math.round((x / norm) * 500))));
}

test('the kernel loads here, and a machine without it gets the JavaScript one', () => {
  expect(backends.map((backend) => backend.name)).toEqual(['usearch', 'javascript']);
});

describe.each(backends)('vector index on $name', (backend: VectorBackend) => {
  test('finds what exact float search finds', () => {
    const next = randomNumbers(7);
    const dims = 64;
    const floats = Array.from({ length: 1500 }, () => Array.from({ length: dims }, next));
    const index = createVectorIndex(dims, backend);
    floats.forEach((row, seq) => index.add(seq, quantised(row)));
    let found = 0;
    for (let q = 0; q < 20; q++) {
      const query = Array.from({ length: dims }, next);
      const cosines = floats.map((row, seq) => ({ seq, cosine: row.reduce((sum, x, i) => sum + x * (query[i] ?? 0), 0) / Math.hypot(...row) }));
      const exact = cosines.toSorted((a, b) => b.cosine - a.cosine).slice(0, 10);
      const seqs = new Set(index.search(quantised(query), 50).map((match) => match.seq));
      found += exact.filter((match) => seqs.has(match.seq)).length;
    }
    expect(found).toBe(200);
  });

  test('a query that is a view into a larger buffer is read where it lies', () => {
    const index = createVectorIndex(4, backend);
    index.add(1, Int8Array.of(100, 0, 0, 0));
    index.add(2, Int8Array.of(0, 0, 0, 100));
    const view = Int8Array.of(100, 0, 0, 0, 0, 0, 0, 100).subarray(4);
    expect(index.search(view, 1)).toEqual([{ seq: 2, cosine: 1 }]);
  });

  test('more asked for than there is gives all there is', () => {
    const index = createVectorIndex(2, backend);
    expect(index.search(Int8Array.of(1, 0), 50)).toEqual([]);
    index.add(7, Int8Array.of(0, 3));
    expect(index.search(Int8Array.of(0, 1), 50)).toEqual([{ seq: 7, cosine: 1 }]);
  });

  test('adding and removing behaves as a plain map scanned in full', () => {
    const step = fc.record({ isRemove: fc.boolean(), seq: fc.integer({ min: 0, max: 40 }), row: fc.int8Array({ minLength: 4, maxLength: 4 }).map((row) => row.map((x) => Math.max(-127, x))) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.int8Array({ min: -127, minLength: 4, maxLength: 4 }), (steps, query) => {
        const index = createVectorIndex(4, backend);
        const model = new Map<number, Int8Array>();
        const removals: boolean[] = [];
        for (const { isRemove, seq, row } of steps) {
          const wasThere = isRemove && index.remove(seq);
          removals.push(wasThere === (isRemove && model.delete(seq)));
          if (isRemove) continue;
          index.add(seq, row);
          model.set(seq, row);
        }
        expect(removals).not.toContain(false);
        const expected = [...model].map(([seq, row]) => ({ seq, cosine: cosineOfRows(row, query) })).toSorted((a, b) => b.cosine - a.cosine || a.seq - b.seq);
        expect(index.size()).toBe(model.size);
        expect(index.search(query, 1000)).toEqual(expected);
        expect([...model.keys()].map((seq) => index.cosineOf(seq, query))).toEqual([...model.values()].map((row) => cosineOfRows(row, query)));
        expect(index.cosineOf(999, query)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });
});

test('both backends agree on which rows are nearest', () => {
  const next = randomNumbers(3);
  const rows = Int8Array.from({ length: 300 * 16 }, () => Math.round(next() * 250));
  const query = Int8Array.from({ length: 16 }, () => Math.round(next() * 250));
  expect(javascriptNearest(rows, 300, query, 16, 12)).toEqual(native.nearest(rows, 300, query, 16, 12));
});

test('a row of another length is refused', () => {
  const index = createVectorIndex(4, native);
  expect(() => index.add(1, Int8Array.of(1, 2))).toThrow(RangeError);
});

test('rows far apart in seq are kept apart', () => {
  const index = createVectorIndex(2, native);
  index.add(2 ** 40 + 5, Int8Array.of(5, 0));
  index.add(5, Int8Array.of(0, 5));
  expect(index.search(Int8Array.of(1, 0), 2)).toEqual([
    { seq: 2 ** 40 + 5, cosine: 1 },
    { seq: 5, cosine: 0 },
  ]);
});
