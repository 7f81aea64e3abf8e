import type { Attachment } from '../../shared/contract/attachment.contract.ts';
import type { OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { OutgoingReply } from './connector.ts';

/** A message as the channel knows it. */
export type QuotedMessage = { externalId: string; text: string };

/** The message this reply answers; undefined when it answers none, or one that is gone. */
export function findQuotedMessage(db: ReadableDb, entry: OutboxEntry): QuotedMessage | undefined {
  if (entry.replyTo === undefined) return undefined;
  return prepared<QuotedMessage>(db, 'SELECT external_id AS externalId, text FROM messages WHERE id = ? AND conversation_id = ?').get(entry.replyTo.messageId, entry.conversationId);
}

export type OutgoingParts = { conversationExternalId: string; canQuote: boolean; quoted: QuotedMessage | undefined; readFile: (attachment: Attachment) => Iterable<Uint8Array> };

/** A queued reply as a connector sends it. A channel that cannot quote gets the quoted words as its first line. */
export function outgoingReply(entry: OutboxEntry, { conversationExternalId, canQuote, quoted, readFile }: OutgoingParts): OutgoingReply {
  const line = quoted === undefined || canQuote ? '' : quoteLine(quoted.text);
  const files = (entry.attachments ?? []).map((attachment) => ({ name: attachment.name, mime: attachment.mime, byteCount: attachment.byteCount, read: () => readFile(attachment) }));
  return {
    id: entry.id,
    conversationExternalId,
    text: line === '' ? entry.text : `${line}\n${entry.text}`.trimEnd(),
    ...(files.length === 0 ? {} : { files }),
    ...(quoted !== undefined && canQuote ? { replyToExternalId: quoted.externalId } : {}),
  };
}

const QUOTE_CHARACTERS = 60;

/** «First line of it…»; empty for a message without words. */
export function quoteLine(text: string): string {
  const first = text.split(/[\r\n]/).find((line) => line.trim() !== '')?.trim() ?? '';
  const characters = [...first.replaceAll(/[«»]/g, '')];
  if (characters.length === 0) return '';
  return `«${characters.slice(0, QUOTE_CHARACTERS).join('')}${characters.length > QUOTE_CHARACTERS ? '…' : ''}»`;
}
