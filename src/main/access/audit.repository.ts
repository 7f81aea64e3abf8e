import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';

/** Every entry names the rep who did it. `before` and `after` are any JSON values; leave them out when the change itself must not be kept. */
export type NewAuditEntry = { repId: string; action: string; entity: string; entityId: string; before?: unknown; after?: unknown };
export type AuditEntry = { seq: number; id: string; at: number; repId: string | null; action: string; entity: string; entityId: string; before: unknown; after: unknown };

type AuditRow = { seq: number; id: string; at: number; rep_id: string | null; action: string; entity: string; entity_id: string; before: string | null; after: string | null };

const COLUMNS = 'seq, id, at, rep_id, action, entity, entity_id, before, after';

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function rowToAuditEntry(row: AuditRow): AuditEntry {
  const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
  return { seq: row.seq, id: row.id, at: row.at, repId: row.rep_id, action: row.action, entity: row.entity, entityId: row.entity_id, before: parse(row.before), after: parse(row.after) };
}

/** Call inside the transaction of the change that it records. */
export function insertAudit(db: WritableDb, ctx: WriteContext, entry: NewAuditEntry): void {
  prepared(db, 'INSERT INTO audit_entries (id, at, rep_id, action, entity, entity_id, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(ctx.newId(), ctx.nowMs, entry.repId, entry.action, entry.entity, entry.entityId, toJson(entry.before), toJson(entry.after));
}

/** Newest first. */
export function listAudit(db: ReadableDb, limit = 200): AuditEntry[] {
  return prepared<AuditRow>(db, `SELECT ${COLUMNS} FROM audit_entries ORDER BY seq DESC LIMIT ?`).all(limit).map(rowToAuditEntry);
}

/** Keeps that something was done and by whom, forgets what it said: entries on these entities, and entries that name one of the words. Returns how many had something to forget. */
export function clearAuditContent(db: WritableDb, entityIds: Iterable<string>, words: readonly string[]): number {
  const clear = 'UPDATE audit_entries SET before = NULL, after = NULL WHERE (before IS NOT NULL OR after IS NOT NULL)';
  const byEntity = prepared(db, `${clear} AND entity_id = ?`);
  const byWord = prepared(db, `${clear} AND (instr(before, ?) > 0 OR instr(after, ?) > 0)`);
  let count = 0;
  for (const id of entityIds) count += byEntity.run(id).changes;
  for (const word of words) count += byWord.run(JSON.stringify(word).slice(1, -1), JSON.stringify(word).slice(1, -1)).changes;
  return count;
}
