import type { FindKind } from '../../shared/contract/everywhere.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

export type OpenedRow = { kind: FindKind; id: string };

const MOST_SEARCHES = 10;
const MOST_OPENED = 12;

/** Newest first. */
export function listRecentSearches(db: ReadableDb, repId: string): string[] {
  return prepared<{ text: string }>(db, 'SELECT text FROM recent_searches WHERE rep_id = ? ORDER BY at DESC, text LIMIT ?').all(repId, MOST_SEARCHES).map(({ text }) => text);
}

/** Newest first; what they name may be gone. */
export function listRecentlyOpened(db: ReadableDb, repId: string): OpenedRow[] {
  return prepared<OpenedRow>(db, 'SELECT kind, entity_id AS id FROM recently_opened WHERE rep_id = ? ORDER BY at DESC, kind, entity_id LIMIT ?').all(repId, MOST_OPENED);
}

/** The newest ten of a rep are kept. */
export function rememberSearch(db: WritableDb, repId: string, text: string, at: number): void {
  prepared(db, 'INSERT INTO recent_searches (rep_id, text, at) VALUES (?, ?, ?) ON CONFLICT (rep_id, text) DO UPDATE SET at = excluded.at').run(repId, text, at);
  prepared(db, 'DELETE FROM recent_searches WHERE rep_id = @repId AND text NOT IN (SELECT text FROM recent_searches WHERE rep_id = @repId ORDER BY at DESC, text LIMIT @most)').run({ repId, most: MOST_SEARCHES });
}

/** The newest twelve of a rep are kept. */
export function rememberOpened(db: WritableDb, repId: string, { kind, id }: OpenedRow, at: number): void {
  prepared(db, 'INSERT INTO recently_opened (rep_id, kind, entity_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (rep_id, kind, entity_id) DO UPDATE SET at = excluded.at').run(repId, kind, id, at);
  prepared(
    db,
    `DELETE FROM recently_opened WHERE rep_id = @repId AND kind || ' ' || entity_id NOT IN
       (SELECT kind || ' ' || entity_id FROM recently_opened WHERE rep_id = @repId ORDER BY at DESC, kind, entity_id LIMIT @most)`,
  ).run({ repId, most: MOST_OPENED });
}

export function clearRecents(db: WritableDb, repId: string): void {
  prepared(db, 'DELETE FROM recent_searches WHERE rep_id = ?').run(repId);
  prepared(db, 'DELETE FROM recently_opened WHERE rep_id = ?').run(repId);
}

/** For erasing a customer: what any rep searched for may be their name or words, so all of it goes; of what was opened, their rows. */
export function forgetSearches(db: WritableDb, entityIds: readonly string[]): void {
  prepared(db, 'DELETE FROM recent_searches').run();
  prepared(db, 'DELETE FROM recently_opened WHERE entity_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(entityIds));
}
