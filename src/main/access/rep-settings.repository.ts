import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** What one rep chose for themselves, field by field, as stored; the reader parses it. */
export function readRepSettings(db: ReadableDb, repId: RepId): Record<string, unknown> {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM rep_settings WHERE rep_id = ?').get(repId);
  return row === undefined ? {} : (JSON.parse(row.value) as Record<string, unknown>);
}

export function writeRepSettings(db: WritableDb, repId: RepId, value: Record<string, unknown>): void {
  prepared(db, 'INSERT INTO rep_settings (rep_id, value) VALUES (?, ?) ON CONFLICT (rep_id) DO UPDATE SET value = excluded.value').run(repId, JSON.stringify(value));
}
