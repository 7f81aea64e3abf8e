import type { AfterSale, Order } from '../../shared/contract/customer.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { numberEndSql, numberKeySql, SHORTEST_END } from '../text/number-key.ts';
import type { Lookup } from './customer-lookup.repository.ts';

/** `match` 0: the whole number, 1: its end, 2: its beginning. */
export type OrderFound = {
  id: string; externalId: string; waybill: string | null; paidAt: number | null; status: string | null; paidFen: number; customerId: CustomerId; customerName: string;
  firstItem: string | null; itemCount: number; match: 0 | 1 | 2;
};
/** Epoch ms, both ends inclusive; orders without a payment time lie in no period. */
export type Period = { from: number | null; to: number | null };

const MOST_COUNTED = 200;
const LAST_CHARACTER = '\u{10FFFF}';

const NUMBERS = ['external_id', 'waybill'] as const;
const WHOLE = NUMBERS.map((column) => `SELECT id, 0 AS match FROM orders WHERE ${numberKeySql(column)} = @key`);
const END = NUMBERS.map((column) => `SELECT id, 1 FROM orders WHERE ${numberEndSql(column)} = @end AND substr(${numberKeySql(column)}, -@length) = @key`);
const START = NUMBERS.map((column) => `SELECT id, 2 FROM orders WHERE ${numberKeySql(column)} >= @key AND ${numberKeySql(column)} < @after`);
const inPeriod = '(@from IS NULL OR o.paid_at >= @from) AND (@to IS NULL OR o.paid_at <= @to)';
const selectFound = (places: readonly string[]): string => `SELECT o.id, o.external_id AS externalId, o.waybill, o.paid_at AS paidAt, o.status, o.paid_fen AS paidFen, o.customer_id AS customerId, u.name AS customerName,
    (SELECT title FROM order_items WHERE order_id = o.id ORDER BY ord LIMIT 1) AS firstItem, (SELECT count(*) FROM order_items WHERE order_id = o.id) AS itemCount, min(f.match) AS match
  FROM (${places.join(' UNION ALL ')}) f JOIN orders o ON o.id = f.id JOIN customers u ON u.id = o.customer_id
  WHERE ${inPeriod} GROUP BY o.id ORDER BY min(f.match), o.paid_at DESC, o.id LIMIT ${MOST_COUNTED}`;
const SELECT_BY_SHORT = selectFound(WHOLE);
const SELECT_BY_KEY = selectFound([...WHOLE, ...END, ...START]);

/** Orders by order or waybill number as `numbersIn` gives it: whole, or from four characters on by its end or beginning. The first number that names any decides. */
export function lookUpOrders(db: ReadableDb, numbers: readonly string[], period: Period, limit: number): Lookup<OrderFound> {
  for (const key of numbers) {
    const values = { key, length: key.length, end: key.slice(-SHORTEST_END), after: key + LAST_CHARACTER, ...period };
    const rows = prepared<OrderFound>(db, key.length < SHORTEST_END ? SELECT_BY_SHORT : SELECT_BY_KEY).all(values);
    if (rows.length > 0) return { rows: rows.slice(0, limit), total: rows.length, isAtLeast: rows.length === MOST_COUNTED };
  }
  return { rows: [], total: 0, isAtLeast: false };
}

/** One order of a customer by our id, with its after-sale cases; undefined when it is not theirs. */
export function findOrderOf(db: ReadableDb, customerId: CustomerId, orderId: string): { order: Order; afterSales: AfterSale[] } | undefined {
  const row = prepared<Omit<Order, 'items'>>(
    db,
    `SELECT external_id AS externalId, paid_at AS paidAt, status, paid_fen AS paidFen, waybill, carrier, promised_ship_at AS promisedShipAt FROM orders WHERE id = ? AND customer_id = ?`,
  ).get(orderId, customerId);
  if (row === undefined) return undefined;
  const items = prepared<Order['items'][number]>(db, 'SELECT title, sku_external_id AS skuExternalId, size, colour, batch, price_fen AS priceFen, quantity FROM order_items WHERE order_id = ? ORDER BY ord').all(orderId);
  const afterSales = prepared<AfterSale>(
    db,
    `SELECT external_id AS externalId, order_external_id AS orderExternalId, type, stage, reason, amount_fen AS amountFen, opened_at AS openedAt, closed_at AS closedAt
     FROM after_sales WHERE customer_id = ? AND order_external_id = ? ORDER BY opened_at DESC, id DESC`,
  ).all(customerId, row.externalId);
  return { order: { ...row, items }, afterSales };
}
