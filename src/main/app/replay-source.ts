import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import { listConversationIds, findConversation } from '../conversations/conversation.repository.ts';
import { listTurns } from '../conversations/message.repository.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import type { StoredConversation } from '../sync/replay.connector.ts';

const TURN_LIMIT = 500;

/** Stored conversations with at least one customer message, oldest first, as a replay plays them. */
export function storedConversations(db: ReadableDb, limit: number): StoredConversation[] {
  return listConversationIds(db, limit).flatMap((id) => storedConversation(db, id) ?? []);
}

function storedConversation(db: ReadableDb, id: ConversationId): StoredConversation | undefined {
  const conversation = findConversation(db, id);
  const customer = conversation === undefined ? undefined : findCustomer(db, conversation.customerId);
  if (conversation === undefined || customer === undefined) return undefined;
  const messages = listTurns(db, id, TURN_LIMIT).map(({ role, text, sentAt }) => ({ role, text, sentAt }));
  return { externalId: conversation.externalId, customerExternalId: customer.externalId, customerName: customer.name, messages };
}
