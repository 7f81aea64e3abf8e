import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { FoundCustomer } from '../../shared/contract/everywhere.contract.ts';
import type { ConversationId, CustomerId, MessageId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';

type Related = FoundCustomer['conversations'][number];
export type NearbyMessage = { id: MessageId; role: MessageRole; text: string; sentAt: number };

const MOST_CONVERSATIONS = 20;
const LAST_TEXT_CHARACTERS = 200;
const NEARBY = 4;

/** A customer's conversations: those in which one of the order's numbers stands first, then the newest. */
export function listRelatedConversations(db: ReadableDb, customerId: CustomerId, numbers: readonly string[]): Related[] {
  return prepared<Omit<Related, 'isAboutOrder'> & { isAboutOrder: 0 | 1 }>(
    db,
    `SELECT c.id, c.state, ch.kind AS channelKind, c.last_at AS lastAt, coalesce(substr(l.text, 1, ${LAST_TEXT_CHARACTERS}), '') AS lastText,
       EXISTS (SELECT 1 FROM messages m, json_each(@numbers) n WHERE m.conversation_id = c.id AND instr(m.text, n.value) > 0) AS isAboutOrder
     FROM conversations c JOIN channels ch ON ch.id = c.channel_id LEFT JOIN messages l ON l.seq = c.last_seq
     WHERE c.customer_id = @customerId ORDER BY isAboutOrder DESC, c.state DESC, c.last_at DESC LIMIT ${MOST_CONVERSATIONS}`,
  ).all({ customerId, numbers: JSON.stringify(numbers) }).map((row) => ({ ...row, isAboutOrder: row.isAboutOrder === 1 }));
}

/** One message with the four before and after it, oldest first. @throws DeskmateError not_found */
export function listMessagesAround(db: ReadableDb, messageId: MessageId): NearbyMessage[] {
  const place = prepared<{ conversationId: ConversationId; seq: number; sentAt: number }>(db, 'SELECT conversation_id AS conversationId, seq, sent_at AS sentAt FROM messages WHERE id = ?').get(messageId);
  if (place === undefined) throw new DeskmateError('not_found', 'There is no such message.');
  const select = 'SELECT id, role, text, sent_at AS sentAt FROM messages WHERE conversation_id = @conversationId AND (sent_at, seq)';
  const before = prepared<NearbyMessage>(db, `${select} < (@sentAt, @seq) ORDER BY sent_at DESC, seq DESC LIMIT ${NEARBY}`).all(place);
  const after = prepared<NearbyMessage>(db, `${select} >= (@sentAt, @seq) ORDER BY sent_at, seq LIMIT ${NEARBY + 1}`).all(place);
  return [...before.reverse(), ...after];
}
