import type { AfterSale, CustomerCard, Order } from '../../shared/contract/customer.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

type OrderItem = Order['items'][number];
type OrderRow = Omit<Order, 'items'> & { id: string };

const ITEM_COLUMNS = 'title, sku_external_id AS skuExternalId, size, colour, batch, price_fen AS priceFen, quantity';

/** Newest first; orders without a payment time come last. */
export function listOrders(db: ReadableDb, customerId: CustomerId, limit: number): Order[] {
  const items = prepared<OrderItem>(db, `SELECT ${ITEM_COLUMNS} FROM order_items WHERE order_id = ? ORDER BY ord`);
  return prepared<OrderRow>(
    db,
    `SELECT id, external_id AS externalId, paid_at AS paidAt, status, paid_fen AS paidFen, waybill, carrier, promised_ship_at AS promisedShipAt
     FROM orders WHERE customer_id = ? ORDER BY paid_at DESC, id DESC LIMIT ?`,
  ).all(customerId, limit).map(({ id, ...order }) => ({ ...order, items: items.all(id) }));
}

/** Newest first. */
export function listAfterSales(db: ReadableDb, customerId: CustomerId, limit: number): AfterSale[] {
  return prepared<AfterSale>(
    db,
    `SELECT external_id AS externalId, order_external_id AS orderExternalId, type, stage, reason, amount_fen AS amountFen, opened_at AS openedAt, closed_at AS closedAt
     FROM after_sales WHERE customer_id = ? ORDER BY opened_at DESC, id DESC LIMIT ?`,
  ).all(customerId, limit);
}

/** Newest first. */
export function listReviews(db: ReadableDb, customerId: CustomerId, limit: number): CustomerCard['reviews'] {
  return prepared<CustomerCard['reviews'][number]>(db, 'SELECT score, text, reviewed_at AS at FROM reviews WHERE customer_id = ? ORDER BY reviewed_at DESC, id DESC LIMIT ?').all(customerId, limit);
}
