import type { AttachmentKind } from '../../shared/contract/attachment.contract.ts';
import type { ConversationSummary, MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ChannelId, ConversationId, CustomerId, LabelId, RepId } from '../../shared/contract/ids.contract.ts';
import type { RiskBand } from '../../shared/contract/risk.contract.ts';
import type { Label } from '../../shared/contract/work.contract.ts';
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
  waiting_since: number | null; unread_count: number; has_draft: number; last_file_kind: AttachmentKind | null; risk_p: number | null; risk_band: RiskBand | null;
  rep_id: string | null; rep_name: string | null; labels: string; snoozed_until: number | null; woken_at: number | null; handed_over_at: number | null; disposition: string | null;
};

/** Who looks at the queue: a conversation handed over counts for the lead it was given to, one given to no lead by name for every lead. */
export type Viewer = { repId: RepId | null; isLead: boolean };
export type QueueFilter = {
  state: 'open' | 'closed'; limit: number; nowMs: number; viewer?: Viewer; isSnoozed?: boolean; owner?: 'anyone' | 'me' | 'nobody'; labelId?: LabelId | undefined;
  band?: 'warn' | 'alert' | undefined; channelKind?: string | undefined;
};

const NOBODY: Viewer = { repId: null, isLead: false };

/** A queue row shows one line; no need to carry a whole complaint. */
const LAST_TEXT_CHARACTERS = 200;
/** Urgency is worked out for the conversations that moved last; an older open one is no longer a queue. */
const MAX_QUEUE_ROWS = 5000;

const SELECT_SUMMARY = `
SELECT c.id, c.customer_id, u.name, ch.kind, c.state, substr(m.text, 1, ${LAST_TEXT_CHARACTERS}) AS last_text, m.role AS last_role, c.last_at, c.waiting_since,
  c.unread_count, (d.conversation_id IS NOT NULL OR EXISTS (SELECT 1 FROM draft_attachments x WHERE x.conversation_id = c.id)) AS has_draft,
  (SELECT a.kind FROM message_attachments x JOIN attachments a ON a.id = x.attachment_id WHERE x.message_id = m.id ORDER BY x.ord LIMIT 1) AS last_file_kind, c.risk_p, c.risk_band, c.rep_id, r.name AS rep_name, c.snoozed_until, c.woken_at, c.handed_over_at, c.disposition,
  (SELECT json_group_array(json_object('id', l.id, 'name', l.name, 'shape', l.shape, 'tone', l.tone) ORDER BY l.created_at, l.id)
   FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id WHERE cl.conversation_id = c.id AND l.deleted_at IS NULL) AS labels,
  ${TAG_COLUMNS.map((column) => `u.${column}`).join(', ')}
FROM conversations c JOIN customers u ON u.id = c.customer_id JOIN channels ch ON ch.id = c.channel_id
LEFT JOIN messages m ON m.seq = c.last_seq LEFT JOIN drafts d ON d.conversation_id = c.id LEFT JOIN reps r ON r.id = c.rep_id`;
/** Every part is off when its parameter is null. */
const FILTER = `(@repId IS NULL OR c.rep_id = @repId) AND (@isUnowned = 0 OR c.rep_id IS NULL) AND (@channelKind IS NULL OR ch.kind = @channelKind)
 AND (@band IS NULL OR c.risk_band = 'alert' OR (@band = 'warn' AND c.risk_band = 'warn'))
 AND (@labelId IS NULL OR EXISTS (SELECT 1 FROM conversation_labels x JOIN labels y ON y.id = x.label_id WHERE x.conversation_id = c.id AND x.label_id = @labelId AND y.deleted_at IS NULL))`;

// Literal states, so that the partial indexes serve them; the inner query sorts bare ids before any join.
const SELECT_OPEN = `${SELECT_SUMMARY} WHERE ${FILTER} AND c.id IN
  (SELECT id FROM conversations WHERE state = 'open' AND (snoozed_until IS NULL OR snoozed_until <= @nowMs) ORDER BY last_at DESC LIMIT ${MAX_QUEUE_ROWS})`;
const SELECT_SNOOZED = `${SELECT_SUMMARY} WHERE ${FILTER} AND c.state = 'open' AND c.snoozed_until > @nowMs ORDER BY c.snoozed_until, c.id LIMIT @limit`;
const SELECT_CLOSED = `${SELECT_SUMMARY} WHERE ${FILTER} AND c.state = 'closed' ORDER BY c.last_at DESC LIMIT @limit`;

