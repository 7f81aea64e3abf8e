import type { ConversationSummary, MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ChannelId, ConversationId, CustomerId } from '../../shared/contract/ids.contract.ts';
import type { RiskBand } from '../../shared/contract/risk.contract.ts';
import { ensureCustomer } from '../customers/customer.repository.ts';
import { rowToTag, TAG_COLUMNS, type TagRow } from '../customers/loyalty.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { urgencyOf } from './urgency.ts';

export type NewConversation = { channelId: ChannelId; externalId: string; customerExternalId: string; customerName?: string | undefined; platformTier?: string | null | undefined; openedAt: number };
/** The columns others need without the queue's joins. */
export type Conversation = { id: ConversationId; channelId: ChannelId; externalId: string; customerId: CustomerId; state: 'open' | 'closed'; openedAt: number; csat: number | null };

type SummaryRow = TagRow & {
  id: string; customer_id: string; name: string; kind: string; state: 'open' | 'closed'; last_text: string | null; last_role: MessageRole | null; last_at: number;
  waiting_since: number | null; unread_count: number; has_draft: number; risk_p: number | null; risk_band: RiskBand | null;
};

/** A queue row shows one line; no need to carry a whole complaint. */
const LAST_TEXT_CHARACTERS = 200;
/** Urgency is worked out for the conversations that moved last; an older open one is no longer a queue. */
const MAX_QUEUE_ROWS = 5000;

const SELECT_SUMMARY = `
SELECT c.id, c.customer_id, u.name, ch.kind, c.state, substr(m.text, 1, ${LAST_TEXT_CHARACTERS}) AS last_text, m.role AS last_role, c.last_at, c.waiting_since,
  c.unread_count, d.conversation_id IS NOT NULL AS has_draft, c.risk_p, c.risk_band, ${TAG_COLUMNS.map((column) => `u.${column}`).join(', ')}
FROM conversations c JOIN customers u ON u.id = c.customer_id JOIN channels ch ON ch.id = c.channel_id
LEFT JOIN messages m ON m.seq = c.last_seq LEFT JOIN drafts d ON d.conversation_id = c.id`;

// Literal states, so that the partial indexes serve them; the inner query sorts bare ids before any join.
const SELECT_OPEN = `${SELECT_SUMMARY} WHERE c.id IN (SELECT id FROM conversations WHERE state = 'open' ORDER BY last_at DESC LIMIT ${MAX_QUEUE_ROWS})`;
const SELECT_CLOSED = `${SELECT_SUMMARY} WHERE c.state = 'closed' ORDER BY c.last_at DESC LIMIT ?`;

function rowToSummary(row: SummaryRow, nowMs: number): ConversationSummary {
  const known = {
    id: row.id as ConversationId, customerId: row.customer_id as CustomerId, customerName: row.name, channelKind: row.kind, state: row.state,
    lastText: row.last_text ?? '', lastRole: row.last_role, lastAt: row.last_at, waitingSince: row.waiting_since, unreadCount: row.unread_count,
    hasDraft: row.has_draft === 1, risk: row.risk_p === null ? null : { p: row.risk_p, band: row.risk_band ?? 'none' }, tag: rowToTag(row),
  };
  const { urgency, reasons } = urgencyOf(known, nowMs);
  return { ...known, urgency, urgencyReasons: reasons };
}

function notFound(): DeskmateError {
  return new DeskmateError('not_found', 'There is no such conversation.');
}

/** Finds a conversation by its channel and external id, or opens it (and its customer). A later real customer name fills in. */
export function ensureConversation(db: WritableDb, ctx: WriteContext, conversation: NewConversation): { id: ConversationId; customerId: CustomerId; isNew: boolean } {
  const customerId = ensureCustomer(db, ctx, { externalId: conversation.customerExternalId, name: conversation.customerName, platformTier: conversation.platformTier });
  const existing = findConversationByExternalId(db, conversation.channelId, conversation.externalId);
  if (existing !== undefined) return { id: existing.id, customerId: existing.customerId, isNew: false };
  const id = ctx.newId() as ConversationId;
  prepared(db, "INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES (?, ?, ?, ?, ?, 'open', ?, ?)")
    .run(id, ctx.shopId, conversation.channelId, conversation.externalId, customerId, conversation.openedAt, conversation.openedAt);
  return { id, customerId, isNew: true };
}

const SELECT_CONVERSATION = 'SELECT id, channel_id AS channelId, external_id AS externalId, customer_id AS customerId, state, opened_at AS openedAt, csat FROM conversations';

