import type { Draft, Message, OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, MessageId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { AttachmentSource } from './attachment-source.ts';
import { storeAttachment } from './attachment-store.ts';
import { attachToMessage, attachToReply, deleteAttachment, findQuote, listMessageAttachments, listQuotes, listReplyAttachments } from './attachment.repository.ts';
import type { AttachmentId } from '../../shared/contract/attachment.contract.ts';

/** The same messages with their files and what they answer; a message without either stays as it is. */
export function withExtras<T extends Message>(db: ReadableDb, messages: readonly T[]): T[] {
  const ids = messages.map(({ id }) => id);
  const files = listMessageAttachments(db, ids);
  const quotes = listQuotes(db, ids);
  return messages.map((message) => {
    const attachments = files.get(message.id);
    const replyTo = quotes.get(message.id);
    return { ...message, ...(attachments === undefined ? {} : { attachments }), ...(replyTo === undefined ? {} : { replyTo }) };
  });
}

/** Gives a message that was just stored its files and what it answers (the other message's external id). The caller owns the transaction. */
export function addExtras(db: WritableDb, ctx: WriteContext, message: Message, extras: { attachments?: readonly AttachmentSource[] | undefined; replyToExternalId?: string | undefined }): Message {
  const { attachments = [], replyToExternalId } = extras;
  if (attachments.length === 0 && replyToExternalId === undefined) return message;
  attachToMessage(db, message.id, attachments.map((source) => storeAttachment(db, ctx, message.conversationId, source)));
  if (replyToExternalId !== undefined) {
    prepared(db, 'UPDATE messages SET reply_to = (SELECT id FROM messages WHERE conversation_id = ? AND external_id = ?) WHERE id = ?').run(message.conversationId, replyToExternalId, message.id);
  }
  return withExtras(db, [message])[0] ?? message;
}

/** Files of a message of the past: kept unless it has kept ones already (the same file imported again). True when something was added. */
export function fillExtras(db: WritableDb, ctx: WriteContext, message: Pick<Message, 'id' | 'conversationId'>, attachments: readonly AttachmentSource[]): boolean {
  if (attachments.length === 0) return false;
  const before = listMessageAttachments(db, [message.id]).get(message.id) ?? [];
  const isBetter = attachments.some(({ kind }) => kind !== 'missing') && before.every(({ state }) => state === 'missing');
  if (before.length > 0 && !isBetter) return false;
  for (const { id } of before) deleteAttachment(db, id);
  attachToMessage(db, message.id, attachments.map((source) => storeAttachment(db, ctx, message.conversationId, source)));
  return true;
}

/** The same replies with their files and what they answer. */
export function withReplyExtras<T extends OutboxEntry>(db: ReadableDb, replies: readonly T[]): T[] {
  const files = listReplyAttachments(db, replies.map(({ id }) => id));
  return replies.map((reply) => {
    const attachments = files.get(reply.id);
    const replyTo = quoteOfReply(db, reply);
    return { ...reply, ...(attachments === undefined ? {} : { attachments }), ...(replyTo === undefined ? {} : { replyTo }) };
  });
}

function quoteOfReply(db: ReadableDb, { id, conversationId }: OutboxEntry) {
  const messageId = prepared<{ replyTo: string | null }>(db, 'SELECT reply_to AS replyTo FROM outbox WHERE id = ?').get(id)?.replyTo ?? null;
  return messageId === null ? undefined : findQuote(db, conversationId, messageId);
}

/** What a reply takes along besides its text. */
export type ReplyExtras = { attachmentIds?: readonly AttachmentId[] | undefined; replyToId?: MessageId | undefined };

/** Gives a queued reply its files, which leave the draft with it, and what it answers. The caller owns the transaction. */
export function addReplyExtras(db: WritableDb, reply: { id: string; conversationId: ConversationId }, { attachmentIds = [], replyToId }: ReplyExtras): void {
  attachToReply(db, reply.id, attachmentIds);
  const remove = prepared(db, 'DELETE FROM draft_attachments WHERE conversation_id = ? AND attachment_id = ?');
  for (const id of attachmentIds) remove.run(reply.conversationId, id);
  if (replyToId !== undefined) prepared(db, 'UPDATE outbox SET reply_to = ? WHERE id = ?').run(replyToId, reply.id);
}

/** A sent reply as a message keeps what it carried. The caller owns the transaction. */
export function moveReplyExtras(db: WritableDb, outboxId: string, messageId: MessageId): void {
  prepared(db, 'INSERT INTO message_attachments (message_id, ord, attachment_id) SELECT ?, ord, attachment_id FROM outbox_attachments WHERE outbox_id = ? ON CONFLICT DO NOTHING').run(messageId, outboxId);
  prepared(db, 'UPDATE messages SET reply_to = (SELECT reply_to FROM outbox WHERE id = ?) WHERE id = ?').run(outboxId, messageId);
}

/** The quote a stored draft points at. */
export function quoteOfDraft(db: ReadableDb, conversationId: ConversationId): Pick<Draft, 'replyTo'> {
  const messageId = prepared<{ replyTo: string | null }>(db, 'SELECT reply_to AS replyTo FROM drafts WHERE conversation_id = ?').get(conversationId)?.replyTo ?? null;
  const quote = messageId === null ? undefined : findQuote(db, conversationId, messageId);
  return quote === undefined ? {} : { replyTo: quote };
}

/** Before a reply goes back into the draft: its files follow it there, and what it answers is answered for the caller to keep. */
export function takeBackExtras(db: WritableDb, reply: { id: string; conversationId: ConversationId }, nowMs: number): Pick<Draft, 'replyTo'> {
  prepared(db, 'INSERT INTO draft_attachments (conversation_id, attachment_id, added_at) SELECT ?, attachment_id, ? + ord FROM outbox_attachments WHERE outbox_id = ? ON CONFLICT DO NOTHING')
    .run(reply.conversationId, nowMs, reply.id);
  const messageId = prepared<{ replyTo: string | null }>(db, 'SELECT reply_to AS replyTo FROM outbox WHERE id = ?').get(reply.id)?.replyTo ?? null;
  const quote = messageId === null ? undefined : findQuote(db, reply.conversationId, messageId);
  return quote === undefined ? {} : { replyTo: quote };
}
