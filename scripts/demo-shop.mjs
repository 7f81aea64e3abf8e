// Writes the demo shop's trade from the hand-written inputs in scripts/demo-shop; --check says whether the committed files are what they give.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { buildAfterSales } from './demo-shop/after-sales.mjs';
import { buildProducts } from './demo-shop/catalogue.mjs';
import { buildCustomers } from './demo-shop/customers.mjs';
import { buildOrders } from './demo-shop/orders.mjs';
import { buildReviews } from './demo-shop/reviews.mjs';
import { dayStart, isoTime } from './demo-shop/times.mjs';

const inputs = path.join(import.meta.dirname, 'demo-shop');
const target = path.join(import.meta.dirname, '..', 'resources', 'demo-shop', 'shop');
const read = (name) => parse(readFileSync(path.join(inputs, `${name}.yaml`), 'utf8'));

const promotions = read('promotions');
const products = buildProducts({ lines: [...read('products-wear'), ...read('products-gear')], charts: read('sizes'), colours: read('colours'), suppliers: read('suppliers'), promotions });
const customers = buildCustomers({ people: read('people') });
const orders = buildOrders({ customers, products, promotions });
const cases = buildAfterSales({ orders, kinds: read('after-sales') });
const reviews = buildReviews({ orders, cases, bank: read('reviews') });

const files = {
  'products.jsonl': products.map((product) => `${JSON.stringify(productLine(product))}\n`).join(''),
  'promotions.csv': csv(['promotion_id', 'title', 'kind', 'rule', 'starts_at', 'ends_at', 'terms', 'applies_to'], promotions.map(promotionRow)),
  'orders.csv': csv(
    ['order_id', 'customer_id', 'customer_name', 'platform_tier', 'paid_at', 'amount', 'status', 'promo', 'promised_ship_at', 'waybill', 'carrier', 'address', 'item_title', 'item_sku', 'item_size', 'item_colour', 'item_batch', 'item_price', 'item_quantity'],
    orders.flatMap(orderRows),
  ),
  'after-sales.csv': csv(['case_id', 'customer_id', 'type', 'order_id', 'stage', 'reason', 'amount', 'cost', 'outcome', 'opened_at', 'closed_at'], cases.map(caseRow)),
  'reviews.csv': csv(['review_id', 'score', 'text', 'customer_id', 'order_id', 'reviewed_at'], reviews.map(({ id, score, text, order, reviewedAt }) => [id, score, text, order.customer.id, order.id, isoTime(reviewedAt)])),
};

if (process.argv.includes('--check')) check();
else write();

function productLine({ line: _line, cut: _cut, launchAt: _launchAt, prices: _prices, batches: _batches, ...product }) {
  return product;
}

function promotionRow({ id, title, kind, rule, start, end, terms, applies }) {
  return [id, title, kind, rule, isoTime(dayStart(start)), isoTime(dayStart(end)), terms.join('\n'), (applies ?? []).join(';')];
}

/** One item a row; the order's own cells stand in its first row. */
function orderRows({ id, customer, paidAt, yuan, status, promo, promisedShipAt, waybill, carrier, items }) {
  return items.map(({ product, sku, batch, yuan: price, quantity }, index) => [
    id,
    ...(index > 0 ? Array.from({ length: 11 }, () => '') : [customer.id, customer.name, customer.tier, isoTime(paidAt), yuan, status, promo, isoTime(promisedShipAt), waybill, carrier, customer.address]),
    product.title, sku.id, sku.size, sku.colour, batch, price, quantity,
  ]);
}

function caseRow({ id, type, order, stage, reason, amount, cost, outcome, openedAt, closedAt }) {
  return [id, order.customer.id, type, order.id, stage, reason, amount, cost, outcome, isoTime(openedAt), closedAt === null ? null : isoTime(closedAt)];
}

function csv(headers, rows) {
  const cell = (value) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [headers, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function write() {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(target, name), text);
  process.stdout.write(`${products.length} products, ${customers.length} customers, ${orders.length} orders, ${cases.length} after-sale cases, ${reviews.length} reviews\n`);
}

function check() {
  const differing = Object.entries(files).filter(([name, text]) => committed(name) !== text).map(([name]) => name);
  if (differing.length === 0) return;
  process.stderr.write(`${differing.join(', ')} in resources/demo-shop/shop differ from what scripts/demo-shop.mjs writes; run it and commit the result.\n`);
  process.exitCode = 1;
}

function committed(name) {
  try {
    return readFileSync(path.join(target, name), 'utf8');
  } catch {
    return null;
  }
}
