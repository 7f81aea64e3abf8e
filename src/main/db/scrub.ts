import { DeskmateError } from '../platform/errors.ts';
import type { WritableDb } from './database.ts';

/**
 * Makes deleted words unreadable in the files: merges the full-text indexes (a contentless index only marks a deleted row until it merges),
 * rewrites the store without its free space, and empties the write-ahead log. Call outside any transaction; it may be repeated.
 * Takes about as long as copying the store.
 * @throws DeskmateError store_busy (retryable) while another connection reads an older state of the store.
 */
export function scrubStore(db: WritableDb, ftsTables: readonly string[]): void {
  for (const table of ftsTables) db.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
  db.exec('VACUUM');
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (result?.busy !== 0) throw new DeskmateError('store_busy', 'The words are deleted, but another process still reads the store; erase again to clear the last of its log.', { retryable: true });
}
