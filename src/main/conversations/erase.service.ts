import type { z } from 'zod';
import type { erasePreviewSchema } from '../../shared/contract/customer.contract.ts';
import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import { clearAuditContent, insertAudit } from '../access/audit.repository.ts';
import { findCustomer, type Customer } from '../customers/customer.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { scrubStore } from '../db/scrub.ts';
import { prepared } from '../db/statements.ts';
import { clearJobTexts } from '../jobs/job.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexKindOf, SEARCH_TABLES, unindexText } from '../search/index-writer.ts';
import { forgetSearches } from '../search/recent.repository.ts';

export type ErasePreview = z.infer<typeof erasePreviewSchema>;
/** `messageSeqs` are the vectors that indexes in memory must drop. */
export type ErasedCustomer = { erased: ErasePreview; messageSeqs: number[] };

const OWN_CONVERSATIONS = 'SELECT id FROM conversations WHERE customer_id = ?';
/** Everything that goes with a customer, by the name the page words; each query takes the customer's id and selects `id`. */
const OWN_ROWS = {
  orders: 'SELECT id FROM orders WHERE customer_id = ?',
  orderItems: 'SELECT i.id FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = ?',
  afterSales: 'SELECT id FROM after_sales WHERE customer_id = ?',
  reviews: 'SELECT id FROM reviews WHERE customer_id = ?',
  conversations: OWN_CONVERSATIONS,
  messages: `SELECT id FROM messages WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  attachments: `SELECT id FROM attachments WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  drafts: `SELECT conversation_id AS id FROM drafts WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  replies: `SELECT id FROM outbox WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  suggestions: `SELECT id FROM suggestions WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  notes: `SELECT id FROM notes WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
  riskSignals: `SELECT id FROM risk_signals WHERE conversation_id IN (${OWN_CONVERSATIONS})`,
} as const;
type OwnKind = keyof typeof OWN_ROWS;

const ULID_IN_JSON = /"([0-9A-HJKMNP-TV-Z]{26})"/g;

function getOwner(db: ReadableDb, customerId: CustomerId): Customer {
  const customer = findCustomer(db, customerId);
  if (customer === undefined || customer.id !== customerId) throw new DeskmateError('not_found', 'There is no such customer.');
  return customer;
}

function listOwnIds(db: ReadableDb, kind: OwnKind, customerId: CustomerId): string[] {
  return prepared<{ id: string }>(db, OWN_ROWS[kind]).all(customerId).map(({ id }) => id);
}

/** Suggestions made for other customers that quote this one's conversations as a past answer. */
function listQuotingSuggestions(db: ReadableDb, customerId: CustomerId, erasedIds: ReadonlySet<string>): string[] {
  const ids: string[] = [];
  for (const { id, body } of prepared<{ id: string; body: string }>(db, `SELECT id, body FROM suggestions WHERE conversation_id NOT IN (${OWN_CONVERSATIONS})`).iterate(customerId)) {
    for (const [, quoted] of body.matchAll(ULID_IN_JSON)) if (quoted !== undefined && erasedIds.has(quoted)) ids.push(id);
  }
  return [...new Set(ids)];
}

/** What erasing would remove, counted by kind of row. @throws DeskmateError not_found */
export function erasePreview(db: ReadableDb, customerId: CustomerId): ErasePreview {
  const customer = getOwner(db, customerId);
  const ids = Object.fromEntries(Object.keys(OWN_ROWS).map((kind) => [kind, listOwnIds(db, kind as OwnKind, customerId)])) as Record<OwnKind, string[]>;
  const quoting = listQuotingSuggestions(db, customerId, new Set([...ids.messages, ...ids.conversations]));
  const counts = Object.fromEntries(Object.entries(ids).map(([kind, list]) => [kind, list.length]));
  return { customerId, externalId: customer.externalId, name: customer.name, counts: { ...counts, suggestions: ids.suggestions.length + quoting.length } };
}

/**
 * Removes a customer for good: every row of theirs, their words in the index, vectors, suggestions that quote them, what the audit and import
 * reports say about them; then rewrites the store so that no page of it or of its log holds the words (`scrubStore`).
 * What stays: an audit line that it was done, with our id only; what reps wrote to other customers; backups made before (see `deleteOldCopies`).
 * @throws DeskmateError not_found, or store_busy after the rows are gone (call `scrubErased` again).
 */
export function eraseCustomer(db: WritableDb, ctx: WriteContext, customerId: CustomerId, repId: string): ErasedCustomer {
  const result = db.transaction(() => {
    const erased = erasePreview(db, customerId);
    const messageSeqs = removeRows(db, customerId, erased);
    insertAudit(db, ctx, { repId, action: 'customer.erase', entity: 'customer', entityId: customerId, after: erased.counts });
    return { erased, messageSeqs };
  })();
  scrubErased(db);
  return result;
}

/** The second half of erasing, which a reading engine can hold up; may be repeated. */
export function scrubErased(db: WritableDb): void {
  scrubStore(db, [SEARCH_TABLES.message.fts, SEARCH_TABLES.reply.fts]);
}

function removeRows(db: WritableDb, customerId: CustomerId, { externalId, name }: ErasePreview): number[] {
  const idsOf = (kind: OwnKind) => listOwnIds(db, kind, customerId);
  const messageIds = idsOf('messages');
  const conversationIds = idsOf('conversations');
  const messages = prepared<{ seq: number; role: MessageRole }>(db, `SELECT seq, role FROM messages WHERE conversation_id IN (${OWN_CONVERSATIONS}) ORDER BY seq`).all(customerId);
  for (const { seq, role } of messages) {
    const kind = indexKindOf(role);
    if (kind !== undefined) unindexText(db, kind, seq);
  }
  for (const id of listQuotingSuggestions(db, customerId, new Set([...messageIds, ...conversationIds]))) prepared(db, 'DELETE FROM suggestions WHERE id = ?').run(id);
  for (const id of messageIds) prepared(db, "DELETE FROM source_outcomes WHERE source_kind = 'message' AND source_id = ?").run(id);
  const entities = [customerId, ...messageIds, ...conversationIds, ...(['orders', 'afterSales', 'reviews', 'attachments', 'replies', 'suggestions', 'riskSignals'] as const).flatMap(idsOf)];
  clearAuditContent(db, entities, [externalId, name]);
  forgetSearches(db, [...entities, ...idsOf('notes')]);
  clearJobTexts(db, (text) => text.includes(externalId) || text.includes(name));
  // everything else hangs below the customer and goes by its foreign keys
  prepared(db, 'DELETE FROM customers WHERE id = ?').run(customerId);
  return messages.map(({ seq }) => seq);
}
