import type { AuditFilter, AuditLine } from '../../shared/contract/access.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

type LineRow = { seq: number; at: number; rep_id: string | null; rep_name: string | null; action: string; entity: string; entity_id: string };

/** One statement for every filter: what is not asked for is null. */
const SELECT = `SELECT a.seq, a.at, a.rep_id, r.name AS rep_name, a.action, a.entity, a.entity_id FROM audit_entries a LEFT JOIN reps r ON r.id = a.rep_id
  WHERE (@repId IS NULL OR a.rep_id = @repId) AND (@action IS NULL OR a.action = @action) AND (@fromAt IS NULL OR a.at >= @fromAt) AND (@toAt IS NULL OR a.at < @toAt)
    AND (@before IS NULL OR a.seq < @before) ORDER BY a.seq DESC LIMIT @limit`;

/** Newest first. What changed is left out: it may hold customers' words. */
export function listAuditLines(db: ReadableDb, filter: AuditFilter & { before?: number | undefined; limit: number }): AuditLine[] {
  const { repId = null, action = null, fromAt = null, toAt = null, before = null, limit } = filter;
  return prepared<LineRow>(db, SELECT).all({ repId, action, fromAt, toAt, before, limit }).map((row) => ({
    seq: row.seq, at: row.at, repId: row.rep_id, repName: row.rep_name ?? '', action: row.action, entity: row.entity, entityId: row.entity_id,
  }));
}

export function listAuditActions(db: ReadableDb): string[] {
  return prepared<{ action: string }>(db, 'SELECT DISTINCT action FROM audit_entries ORDER BY action').all().map(({ action }) => action);
}