function rowToSummary(row: SummaryRow, nowMs: number, viewer: Viewer): ConversationSummary {
  // a snooze that has just run out counts as ended, whether or not the clock has noted it yet
  const isDue = row.snoozed_until !== null && row.snoozed_until <= nowMs;
  const known = {
    id: row.id as ConversationId, customerId: row.customer_id as CustomerId, customerName: row.name, channelKind: row.kind, state: row.state,
    lastText: row.last_text ?? '', lastRole: row.last_role, lastAt: row.last_at, waitingSince: row.waiting_since, unreadCount: row.unread_count,
    hasDraft: row.has_draft === 1, ...(row.last_file_kind === null ? {} : { lastFileKind: row.last_file_kind }), risk: row.risk_p === null ? null : { p: row.risk_p, band: row.risk_band ?? 'none' }, tag: rowToTag(row),
    rep: row.rep_id === null ? null : { id: row.rep_id as RepId, name: row.rep_name ?? '' }, labels: JSON.parse(row.labels) as Label[],
    snoozedUntil: isDue ? null : row.snoozed_until, wokenAt: isDue ? row.snoozed_until : row.woken_at, handedOverAt: row.handed_over_at, disposition: row.disposition,
  };
  const isHandedToMe = row.handed_over_at !== null && (row.rep_id === null ? viewer.isLead : row.rep_id === viewer.repId);
  const { urgency, reasons, parts } = urgencyOf({ ...known, isHandedToMe }, nowMs);
  return { ...known, urgency, urgencyReasons: reasons, urgencyParts: parts };
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

/** Open: the queue, most urgent first (`urgencyOf`), then newest. Snoozed: by when they come back. Closed: newest first. */
export function listSummaries(db: ReadableDb, filter: QueueFilter): ConversationSummary[] {
  const { state, limit, nowMs, viewer = NOBODY, isSnoozed = false, owner = 'anyone' } = filter;
  const values = {
    nowMs, repId: owner === 'me' ? viewer.repId : null, isUnowned: owner === 'nobody' ? 1 : 0, labelId: filter.labelId ?? null, band: filter.band ?? null, channelKind: filter.channelKind ?? null,
  };
  const toSummary = (row: SummaryRow): ConversationSummary => rowToSummary(row, nowMs, viewer);
  if (state === 'closed') return prepared<SummaryRow>(db, SELECT_CLOSED).all({ ...values, limit }).map(toSummary);
  if (isSnoozed) return prepared<SummaryRow>(db, SELECT_SNOOZED).all({ ...values, limit }).map(toSummary);
  return prepared<SummaryRow>(db, SELECT_OPEN).all(values).map(toSummary).sort((a, b) => b.urgency - a.urgency || b.lastAt - a.lastAt).slice(0, limit);
}

/** The conversations that a replay can play: oldest first, with at least one customer message, and no copies that a replay made. */
export function listConversationIds(db: ReadableDb, limit: number): ConversationId[] {
  return prepared<{ id: ConversationId }>(db, "SELECT c.id FROM conversations c JOIN channels ch ON ch.id = c.channel_id WHERE ch.kind <> 'replay' AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.role = 'customer') ORDER BY c.opened_at, c.id LIMIT ?")
    .all(limit).map(({ id }) => id);
}

/** @throws DeskmateError not_found */
export function getSummary(db: ReadableDb, conversationId: ConversationId, nowMs: number, viewer: Viewer = NOBODY): ConversationSummary {
  const row = prepared<SummaryRow>(db, `${SELECT_SUMMARY} WHERE c.id = ?`).get(conversationId);
  if (row === undefined) throw notFound();
  return rowToSummary(row, nowMs, viewer);
}

/** Nobody waits in a closed conversation. @throws DeskmateError not_found */
export function closeConversation(db: WritableDb, conversationId: ConversationId, closing: { disposition: string | null; closedAt: number }): void {
  const { changes } = prepared(db, "UPDATE conversations SET state = 'closed', disposition = ?, closed_at = ?, waiting_since = NULL, unread_count = 0, snoozed_until = NULL, woken_at = NULL, handed_over_at = NULL WHERE id = ?")
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
