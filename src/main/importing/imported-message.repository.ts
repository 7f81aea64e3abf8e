import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, Language, MessageId } from '../../shared/contract/ids.contract.ts';
import type { AttachmentSource } from '../conversations/attachment-source.ts';
import { fillExtras } from '../conversations/message-extras.ts';
import { insertMessage } from '../conversations/message.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexKindOf, indexText, unindexText } from '../search/index-writer.ts';
import type { PiiSpan } from '../text/pii.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';

/** A message of the past, with what is worked out from its text. */
export type ImportedMessage = { externalId: string; role: MessageRole; text: string; sentAt: number; language: Language; piiSpans: readonly PiiSpan[]; attachments?: readonly AttachmentSource[] };

/** Stores a message that was written before now, or corrects the stored one of the same external id; never counts as unread. */
export function upsertImportedMessage(db: WritableDb, ctx: WriteContext, conversationId: ConversationId, message: ImportedMessage): UpsertOutcome {
  const inserted = insertMessage(db, ctx, { ...message, conversationId, isLive: false });
  if (inserted !== undefined) {
    fillExtras(db, ctx, inserted.message, message.attachments ?? []);
    return 'added';
  }
  const stored = prepared<StoredMessage>(db, 'SELECT id, seq, role, text, sent_at AS sentAt FROM messages WHERE conversation_id = ? AND external_id = ?').get(conversationId, message.externalId);
  if (stored === undefined) return 'unchanged';
  const hasNewFiles = fillExtras(db, ctx, { id: stored.id, conversationId }, message.attachments ?? []);
  return correctMessage(db, stored, message) || hasNewFiles ? 'updated' : 'unchanged';
}

type StoredMessage = { id: MessageId; seq: number; role: MessageRole; text: string; sentAt: number };

/** False when the stored message says the same already. */
function correctMessage(db: WritableDb, stored: StoredMessage, message: ImportedMessage): boolean {
  if (stored.role === message.role && stored.text === message.text && stored.sentAt === message.sentAt) return false;
  prepared(db, 'UPDATE messages SET role = ?, text = ?, sent_at = ?, language = ?, pii_spans = ? WHERE seq = ?')
    .run(message.role, message.text, message.sentAt, message.language, message.piiSpans.length === 0 ? null : JSON.stringify(message.piiSpans), stored.seq);
  const [before, after] = [indexKindOf(stored.role), indexKindOf(message.role)];
  if (before !== undefined) unindexText(db, before, stored.seq);
  if (after !== undefined && message.text.trim() !== '') indexText(db, after, stored.seq, message.text);
  return true;
}