export function findConversation(db: ReadableDb, conversationId: ConversationId): Conversation | undefined {
  return prepared<Conversation>(db, `${SELECT_CONVERSATION} WHERE id = ?`).get(conversationId);
}

export function findConversationByExternalId(db: ReadableDb, channelId: ChannelId, externalId: string): Conversation | undefined {
  return prepared<Conversation>(db, `${SELECT_CONVERSATION} WHERE channel_id = ? AND external_id = ?`).get(channelId, externalId);
}

/** Open: the queue, most urgent first (`urgencyOf`), then newest. Closed: newest first. */
export function listSummaries(db: ReadableDb, options: { state: 'open' | 'closed'; limit: number; nowMs: number }): ConversationSummary[] {
  const { state, limit, nowMs } = options;
  if (state === 'closed') return prepared<SummaryRow>(db, SELECT_CLOSED).all(limit).map((row) => rowToSummary(row, nowMs));
  const summaries = prepared<SummaryRow>(db, SELECT_OPEN).all().map((row) => rowToSummary(row, nowMs));
  return summaries.sort((a, b) => b.urgency - a.urgency || b.lastAt - a.lastAt).slice(0, limit);
}

/** The conversations that a replay can play: oldest first, with at least one customer message, and no copies that a replay made. */
export function listConversationIds(db: ReadableDb, limit: number): ConversationId[] {
  return prepared<{ id: ConversationId }>(db, "SELECT c.id FROM conversations c JOIN channels ch ON ch.id = c.channel_id WHERE ch.kind <> 'replay' AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.role = 'customer') ORDER BY c.opened_at, c.id LIMIT ?")
    .all(limit).map(({ id }) => id);
}

/** @throws DeskmateError not_found */
export function getSummary(db: ReadableDb, conversationId: ConversationId, nowMs: number): ConversationSummary {
  const row = prepared<SummaryRow>(db, `${SELECT_SUMMARY} WHERE c.id = ?`).get(conversationId);
  if (row === undefined) throw notFound();
  return rowToSummary(row, nowMs);
}

/** Nobody waits in a closed conversation. @throws DeskmateError not_found */
export function closeConversation(db: WritableDb, conversationId: ConversationId, closing: { disposition: string | null; closedAt: number }): void {
  const { changes } = prepared(db, "UPDATE conversations SET state = 'closed', disposition = ?, closed_at = ?, waiting_since = NULL, unread_count = 0 WHERE id = ?")
    .run(closing.disposition, closing.closedAt, conversationId);
  if (changes === 0) throw notFound();
}

/** The wait goes on from the oldest message that was never answered. @throws DeskmateError not_found */
export function reopenConversation(db: WritableDb, conversationId: ConversationId): void {
  const { changes } = prepared(db, "UPDATE conversations SET state = 'open', disposition = NULL, closed_at = NULL, waiting_since = ? WHERE id = ?")
    .run(findWaitingSince(db, conversationId), conversationId);
  if (changes === 0) throw notFound();
}

/** When the oldest customer message after the last rep message was sent; null when there is none. A bot's answer is not an answer. */
export function findWaitingSince(db: ReadableDb, conversationId: ConversationId): number | null {
  const row = prepared<{ at: number | null }>(
    db,
    `SELECT min(sent_at) AS at FROM messages WHERE conversation_id = ? AND role = 'customer'
     AND sent_at > coalesce((SELECT max(sent_at) FROM messages WHERE conversation_id = ? AND role = 'rep'), -1)`,
  ).get(conversationId, conversationId);
  return row?.at ?? null;
}

export function markRead(db: WritableDb, conversationId: ConversationId): void {
  const { changes } = prepared(db, 'UPDATE conversations SET unread_count = 0 WHERE id = ?').run(conversationId);
  if (changes === 0) throw notFound();
}

/** The risk that the queue shows, from the newest scored customer message. */
export function setRisk(db: WritableDb, conversationId: ConversationId, risk: { p: number; band: RiskBand }): void {
  const { changes } = prepared(db, 'UPDATE conversations SET risk_p = ?, risk_band = ? WHERE id = ?').run(risk.p, risk.band, conversationId);
  if (changes === 0) throw notFound();
}

/** `csat` is 1–5. */
export function setCsat(db: WritableDb, conversationId: ConversationId, csat: number): void {
  prepared(db, 'UPDATE conversations SET csat = ? WHERE id = ?').run(csat, conversationId);
}
