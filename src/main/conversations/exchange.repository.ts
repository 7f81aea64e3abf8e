import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** One message of a customer or a rep in a conversation that is closed. */
export type FinishedTurn = { conversationId: string; role: 'customer' | 'rep'; text: string; sentAt: number };

/** Conversation by conversation, each in the order of time; one row at a time, because a shop has years of them. */
export function iterateFinishedTurns(db: ReadableDb): IterableIterator<FinishedTurn> {
  return prepared<FinishedTurn>(
    db,
    `SELECT m.conversation_id AS conversationId, m.role, m.text, m.sent_at AS sentAt FROM conversations c JOIN messages m ON m.conversation_id = c.id
     WHERE c.state = 'closed' AND m.role IN ('customer', 'rep') ORDER BY m.conversation_id, m.sent_at, m.seq`,
  ).iterate();
}
