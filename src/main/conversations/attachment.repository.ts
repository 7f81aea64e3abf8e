import { ATTACHMENT_CHUNK_BYTES, type Attachment, type AttachmentId, type AttachmentKind, type AttachmentReason, type Quote } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId, MessageId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';

/** `isComplete`: every byte has come and the file was looked at. */
export type StoredAttachment = Attachment & { conversationId: ConversationId | null; isComplete: boolean };
export type NewAttachment = Omit<Attachment, 'id'> & { conversationId: ConversationId | null; isComplete: boolean };

type AttachmentRow = {
  id: string; conversation_id: string | null; name: string; mime: string; kind: AttachmentKind; byte_count: number; width: number | null; height: number | null;
  state: Attachment['state']; reason: AttachmentReason | null; url: string | null; is_complete: number;
};

const COLUMNS = ['id', 'conversation_id', 'name', 'mime', 'kind', 'byte_count', 'width', 'height', 'state', 'reason', 'url', 'is_complete'].map((column) => `a.${column}`).join(', ');
const DAY_MS = 24 * 60 * 60_000;

function rowToAttachment(row: AttachmentRow): Attachment {
  const { id, name, mime, kind, width, height, state, reason, url } = row;
  return { id: id as AttachmentId, name, mime, kind, byteCount: row.byte_count, width, height, state, reason, url };
}

