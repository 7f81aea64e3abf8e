import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { hashedTable, upsertHashed } from '../db/hashed-upsert.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { ensureCustomer } from './customer.repository.ts';

export type NewOrderItem = {
  title: string; skuExternalId?: string | null; size?: string | null; colour?: string | null; batch?: string | null; priceFen?: number | null; quantity?: number;
};
/** Money in fen, times in epoch ms. `addressMasked` must be masked by the caller: no full address is stored. */
export type NewOrder = {
  externalId: string; customerExternalId: string; customerName?: string | undefined; platformTier?: string | null | undefined; paidAt?: number | null; status?: string | null; paidFen: number;
  promo?: string | null; promisedShipAt?: number | null; waybill?: string | null; carrier?: string | null; addressMasked?: string | null; items?: readonly NewOrderItem[];
};
/** One paid order as the loyalty models see it. */
export type LoyaltyOrder = { customerId: CustomerId; orderId: string; paidAt: number; amountFen: number };

const ORDERS = hashedTable('orders', ['customer_id', 'paid_at', 'status', 'paid_fen', 'promo', 'promised_ship_at', 'waybill', 'carrier', 'address_masked']);
const LOYALTY_PAGE_ROWS = 5000;

function itemColumns(item: NewOrderItem): unknown[] {
  return [item.title, item.skuExternalId ?? null, item.size ?? null, item.colour ?? null, item.batch ?? null, item.priceFen ?? null, item.quantity ?? 1];
}

/** One order and its items (which are replaced as a whole), by the shop's order number; the caller owns the transaction. */
export function upsertOrder(db: WritableDb, ctx: WriteContext, order: NewOrder): UpsertOutcome {
  const customerId = ensureCustomer(db, ctx, { externalId: order.customerExternalId, name: order.customerName, platformTier: order.platformTier });
  const items = (order.items ?? []).map(itemColumns);
  const columns = [customerId, order.paidAt, order.status, order.paidFen, order.promo, order.promisedShipAt, order.waybill, order.carrier, order.addressMasked];
  const { id, outcome } = upsertHashed(db, ctx, ORDERS, order.externalId, columns, items);
  if (outcome === 'unchanged') return outcome;
  if (outcome === 'updated') prepared(db, 'DELETE FROM order_items WHERE order_id = ?').run(id);
  const insertItem = prepared(db, 'INSERT INTO order_items (id, order_id, ord, title, sku_external_id, size, colour, batch, price_fen, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [ord, item] of items.entries()) insertItem.run(ctx.newId(), id, ord, ...item);
  return outcome;
}

/** Every paid order with money in it, by customer and then time. Read page by page, so that the caller may write or wait in between. */
export function* listOrdersForLoyalty(db: ReadableDb): Generator<LoyaltyOrder, void, undefined> {
  const page = prepared<LoyaltyOrder>(
    db,
    `SELECT customer_id AS customerId, id AS orderId, paid_at AS paidAt, paid_fen AS amountFen FROM orders
     WHERE (customer_id, paid_at, id) > (?, ?, ?) AND paid_at IS NOT NULL AND paid_fen > 0 ORDER BY customer_id, paid_at, id LIMIT ${LOYALTY_PAGE_ROWS}`,
  );
  let last: LoyaltyOrder | undefined;
  do {
    const orders = page.all(last?.customerId ?? '', last?.paidAt ?? -1, last?.orderId ?? '');
    yield* orders;
    last = orders.at(-1);
  } while (last !== undefined);
}
