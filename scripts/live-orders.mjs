// Writes the orders of the demo shop's live customers (resources/demo-shop/customers) as an orders table, so that the rep
// finds on the order card what the customer speaks of. `--check` fails when the committed file says something else.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '../resources/demo-shop');
const file = path.join(root, 'shop/live-orders.csv');
/** The day the demo shop was written as of (pack.yaml); installing moves it to today. */
const REFERENCE_MS = Date.parse('2026-06-01T00:00:00+08:00');
const DAY_MS = 86_400_000;
const STATUS = { paid: '待发货', shipped: '运输中', signed: '已签收', finished: '交易成功', closed: '已退款' };
const CARRIERS = { SF: '顺丰速运', YT: '圆通速递', JD: '京东物流' };
/** A customer with a platform tier is a regular: what they bought before, so many days ago. */
const EARLIER = [[45, 'YH02U-OBS', 159], [130, 'TB02U-RKG', 399], [220, 'MD03U-LAK-STD', 459], [320, 'MS01M-OBS-L', 329]];
const COLUMNS = ['order_id', 'customer_id', 'customer_name', 'platform_tier', 'paid_at', 'amount', 'status', 'waybill', 'carrier', 'item_title', 'item_sku', 'item_size', 'item_colour', 'item_price', 'item_quantity'];

const skus = new Map(readFileSync(path.join(root, 'shop/products.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line)).flatMap((product) => product.skus.map((sku) => [sku.id, { ...sku, title: product.title }])));
const customers = readdirSync(path.join(root, 'customers')).filter((name) => name.endsWith('.yaml')).toSorted().map((name) => parse(readFileSync(path.join(root, 'customers', name), 'utf8'))).filter(Array.isArray).flat();

/** Ordered at ten in the morning of its day; today's orders just after midnight, since nobody orders in the future. */
function paidAt(daysAgo) {
  const ms = REFERENCE_MS - daysAgo * DAY_MS + (daysAgo === 0 ? 0.5 : 10) * 3_600_000;
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

function row({ persona, order }) {
  const { quantity = 1, waybill = '' } = order;
  const sku = skus.get(order.sku);
  if (sku === undefined || sku.title !== order.product) throw new Error(`${order.id}: there is no ${order.sku} of ${order.product} in products.jsonl`);
  return [order.id, persona.customer, persona.name, persona.tier ?? '', paidAt(order.paidDaysAgo), order.paidYuan, STATUS[order.status], waybill, CARRIERS[waybill.slice(0, 2)] ?? '', order.product, order.sku, sku.size ?? '', sku.colour ?? '', Math.round((order.paidYuan / quantity) * 100) / 100, quantity];
}

function withEarlier(customer) {
  const { persona, order } = customer;
  const earlier = EARLIER.map(([paidDaysAgo, sku, paidYuan], index) => ({ persona, order: { id: `DM-${persona.customer}-1${index}`, product: skus.get(sku)?.title, sku, paidDaysAgo, paidYuan, status: 'finished' } }));
  return persona.tier === undefined || order === undefined ? [customer] : [...earlier, customer];
}

const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
const rows = customers.flatMap(withEarlier).filter(({ order }) => order !== undefined).map(row).toSorted((a, b) => a[0].localeCompare(b[0]));
const text = [COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(',')}\n`).join('');

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('resources/demo-shop/shop/live-orders.csv is not what the customers say: run node scripts/live-orders.mjs\n');
  process.exit(1);
}
