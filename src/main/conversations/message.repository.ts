import type { Message, MessageRole, PiiSpan } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, Language, MessageId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexKindOf, indexText } from '../search/index-writer.ts';
import { findWaitingSince } from './conversation.repository.ts';
import { withExtras } from './message-extras.ts';

/** `isLive` is true for a message that arrives now: it counts as unread and opens a closed conversation again. */
export type NewMessage = {
  conversationId: ConversationId; externalId: string; role: MessageRole; repId?: string; text: string; sentAt: number; language: Language; piiSpans: readonly PiiSpan[]; isLive: boolean;
};
export type Turn = { id: MessageId; seq: number; role: MessageRole; text: string; sentAt: number };
/** What a search hit on a message needs. */
export type FoundMessage = Message & { seq: number };

type MessageRow = { seq: number; id: string; conversation_id: string; role: MessageRole; text: string; language: Language; pii_spans: string | null; sent_at: number };
type ConversationRow = { rowid: number; state: 'open' | 'closed'; last_at: number; last_seq: number | null; waiting_since: number | null; unread_count: number; closed_at: number | null; snoozed_until: number | null };

const COLUMNS = 'seq, id, conversation_id, role, text, language, pii_spans, sent_at';
/** A past answer is looked for among the next messages only. */
const REPLY_WINDOW = 40;

function rowToMessage(row: MessageRow): Message {
  return {
    id: row.id as MessageId, conversationId: row.conversation_id as ConversationId, role: row.role, text: row.text, sentAt: row.sent_at,
    language: row.language, piiSpans: row.pii_spans === null ? [] : (JSON.parse(row.pii_spans) as PiiSpan[]),
  };
}

/**
 * Stores one message, makes it findable, and moves its conversation on; the caller owns the transaction.
 * Undefined when the conversation holds a message of this external id already (nothing is changed then).
 * @throws DeskmateError not_found when there is no such conversation.
 */
export function insertMessage(db: WritableDb, ctx: WriteContext, message: NewMessage): { message: Message; seq: number } | undefined {
  const conversation = prepared<ConversationRow>(db, 'SELECT rowid, state, last_at, last_seq, waiting_since, unread_count, closed_at, snoozed_until FROM conversations WHERE id = ?').get(message.conversationId);
  if (conversation === undefined) throw new DeskmateError('not_found', 'There is no such conversation.');
  const id = ctx.newId() as MessageId;
  const { changes, lastInsertRowid } = prepared(
    db,
    'INSERT INTO messages (id, conversation_id, external_id, role, rep_id, text, language, pii_spans, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation_id, external_id) DO NOTHING',
  ).run(id, message.conversationId, message.externalId, message.role, message.repId ?? null, message.text, message.language, message.piiSpans.length === 0 ? null : JSON.stringify(message.piiSpans), message.sentAt);
  if (changes === 0) return undefined;
  const seq = Number(lastInsertRowid);
  const kind = indexKindOf(message.role);
  if (kind !== undefined && message.text.trim() !== '') indexText(db, kind, seq, message.text);
  const next = toNextConversation(db, conversation, message, seq);
  prepared(db, 'UPDATE conversations SET state = ?, last_at = ?, last_seq = ?, waiting_since = ?, unread_count = ?, closed_at = ?, snoozed_until = ? WHERE rowid = ?')
    .run(next.state, next.last_at, next.last_seq, next.waiting_since, next.unread_count, next.closed_at, next.snoozed_until, next.rowid);
  const { conversationId, role, text, sentAt, language, piiSpans } = message;
  return { message: { id, conversationId, role, text, sentAt, language, piiSpans: [...piiSpans] }, seq };
}

function toNextConversation(db: ReadableDb, before: ConversationRow, message: NewMessage, seq: number): ConversationRow {
  const isNewest = before.last_seq === null || message.sentAt >= before.last_at;
  const isLiveCustomer = message.isLive && message.role === 'customer';
  const state = isLiveCustomer ? 'open' : before.state;
  return {
    rowid: before.rowid,
    state,
    closed_at: state === 'open' ? null : before.closed_at,
    // who writes again is not left to sleep
    snoozed_until: isLiveCustomer ? null : before.snoozed_until,
    last_at: isNewest ? message.sentAt : before.last_at,
    last_seq: isNewest ? seq : before.last_seq,
    waiting_since: state === 'open' ? nextWaitingSince(db, before, message, isNewest) : null,
    unread_count: before.unread_count + (isLiveCustomer ? 1 : 0),
  };
}

