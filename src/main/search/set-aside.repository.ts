import type { SetAsideText } from '../../shared/contract/trust.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { findSearchableRow } from './searchable-text.ts';

const STRIKES = 2;
const EXCERPT_LENGTH = 80;
const LIST_LIMIT = 100;

/** The engine died or hung over this text alone; at the second strike it leaves the queue and is found by words only. */
export function strikeText(db: WritableDb, kind: IndexKind, seq: number, at: number): void {
  db.transaction(() => {
    prepared(db, 'INSERT INTO set_aside_texts (kind, seq, strike_count, at) VALUES (?, ?, 1, ?) ON CONFLICT (kind, seq) DO UPDATE SET strike_count = strike_count + 1, at = excluded.at').run(kind, seq, at);
    if (isSetAside(db, kind, seq)) prepared(db, 'DELETE FROM pending_vectors WHERE kind = ? AND seq = ?').run(kind, seq);
  })();
}

export function isSetAside(db: ReadableDb, kind: IndexKind, seq: number): boolean {
  return prepared(db, `SELECT 1 FROM set_aside_texts WHERE kind = ? AND seq = ? AND strike_count >= ${STRIKES}`).get(kind, seq) !== undefined;
}

type SetAsideRow = { kind: IndexKind; seq: number; strike_count: number; at: number };

/** Newest first, at most 100. A text that has gone, or was embedded since (it was changed), is forgotten. */
export function listSetAsideTexts(db: WritableDb): SetAsideText[] {
  const isSwitching = prepared(db, "SELECT 1 FROM embedding_models WHERE role = 'next'").get() !== undefined;
  const rows = prepared<SetAsideRow>(db, `SELECT kind, seq, strike_count, at FROM set_aside_texts WHERE strike_count >= ${STRIKES} ORDER BY at DESC LIMIT ${LIST_LIMIT}`).all();
  return rows.flatMap(({ kind, seq, strike_count: strikeCount, at }) => {
    const row = findSearchableRow(db, kind, seq);
    const isEmbedded = prepared(db, `SELECT 1 FROM ${SEARCH_TABLES[kind].vectors} WHERE seq = ?`).get(seq) !== undefined;
    // the model to come may have died over what the serving one has embedded
    if (row !== undefined && (!isEmbedded || isSwitching)) return [{ kind, seq, excerpt: [...row.text].slice(0, EXCERPT_LENGTH).join(''), strikeCount, at }];
    prepared(db, 'DELETE FROM set_aside_texts WHERE kind = ? AND seq = ?').run(kind, seq);
    return [];
  });
}

/** Forgives a text and queues it again. */
export function retryText(db: WritableDb, kind: IndexKind, seq: number): void {
  db.transaction(() => {
    const { changes } = prepared(db, 'DELETE FROM set_aside_texts WHERE kind = ? AND seq = ?').run(kind, seq);
    if (changes > 0 && findSearchableRow(db, kind, seq) !== undefined) prepared(db, 'INSERT OR IGNORE INTO pending_vectors (kind, seq) VALUES (?, ?)').run(kind, seq);
  })();
}
