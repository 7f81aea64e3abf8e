import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import { findConversation } from '../conversations/conversation.repository.ts';
import { listTurns } from '../conversations/message.repository.ts';
import { listMessageAttachments } from '../conversations/attachment.repository.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { readConversations } from '../importing/read-conversations.ts';
import type { StoredConversation } from '../sync/replay.connector.ts';
import type { ReplaySource } from '../sync/sync.service.ts';

const TURN_LIMIT = 500;

/** What a replay plays: the conversations of a file, or stored ones when no file is named. */
export async function loadReplay(db: ReadableDb, openFile: (path: string) => Promise<OpenedFile>, source: ReplaySource): Promise<StoredConversation[]> {
  if (source.path === null) return source.conversationIds.flatMap((id) => storedConversation(db, id as ConversationId) ?? []);
  const conversations = await readConversations(await openFile(source.path), source.limit);
  return conversations.map(({ externalId, customerExternalId, customerName, messages }) => ({ externalId, customerExternalId, customerName: customerName ?? customerExternalId, messages }));
}

function storedConversation(db: ReadableDb, id: ConversationId): StoredConversation | undefined {
  const conversation = findConversation(db, id);
  const customer = conversation === undefined ? undefined : findCustomer(db, conversation.customerId);
  if (conversation === undefined || customer === undefined) return undefined;
  const turns = listTurns(db, id, TURN_LIMIT);
  const files = listMessageAttachments(db, turns.map((turn) => turn.id));
  const messages = turns.map(({ id: messageId, role, text, sentAt }) => ({ role, text, sentAt, attachments: files.get(messageId)?.map((file) => ({ kind: 'stored' as const, name: file.name, id: file.id })) }));
  return { externalId: conversation.externalId, customerExternalId: customer.externalId, customerName: customer.name, messages };
}
