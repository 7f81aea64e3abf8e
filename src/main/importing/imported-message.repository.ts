import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, Language } from '../../shared/contract/ids.contract.ts';
import { insertMessage } from '../conversations/message.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexKindOf, indexText, unindexText } from '../search/index-writer.ts';
import type { PiiSpan } from '../text/pii.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';

/** A message of the past, with what is worked out from its text. */
export type ImportedMessage = { externalId: string; role: MessageRole; text: string; sentAt: number; language: Language; piiSpans: readonly PiiSpan[] };

/** Stores a message that was written before now, or corrects the stored one of the same external id; never counts as unread. */
export function upsertImportedMessage(db: WritableDb, ctx: WriteContext, conversationId: ConversationId, message: ImportedMessage): UpsertOutcome {
  if (insertMessage(db, ctx, { ...message, conversationId, isLive: false }) !== undefined) return 'added';
  const stored = prepared<{ seq: number; role: MessageRole; text: string; sentAt: number }>(db, 'SELECT seq, role, text, sent_at AS sentAt FROM messages WHERE conversation_id = ? AND external_id = ?').get(conversationId, message.externalId);
  if (stored === undefined || (stored.role === message.role && stored.text === message.text && stored.sentAt === message.sentAt)) return 'unchanged';
  prepared(db, 'UPDATE messages SET role = ?, text = ?, sent_at = ?, language = ?, pii_spans = ? WHERE seq = ?')
    .run(message.role, message.text, message.sentAt, message.language, message.piiSpans.length === 0 ? null : JSON.stringify(message.piiSpans), stored.seq);
  const [before, after] = [indexKindOf(stored.role), indexKindOf(message.role)];
  if (before !== undefined) unindexText(db, before, stored.seq);
  if (after !== undefined && message.text.trim() !== '') indexText(db, after, stored.seq, message.text);
  return 'updated';
}
