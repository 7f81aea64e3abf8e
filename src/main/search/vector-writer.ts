import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import type { ModelRole } from './model-roles.repository.ts';
import { findSearchableRow, type SearchableRow } from './searchable-text.ts';

/** One vector a row in the order of the rows; null where the model refuses the text. */
export type VectorSet = { role: ModelRole; model: number; vectors: readonly (Int8Array | null)[] };
export type EmbeddedBatch = { kind: IndexKind; rows: readonly SearchableRow[]; goneSeqs: readonly number[]; isQueued: boolean; sets: readonly VectorSet[] };

/**
 * Stores the vectors whose text is still the one embedded and takes the texts off the queue, all in one transaction with `also`; answers the
 * seqs that have a vector now. A text edited or removed while it was being embedded has a new entry in the queue, or needs none.
 */
export function storeVectors(db: WritableDb, { kind, rows, goneSeqs, isQueued, sets }: EmbeddedBatch, also: () => void): number[] {
  const unqueue = prepared(db, 'DELETE FROM pending_vectors WHERE kind = ? AND seq = ?');
  const stillWanted = (seq: number): boolean => (isQueued ? unqueue.run(kind, seq).changes > 0 : isUnqueued(db, kind, seq));
  return db.transaction(() => {
    for (const seq of goneSeqs) unqueue.run(kind, seq);
    const stored = new Set<number>();
    rows.forEach((row, at) => {
      if (findSearchableRow(db, kind, row.seq)?.text !== row.text || !stillWanted(row.seq)) return;
      for (const { role, model, vectors } of sets) if (store(db, kind, role, row.seq, model, vectors[at])) stored.add(row.seq);
    });
    also();
    return [...stored];
  })();
}

/** A text that waits in the queue again is given both vectors from there. */
function isUnqueued(db: WritableDb, kind: IndexKind, seq: number): boolean {
  return prepared(db, 'SELECT 1 FROM pending_vectors WHERE kind = ? AND seq = ?').get(kind, seq) === undefined;
}

function store(db: WritableDb, kind: IndexKind, role: ModelRole, seq: number, model: number, vector: Int8Array | null | undefined): boolean {
  if (vector === undefined || vector === null) return false;
  const { vectors, nextVectors } = SEARCH_TABLES[kind];
  prepared(db, `INSERT INTO ${role === 'next' ? nextVectors : vectors} (seq, model, vector) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET model = excluded.model, vector = excluded.vector`)
    .run(seq, model, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  return true;
}