function nextWaitingSince(db: ReadableDb, before: ConversationRow, message: NewMessage, isNewest: boolean): number | null {
  if (message.role !== 'customer' && message.role !== 'rep') return before.waiting_since;
  // History that comes in late may answer, or predate, what is waiting.
  if (!isNewest) return findWaitingSince(db, message.conversationId);
  return message.role === 'rep' ? null : (before.waiting_since ?? message.sentAt);
}

/** One page, oldest first: the newest `limit` messages, or those before the given one. @throws DeskmateError not_found for an unknown `before`. */
export function listMessages(db: ReadableDb, options: { conversationId: ConversationId; before?: MessageId | undefined; limit: number }): { messages: Message[]; hasMore: boolean } {
  const { conversationId, before, limit } = options;
  const end = before === undefined ? { seq: Number.MAX_SAFE_INTEGER, sent_at: Number.MAX_SAFE_INTEGER } : getPlace(db, conversationId, before);
  const rows = prepared<MessageRow>(db, `SELECT ${COLUMNS} FROM messages WHERE conversation_id = ? AND (sent_at, seq) < (?, ?) ORDER BY sent_at DESC, seq DESC LIMIT ?`)
    .all(conversationId, end.sent_at, end.seq, limit + 1);
  return { messages: withExtras(db, rows.slice(0, limit).reverse().map(rowToMessage)), hasMore: rows.length > limit };
}

function getPlace(db: ReadableDb, conversationId: ConversationId, messageId: MessageId): { seq: number; sent_at: number } {
  const place = prepared<{ seq: number; sent_at: number }>(db, 'SELECT seq, sent_at FROM messages WHERE id = ? AND conversation_id = ?').get(messageId, conversationId);
  if (place === undefined) throw new DeskmateError('not_found', 'There is no such message in this conversation.');
  return place;
}

/** The newest `limit` messages of every role, oldest first. */
export function listTurns(db: ReadableDb, conversationId: ConversationId, limit: number): Turn[] {
  return prepared<Turn>(db, 'SELECT id, seq, role, text, sent_at AS sentAt FROM messages WHERE conversation_id = ? ORDER BY sent_at DESC, seq DESC LIMIT ?').all(conversationId, limit).reverse();
}

/** In the order of the seqs; those that are gone are left out. */
export function getMessagesBySeq(db: ReadableDb, seqs: readonly number[]): FoundMessage[] {
  const statement = prepared<MessageRow>(db, `SELECT ${COLUMNS} FROM messages WHERE seq = ?`);
  return seqs.flatMap((seq) => {
    const row = statement.get(seq);
    return row === undefined ? [] : [{ ...rowToMessage(row), seq }];
  });
}

/** How the rep answered a customer message: the first run of rep messages after it, joined by line breaks; undefined when nobody did. */
export function findReplyAfter(db: ReadableDb, seq: number): { messageIds: MessageId[]; text: string; sentAt: number } | undefined {
  const rows = prepared<{ id: MessageId; role: MessageRole; text: string; sentAt: number }>(
    db,
    `SELECT m.id, m.role, m.text, m.sent_at AS sentAt FROM messages q JOIN messages m ON m.conversation_id = q.conversation_id AND (m.sent_at, m.seq) > (q.sent_at, q.seq)
     WHERE q.seq = ? AND m.role IN ('customer', 'rep') ORDER BY m.sent_at, m.seq LIMIT ${REPLY_WINDOW}`,
  ).all(seq);
  const start = rows.findIndex(({ role }) => role === 'rep');
  const first = rows[start];
  if (first === undefined) return undefined;
  const stop = rows.findIndex(({ role }, index) => index > start && role === 'customer');
  const run = rows.slice(start, stop === -1 ? undefined : stop);
  return { messageIds: run.map(({ id }) => id), text: run.map(({ text }) => text).join('\n'), sentAt: first.sentAt };
}
