import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { INDEX_KINDS, SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { isSetAside } from './set-aside.repository.ts';

const STATE_KEY = 'model_switch';
const ROWS_PER_DRAIN = 2000;

/**
 * How far a switch of models has come: `kind` from its newest row downwards to `beforeSeq` (null: none of it yet), the kinds before it whole,
 * those behind it not at all. Rows stored meanwhile get both vectors from the queue. Counts are rows; rows that came meanwhile are in neither.
 */
export type SwitchState = { kind: IndexKind; beforeSeq: number | null; doneCount: number; totalCount: number };

export function readSwitch(db: ReadableDb): SwitchState | undefined {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(STATE_KEY);
  return row === undefined ? undefined : (JSON.parse(row.value) as SwitchState);
}

/** Call in the transaction that stores what was done. */
export function writeSwitch(db: WritableDb, state: SwitchState): void {
  prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(STATE_KEY, JSON.stringify(state));
}

export function forgetSwitch(db: WritableDb): void {
  prepared(db, 'DELETE FROM settings WHERE key = ?').run(STATE_KEY);
}

export function beginSwitch(db: ReadableDb): SwitchState {
  const totalCount = INDEX_KINDS.reduce((sum, kind) => sum + (prepared<{ count: number }>(db, `SELECT count(*) AS count FROM ${SEARCH_TABLES[kind].vectors}`).get()?.count ?? 0), 0);
  return { kind: INDEX_KINDS[0] as IndexKind, beforeSeq: null, doneCount: 0, totalCount };
}

/** The next rows to embed by the next model, and the state once they are stored; undefined when all are done. */
export function switchStep(db: ReadableDb, from: SwitchState, limit: number): { seqs: number[]; after: SwitchState } | undefined {
  for (let state = from; ; ) {
    const found = prepared<{ seq: number }>(db, `SELECT seq FROM ${SEARCH_TABLES[state.kind].vectors} WHERE seq < ? ORDER BY seq DESC LIMIT ?`).all(state.beforeSeq ?? Number.MAX_SAFE_INTEGER, limit);
    const last = found.at(-1);
    if (last !== undefined) {
      const seqs = found.map(({ seq }) => seq).filter((seq) => !isSetAside(db, state.kind, seq));
      return { seqs, after: { ...state, beforeSeq: last.seq, doneCount: Math.min(state.totalCount, state.doneCount + found.length) } };
    }
    const following = INDEX_KINDS[INDEX_KINDS.indexOf(state.kind) + 1];
    if (following === undefined) return undefined;
    state = { ...state, kind: following, beforeSeq: null };
  }
}

/** The gathered vectors take the place of the old ones, whose tables are emptied later (`drainOld`). One transaction with the change of roles. */
export function swapTables(db: WritableDb): void {
  for (const kind of INDEX_KINDS) {
    const { vectors, nextVectors } = SEARCH_TABLES[kind];
    db.exec(`ALTER TABLE ${vectors} RENAME TO ${vectors}_former; ALTER TABLE ${nextVectors} RENAME TO ${vectors}; ALTER TABLE ${vectors}_former RENAME TO ${nextVectors};`);
  }
  forgetSwitch(db);
}

/** Deletes some of the vectors that nothing uses any more; answers how many. Only while no switch is under way. */
export function drainOld(db: WritableDb): number {
  for (const kind of INDEX_KINDS) {
    const { nextVectors } = SEARCH_TABLES[kind];
    const { changes } = prepared(db, `DELETE FROM ${nextVectors} WHERE seq IN (SELECT seq FROM ${nextVectors} LIMIT ${ROWS_PER_DRAIN})`).run();
    if (changes > 0) return changes;
  }
  return 0;
}
