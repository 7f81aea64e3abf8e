import type { ConversationId, MessageId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

export type UnansweredRow = { messageId: MessageId; conversationId: ConversationId; text: string; askedAt: number };

/** Notes that nothing was found for a customer's message; one that was dealt with before stays so. */
export function insertUnanswered(db: WritableDb, messageId: MessageId): void {
  prepared(db, "INSERT OR IGNORE INTO unanswered_questions (message_id, asked_at, state) SELECT id, sent_at, 'open' FROM messages WHERE id = ?").run(messageId);
}

/** Something was found after all: the question leaves the list. */
export function deleteUnanswered(db: WritableDb, messageId: MessageId): void {
  prepared(db, "DELETE FROM unanswered_questions WHERE message_id = ? AND state = 'open'").run(messageId);
}

/** Newest first; the words are read from the message, so erasing a customer takes them along. */
export function listUnanswered(db: ReadableDb): UnansweredRow[] {
  return prepared<UnansweredRow>(
    db,
    `SELECT q.message_id AS messageId, m.conversation_id AS conversationId, m.text, q.asked_at AS askedAt
     FROM unanswered_questions q JOIN messages m ON m.id = q.message_id WHERE q.state = 'open' ORDER BY q.asked_at DESC, m.seq DESC`,
  ).all();
}

export function setQuestionState(db: WritableDb, messageIds: readonly MessageId[], state: 'open' | 'answered' | 'dismissed', articleId: string | null): void {
  const statement = prepared(db, 'UPDATE unanswered_questions SET state = ?, article_id = ? WHERE message_id = ?');
  for (const messageId of messageIds) statement.run(state, articleId, messageId);
}
