import type { ConversationId, RepId } from '../../shared/contract/ids.contract.ts';
import type { ViewCounts } from '../../shared/contract/work.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { applyWork } from './work-action.repository.ts';

const MAX_WOKEN = 500;

/** Brings back every conversation whose snooze has run out, marked with the time it was snoozed until. Returns their ids. */
export function wakeDue(db: WritableDb, ctx: WriteContext): ConversationId[] {
  const rows = prepared<{ id: ConversationId; until: number }>(db, `SELECT id, snoozed_until AS until FROM conversations WHERE snoozed_until <= ? ORDER BY snoozed_until LIMIT ${MAX_WOKEN}`).all(ctx.nowMs);
  db.transaction(() => {
    for (const { id, until } of rows) applyWork(db, ctx, { conversationId: id, repId: null, kind: 'woken', change: { conversation: { snoozed_until: null, woken_at: until } } });
  })();
  return rows.map(({ id }) => id);
}

/** A reply deals with what came back and with what was handed over, and makes a conversation of nobody the rep's own. Call inside the transaction that queues it. */
export function noteAnswered(db: WritableDb, conversationId: ConversationId, repId: RepId): void {
  prepared(db, 'UPDATE conversations SET woken_at = NULL, handed_over_at = NULL, rep_id = coalesce(rep_id, ?) WHERE id = ?').run(repId, conversationId);
}

/** The next to come back, soonest first, within `withinMs`. */
export function listSnoozedSoon(db: ReadableDb, nowMs: number, withinMs: number, limit: number): { conversationId: ConversationId; customerName: string; until: number }[] {
  return prepared<{ conversationId: ConversationId; customerName: string; until: number }>(
    db,
    `SELECT c.id AS conversationId, u.name AS customerName, c.snoozed_until AS until FROM conversations c JOIN customers u ON u.id = c.customer_id
     WHERE c.state = 'open' AND c.snoozed_until > ? AND c.snoozed_until <= ? ORDER BY c.snoozed_until, c.id LIMIT ?`,
  ).all(nowMs, nowMs + withinMs, limit);
}

/** Open conversations per view of the queue. */
export function countViews(db: ReadableDb, nowMs: number, repId: RepId): ViewCounts {
  const isAwake = '(snoozed_until IS NULL OR snoozed_until <= @nowMs)';
  const row = prepared<{ mine: number; unassigned: number; awake: number; snoozed: number }>(
    db,
    `SELECT count(*) FILTER (WHERE ${isAwake} AND rep_id = @repId) AS mine, count(*) FILTER (WHERE ${isAwake} AND rep_id IS NULL) AS unassigned,
     count(*) FILTER (WHERE ${isAwake}) AS awake, count(*) FILTER (WHERE snoozed_until > @nowMs) AS snoozed FROM conversations WHERE state = 'open'`,
  ).get({ nowMs, repId });
  return { mine: row?.mine ?? 0, unassigned: row?.unassigned ?? 0, all: row?.awake ?? 0, snoozed: row?.snoozed ?? 0 };
}
