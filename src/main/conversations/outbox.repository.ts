import type { Draft, OutboxEntry, OutboxState } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, MessageId, OutboxId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { deleteDraft, findDraft, saveDraft } from './draft.repository.ts';
import { addReplyExtras, takeBackExtras, withReplyExtras, type ReplyExtras } from './message-extras.ts';

export type NewReply = { id: OutboxId; conversationId: ConversationId; text: string; suggestionIds: readonly SuggestionId[]; repId?: string } & ReplyExtras;
/** `isAttempt` counts one more try. */
export type OutboxChange = { state: OutboxState; error?: string | null; messageId?: MessageId; isAttempt?: boolean };
export type StoredReply = OutboxEntry & { suggestionIds: SuggestionId[] };

type OutboxRow = { id: string; conversation_id: string; text: string; state: OutboxState; attempt_count: number; error: string | null; message_id: string | null; suggestion_ids: string; created_at: number };

const COLUMNS = 'id, conversation_id, text, state, attempt_count, error, message_id, suggestion_ids, created_at';

function rowToReply(row: OutboxRow): StoredReply {
  return {
    id: row.id as OutboxId, conversationId: row.conversation_id as ConversationId, text: row.text, state: row.state, attemptCount: row.attempt_count,
    error: row.error, messageId: row.message_id as MessageId | null, createdAt: row.created_at, suggestionIds: JSON.parse(row.suggestion_ids) as SuggestionId[],
  };
}

/**
 * Queues one reply and clears the draft in one transaction. The same id again answers the stored reply; a draft of its very words, saved while the
 * answer was lost, goes too, or it would be sent a second time.
 * @throws DeskmateError conflict when the id is that of a reply in another conversation
 */
export function insertReply(db: WritableDb, reply: NewReply, nowMs: number): StoredReply {
  return db.transaction(() => {
    const { changes } = prepared(
      db,
      "INSERT INTO outbox (id, conversation_id, text, state, suggestion_ids, rep_id, created_at, updated_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    ).run(reply.id, reply.conversationId, reply.text, JSON.stringify(reply.suggestionIds), reply.repId ?? null, nowMs, nowMs);
    const stored = getReply(db, reply.id);
    if (stored.conversationId !== reply.conversationId) throw new DeskmateError('conflict', 'This reply belongs to another conversation.');
    if (changes === 1) addReplyExtras(db, reply, reply);
    if (changes === 1 || findDraft(db, reply.conversationId)?.text.trim() === reply.text) deleteDraft(db, reply.conversationId);
    return getReply(db, reply.id);
  })();
}

/** Who wrote this reply: not always who is at the desk when it goes out. */
export function findReplyRep(db: ReadableDb, id: OutboxId): string | null {
  return prepared<{ rep_id: string | null }>(db, 'SELECT rep_id FROM outbox WHERE id = ?').get(id)?.rep_id ?? null;
}

/** @throws DeskmateError not_found */
export function getReply(db: ReadableDb, id: OutboxId): StoredReply {
  const row = prepared<OutboxRow>(db, `SELECT ${COLUMNS} FROM outbox WHERE id = ?`).get(id);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such reply.');
  return withReplyExtras(db, [rowToReply(row)])[0] ?? rowToReply(row);
}

/** Oldest first. */
export function listOutbox(db: ReadableDb, conversationId: ConversationId): StoredReply[] {
  return withReplyExtras(db, prepared<OutboxRow>(db, `SELECT ${COLUMNS} FROM outbox WHERE conversation_id = ? ORDER BY created_at, id`).all(conversationId).map(rowToReply));
}

/** Every reply that no channel has confirmed, oldest first. */
export function listUnsent(db: ReadableDb): StoredReply[] {
  return withReplyExtras(db, prepared<OutboxRow>(db, `SELECT ${COLUMNS} FROM outbox WHERE state <> 'sent' ORDER BY created_at, id`).all().map(rowToReply));
}

/** A sent reply stays sent. @throws DeskmateError not_found */
export function setOutboxState(db: WritableDb, id: OutboxId, change: OutboxChange, nowMs: number): StoredReply {
  prepared(
    db,
    `UPDATE outbox SET state = ?, error = ?, message_id = coalesce(?, message_id), attempt_count = attempt_count + ?, updated_at = ? WHERE id = ? AND (state <> 'sent' OR ? = 'sent')`,
  ).run(change.state, change.error ?? null, change.messageId ?? null, change.isAttempt === true ? 1 : 0, nowMs, id, change.state);
  return getReply(db, id);
}

/** After a stop in the middle of sending nobody knows whether the customer has it: the rep is asked, nothing is sent twice. Returns how many. */
export function markUnknownReplies(db: WritableDb, nowMs: number): number {
  return prepared(db, "UPDATE outbox SET state = 'unknown', updated_at = ? WHERE state = 'sending'").run(nowMs).changes;
}

/**
 * Takes an unsent reply back into the draft; a draft begun since then follows it on a new line.
 * @throws DeskmateError not_found, or conflict when it is on its way or sent.
 */
export function takeBack(db: WritableDb, id: OutboxId, nowMs: number): Draft {
  return db.transaction(() => {
    const reply = getReply(db, id);
    if (reply.state === 'sending' || reply.state === 'sent') throw new DeskmateError('conflict', 'This reply is already on its way.');
    const later = findDraft(db, reply.conversationId);
    const quote = takeBackExtras(db, reply, nowMs);
    const shift = reply.text.length + 1;
    const draft = {
      ...(later?.replyTo === undefined ? quote : { replyTo: later.replyTo }),
      conversationId: reply.conversationId,
      text: later === undefined ? reply.text : `${reply.text}\n${later.text}`,
      caret: later === undefined ? reply.text.length : later.caret + shift,
      marks: later === undefined ? [] : later.marks.map((mark) => ({ ...mark, start: mark.start + shift, end: mark.end + shift })),
    };
    prepared(db, 'DELETE FROM outbox WHERE id = ?').run(id);
    return { ...draft, ...saveDraft(db, draft, nowMs) };
  })();
}
