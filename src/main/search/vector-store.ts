import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { ModelIdentity } from '../engine/embedding-model.ts';
import type { VectorIndex } from '../engine/vector-index.ts';
import { SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import type { Slices } from './slices.ts';

const ROWS_PER_SLICE = 1000;

type VectorRow = { seq: number; vector: Buffer };

/** The number that rows made by exactly this model carry; undefined before its first vector was stored. */
export function findModelNumber(db: ReadableDb, model: ModelIdentity): number | undefined {
  return prepared<{ id: number }>(db, 'SELECT id FROM embedding_models WHERE name = ?').get(model.key)?.id;
}

/** Reads the stored vectors of one kind into the index, newest first; yields the share read so far through `onProgress` (0–1). */
export function* readVectors(db: ReadableDb, kind: IndexKind, modelNumber: number, index: VectorIndex, onProgress: (ratio: number) => void = () => {}): Slices<void> {
  const table = SEARCH_TABLES[kind].vectors;
  const newest = prepared<{ seq: number | null }>(db, `SELECT max(seq) AS seq FROM ${table}`).get()?.seq ?? 0;
  const next = prepared<VectorRow>(db, `SELECT seq, vector FROM ${table} WHERE seq < ? AND model = ? ORDER BY seq DESC LIMIT ${ROWS_PER_SLICE}`);
  for (let before = newest + 1; ; ) {
    const rows = next.all(before, modelNumber);
    for (const row of rows) index.add(row.seq, asRow(row.vector));
    if (rows.length < ROWS_PER_SLICE) return onProgress(1);
    before = rows.at(-1)?.seq ?? before;
    onProgress(1 - before / (newest + 1));
    yield;
  }
}

/** Brings these rows of the index in line with the store: added or replaced when stored, removed when not. */
export function refreshVectors(db: ReadableDb, kind: IndexKind, modelNumber: number, index: VectorIndex, seqs: readonly number[]): void {
  const find = prepared<VectorRow>(db, `SELECT seq, vector FROM ${SEARCH_TABLES[kind].vectors} WHERE seq = ? AND model = ?`);
  for (const seq of seqs) {
    const row = find.get(seq, modelNumber);
    if (row === undefined) index.remove(seq);
    else index.add(seq, asRow(row.vector));
  }
}

function asRow(vector: Buffer): Int8Array {
  return new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
