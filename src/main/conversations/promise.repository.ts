import type { ConversationId, MessageId, RepId } from '../../shared/contract/ids.contract.ts';
import type { Promised } from '../../shared/contract/work.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { findPromises } from '../text/deadlines.ts';

type RepMessageRow = { id: MessageId; conversationId: ConversationId; customerName: string; text: string; sentAt: number };

const DAY_MS = 86_400_000;
/** A promise older than this was kept or is beyond saving. */
const LOOK_BACK_MS = 7 * DAY_MS;
/** Overdue promises stay on the list for a day. */
const OVERDUE_MS = DAY_MS;
const MAX_MESSAGES = 2000;

/**
 * Promises of open conversations that fall due until `until`, or did within the last day, soonest first. They are read from the reps' own
 * messages of the last week, so that nothing has to be kept in step with them; those ticked off are left out.
 */
export function listPromisesDue(db: ReadableDb, options: { nowMs: number; until: number; utcOffsetMs: number; limit: number }): Promised[] {
  const { nowMs, until, utcOffsetMs, limit } = options;
  const rows = prepared<RepMessageRow>(
    db,
    `SELECT m.id, m.conversation_id AS conversationId, u.name AS customerName, m.text, m.sent_at AS sentAt FROM conversations c JOIN customers u ON u.id = c.customer_id
     JOIN messages m ON m.conversation_id = c.id WHERE c.state = 'open' AND c.last_at > ? AND m.role = 'rep' AND m.sent_at > ? ORDER BY m.sent_at DESC LIMIT ${MAX_MESSAGES}`,
  ).all(nowMs - LOOK_BACK_MS, nowMs - LOOK_BACK_MS);
  const isSettled = prepared(db, 'SELECT 1 FROM settled_promises WHERE message_id = ? AND quote = ?');
  const due = rows.flatMap(({ id, text, sentAt, conversationId, customerName }) =>
    findPromises(text, sentAt, utcOffsetMs).flatMap(({ text: quote, dueAt }): Promised[] =>
      dueAt === null || dueAt > until || dueAt < nowMs - OVERDUE_MS || isSettled.get(id, quote) !== undefined ? [] : [{ conversationId, customerName, messageId: id, quote, saidAt: sentAt, dueAt }]));
  return due.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit);
}

/** Ticks a promise off, or back on. `quote` is the sentence as it was listed. */
export function settlePromise(db: WritableDb, promise: { messageId: MessageId; quote: string; isSettled: boolean; repId: RepId }, nowMs: number): void {
  if (promise.isSettled) {
    prepared(db, 'INSERT INTO settled_promises (message_id, quote, rep_id, settled_at) SELECT id, ?, ?, ? FROM messages WHERE id = ? ON CONFLICT DO NOTHING').run(promise.quote, promise.repId, nowMs, promise.messageId);
  } else prepared(db, 'DELETE FROM settled_promises WHERE message_id = ? AND quote = ?').run(promise.messageId, promise.quote);
}