export function insertAttachment(db: WritableDb, ctx: WriteContext, attachment: NewAttachment): AttachmentId {
  const id = ctx.newId() as AttachmentId;
  const { conversationId, name, mime, kind, byteCount, width, height, state, reason, url, isComplete } = attachment;
  prepared(db, 'INSERT INTO attachments (id, conversation_id, name, mime, kind, byte_count, width, height, state, reason, url, is_complete, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, conversationId, name, mime, kind, byteCount, width, height, state, reason, url, isComplete ? 1 : 0, ctx.nowMs);
  return id;
}

/** @throws DeskmateError not_found */
export function getAttachment(db: ReadableDb, id: AttachmentId): StoredAttachment {
  const row = prepared<AttachmentRow>(db, `SELECT ${COLUMNS} FROM attachments a WHERE a.id = ?`).get(id);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such file.');
  return { ...rowToAttachment(row), conversationId: row.conversation_id as ConversationId | null, isComplete: row.is_complete === 1 };
}

/** What the bytes turned out to be. */
export function completeAttachment(db: WritableDb, id: AttachmentId, found: Pick<Attachment, 'mime' | 'kind' | 'width' | 'height'>): void {
  prepared(db, 'UPDATE attachments SET mime = ?, kind = ?, width = ?, height = ?, is_complete = 1 WHERE id = ?').run(found.mime, found.kind, found.width, found.height, id);
}

export function deleteAttachment(db: WritableDb, id: AttachmentId): void {
  prepared(db, 'DELETE FROM attachments WHERE id = ?').run(id);
}

/** The bytes from `ord × ATTACHMENT_CHUNK_BYTES` on; the same place twice keeps the first. */
export function insertChunk(db: WritableDb, id: AttachmentId, ord: number, bytes: Uint8Array): void {
  prepared(db, 'INSERT INTO attachment_chunks (attachment_id, ord, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(id, ord, bytes);
}

export function findChunk(db: ReadableDb, id: AttachmentId, ord: number): Buffer | undefined {
  return prepared<{ bytes: Buffer }>(db, 'SELECT bytes FROM attachment_chunks WHERE attachment_id = ? AND ord = ?').get(id, ord)?.bytes;
}

/** True when the chunks are exactly the announced bytes, without a gap. */
export function hasEveryByte(db: ReadableDb, id: AttachmentId, byteCount: number): boolean {
  const row = prepared<{ count: number; last: number | null; bytes: number | null }>(db, 'SELECT count(*) AS count, max(ord) AS last, sum(length(bytes)) AS bytes FROM attachment_chunks WHERE attachment_id = ?').get(id);
  return row !== undefined && row.bytes === byteCount && row.count === Math.ceil(byteCount / ATTACHMENT_CHUNK_BYTES) && row.last === row.count - 1;
}

/** Every byte, chunk by chunk. */
export function* readAttachment(db: ReadableDb, id: AttachmentId): Generator<Buffer> {
  for (let ord = 0; ; ord++) {
    const bytes = findChunk(db, id, ord);
    if (bytes === undefined) return;
    yield bytes;
  }
}

export function attachToMessage(db: WritableDb, messageId: MessageId, ids: readonly AttachmentId[]): void {
  for (const [ord, id] of ids.entries()) prepared(db, 'INSERT INTO message_attachments (message_id, ord, attachment_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(messageId, ord, id);
}

const OF_MESSAGES = `SELECT x.message_id AS owner, ${COLUMNS} FROM message_attachments x JOIN attachments a ON a.id = x.attachment_id WHERE x.message_id IN (SELECT value FROM json_each(?)) ORDER BY x.message_id, x.ord`;
const OF_REPLIES = `SELECT x.outbox_id AS owner, ${COLUMNS} FROM outbox_attachments x JOIN attachments a ON a.id = x.attachment_id WHERE x.outbox_id IN (SELECT value FROM json_each(?)) ORDER BY x.outbox_id, x.ord`;
const OF_DRAFT = `SELECT x.conversation_id AS owner, ${COLUMNS} FROM draft_attachments x JOIN attachments a ON a.id = x.attachment_id WHERE x.conversation_id = ? AND a.is_complete = 1 ORDER BY x.added_at, a.id`;

function grouped(rows: readonly (AttachmentRow & { owner: string })[]): Map<string, Attachment[]> {
  const lists = new Map<string, Attachment[]>();
  for (const row of rows) lists.set(row.owner, [...(lists.get(row.owner) ?? []), rowToAttachment(row)]);
  return lists;
}

/** The files of each of these messages, in order; messages without any are not in the map. */
export function listMessageAttachments(db: ReadableDb, messageIds: readonly MessageId[]): Map<string, Attachment[]> {
  return grouped(prepared<AttachmentRow & { owner: string }>(db, OF_MESSAGES).all(JSON.stringify(messageIds)));
}

export function listReplyAttachments(db: ReadableDb, outboxIds: readonly string[]): Map<string, Attachment[]> {
  return grouped(prepared<AttachmentRow & { owner: string }>(db, OF_REPLIES).all(JSON.stringify(outboxIds)));
}

export function listDraftAttachments(db: ReadableDb, conversationId: ConversationId): Attachment[] {
  return prepared<AttachmentRow & { owner: string }>(db, OF_DRAFT).all(conversationId).map(rowToAttachment);
}

export function attachToDraft(db: WritableDb, conversationId: ConversationId, id: AttachmentId, nowMs: number): void {
  prepared(db, 'INSERT INTO draft_attachments (conversation_id, attachment_id, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(conversationId, id, nowMs);
}

export function detachFromDraft(db: WritableDb, conversationId: ConversationId, id: AttachmentId): void {
  prepared(db, 'DELETE FROM draft_attachments WHERE conversation_id = ? AND attachment_id = ?').run(conversationId, id);
}

export function attachToReply(db: WritableDb, outboxId: string, ids: readonly AttachmentId[]): void {
  for (const [ord, id] of ids.entries()) prepared(db, 'INSERT INTO outbox_attachments (outbox_id, ord, attachment_id) VALUES (?, ?, ?)').run(outboxId, ord, id);
}

const QUOTE_CHARACTERS = 200;

/** A message as a quote shows it; undefined when it is not there, or in another conversation. */
export function findQuote(db: ReadableDb, conversationId: ConversationId, messageId: string): Quote | undefined {
  return prepared<Quote>(db, `SELECT id AS messageId, role, substr(text, 1, ${QUOTE_CHARACTERS}) AS text FROM messages WHERE id = ? AND conversation_id = ?`).get(messageId, conversationId);
}

/** What each of these messages answers. */
export function listQuotes(db: ReadableDb, messageIds: readonly MessageId[]): Map<string, Quote> {
  const rows = prepared<Quote & { owner: string }>(
    db,
    `SELECT m.id AS owner, q.id AS messageId, q.role, substr(q.text, 1, ${QUOTE_CHARACTERS}) AS text FROM messages m JOIN messages q ON q.id = m.reply_to AND q.conversation_id = m.conversation_id
     WHERE m.id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(messageIds));
  return new Map(rows.map(({ owner, ...quote }) => [owner, quote]));
}

/** Files of conversations that nothing points at any more and nobody can bring back by undo: half uploads, taken out of a draft. Returns how many. */
export function deleteLooseAttachments(db: WritableDb, nowMs: number): number {
  return prepared(
    db,
    `DELETE FROM attachments WHERE conversation_id IS NOT NULL AND created_at < ?
     AND NOT EXISTS (SELECT 1 FROM message_attachments x WHERE x.attachment_id = attachments.id) AND NOT EXISTS (SELECT 1 FROM draft_attachments x WHERE x.attachment_id = attachments.id)
     AND NOT EXISTS (SELECT 1 FROM outbox_attachments x WHERE x.attachment_id = attachments.id) AND NOT EXISTS (SELECT 1 FROM evidence x WHERE x.attachment_id = attachments.id)`,
  ).run(nowMs - DAY_MS).changes;
}
