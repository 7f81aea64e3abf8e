import type { CustomerCard } from '../../shared/contract/customer.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexShortText } from '../search/short-text-index.ts';
import { rowToTag, TAG_COLUMNS, type TagRow } from './loyalty.repository.ts';
import { listAfterSales, listOrders, listReviews } from './purchase-history.repository.ts';

export type Customer = { id: CustomerId; externalId: string; name: string; platformTier: string | null };
export type NewCustomer = { externalId: string; name?: string | undefined; platformTier?: string | null | undefined };

type CardRow = TagRow & { id: string; external_id: string; name: string; platform_tier: string | null };

/** Orders, after-sales and reviews shown on a card; the sums on it count all. */
const CARD_ROWS = 50;

/**
 * The customer of this shop id, made when unknown, named by that id until a real name comes.
 * The first real name stays (an import of old files must not rename anyone); the platform tier follows the newest given.
 */
export function ensureCustomer(db: WritableDb, ctx: WriteContext, customer: NewCustomer): CustomerId {
  const { externalId } = customer;
  const name = customer.name?.trim() ? customer.name.trim() : externalId;
  const tier = customer.platformTier?.trim() ? customer.platformTier.trim() : null;
  const existing = prepared<Customer>(db, 'SELECT id, name, platform_tier AS platformTier FROM customers WHERE shop_id = ? AND external_id = ?').get(ctx.shopId, externalId);
  if (existing === undefined) {
    const id = ctx.newId() as CustomerId;
    prepared(db, 'INSERT INTO customers (id, shop_id, external_id, name, platform_tier, created_at) VALUES (?, ?, ?, ?, ?, ?)').run(id, ctx.shopId, externalId, name, tier, ctx.nowMs);
    indexShortText(db, 'customer', id, [name, externalId]);
    return id;
  }
  const nextName = existing.name === externalId ? name : existing.name;
  const nextTier = tier ?? existing.platformTier;
  if (nextName !== existing.name || nextTier !== existing.platformTier) {
    prepared(db, 'UPDATE customers SET name = ?, platform_tier = ? WHERE id = ?').run(nextName, nextTier, existing.id);
    indexShortText(db, 'customer', existing.id, [nextName, externalId]);
  }
  return existing.id;
}

/** By our id, else by the shop's; ours wins should both exist. */
export function findCustomer(db: ReadableDb, idOrExternalId: string): Customer | undefined {
  const select = 'SELECT id, external_id AS externalId, name, platform_tier AS platformTier FROM customers';
  return prepared<Customer>(db, `${select} WHERE id = ?`).get(idOrExternalId) ?? prepared<Customer>(db, `${select} WHERE external_id = ?`).get(idOrExternalId);
}

/** Everything the shop knows of a customer, newest first. @throws DeskmateError not_found */
export function getCustomerCard(db: ReadableDb, customerId: CustomerId): CustomerCard {
  const row = prepared<CardRow>(db, `SELECT id, external_id, name, platform_tier, ${TAG_COLUMNS.join(', ')} FROM customers WHERE id = ?`).get(customerId);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such customer.');
  const sums = prepared<Pick<CustomerCard, 'orderCount' | 'totalPaidFen' | 'firstOrderAt' | 'lastOrderAt'>>(
    db,
    'SELECT count(*) AS orderCount, coalesce(sum(paid_fen), 0) AS totalPaidFen, min(paid_at) AS firstOrderAt, max(paid_at) AS lastOrderAt FROM orders WHERE customer_id = ?',
  ).get(customerId);
  const conversations = prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM conversations WHERE customer_id = ?').get(customerId);
  return {
    id: customerId, externalId: row.external_id, name: row.name, platformTier: row.platform_tier, tag: rowToTag(row),
    orderCount: sums?.orderCount ?? 0, totalPaidFen: sums?.totalPaidFen ?? 0, firstOrderAt: sums?.firstOrderAt ?? null, lastOrderAt: sums?.lastOrderAt ?? null,
    orders: listOrders(db, customerId, CARD_ROWS), afterSales: listAfterSales(db, customerId, CARD_ROWS), reviews: listReviews(db, customerId, CARD_ROWS),
    conversationCount: conversations?.count ?? 0,
  };
}
