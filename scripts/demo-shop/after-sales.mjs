import { timeOfDay } from './orders.mjs';
import { createRandom } from './random.mjs';
import { DAY_MS, midnightOf, REFERENCE_AT } from './times.mjs';

const CASE_COUNT = 244;
/** Cases opened this recently are mostly still open. */
const OPEN_DAYS = 16;
/** Three buyers who ask for their money without sending anything back, again and again. */
const REPEATED = { customerCount: 3, caseCount: 5, type: '仅退款', reasons: ['收到空包裹', '物流显示签收，我没收到', '拉链头是坏的，不想寄回'] };

/** After-sale cases by time; orders that were paid back change their status. */
export function buildAfterSales({ orders, kinds }) {
  const random = createRandom('after-sales');
  const used = new Set();
  const repeated = repeatedCases(orders, kinds, used, random);
  const cases = Array.from({ length: CASE_COUNT - repeated.length }, () => {
    const kind = random.weighted(kinds, ({ weight }) => weight);
    return drawCase(kind, orders, used, random);
  });
  const sorted = [...repeated, ...cases].toSorted((a, b) => a.openedAt - b.openedAt || (a.order.id < b.order.id ? -1 : 1));
  for (const one of sorted) changeStatus(one);
  return sorted.map((one, index) => ({ ...one, id: `AS${String(100_001 + index * 7)}` }));
}

function repeatedCases(orders, kinds, used, random) {
  const kind = kinds.find(({ type }) => type === REPEATED.type);
  const counts = new Map();
  for (const { customer, paidAt } of orders) if (REFERENCE_AT - paidAt < 300 * DAY_MS && !customer.isEnglish) counts.set(customer, (counts.get(customer) ?? 0) + 1);
  const buyers = [...counts].filter(([, count]) => count >= REPEATED.caseCount && count <= 8).slice(0, REPEATED.customerCount).map(([customer]) => customer);
  return buyers.flatMap((buyer) =>
    orders.filter((order) => order.customer === buyer && order.waybill !== null).slice(-REPEATED.caseCount).map((order) => {
      used.add(order);
      return settle(kind, order, random.pick(order.items), midnightOf(order.paidAt + random.int(5, 8) * DAY_MS) + timeOfDay(random), random.pick(REPEATED.reasons), random);
    }),
  ).filter(({ openedAt }) => openedAt < REFERENCE_AT);
}

function drawCase(kind, orders, used, random) {
  const isRecent = random.chance(0.24);
  for (let tries = 0; ; tries += 1) {
    const order = random.pick(orders);
    const item = random.pick(order.items);
    const openedAt = midnightOf(order.paidAt + random.int(...kind.age) * DAY_MS) + timeOfDay(random);
    const isWanted = openedAt > order.paidAt && openedAt < REFERENCE_AT && (!isRecent || tries > 4000 || REFERENCE_AT - openedAt < OPEN_DAYS * DAY_MS);
    if (used.has(order) || !isWanted || (kind.sewn && item.batch === null) || (kind.sized && item.sku.size === undefined)) continue;
    used.add(order);
    return settle(kind, order, item, openedAt, random.pick(reasonsFor(kind, item, order)), random);
  }
}

/** Only reasons that fit the goods: no toes in a jacket, no sleeves on a shoe. */
function reasonsFor(kind, { product, quantity }, order) {
  const isShoe = product.line.chart === 'shoes';
  const isTop = product.line.chart === 'top' && !product.title.includes('裤');
  const isUnshipped = order.waybill === null;
  const all = Object.keys(order.customer.isEnglish && kind.english !== undefined ? kind.english : kind.reasons);
  const fitting = all.filter((reason) => {
    if (/鞋子|厚袜/.test(reason)) return isShoe;
    if (/袖|肩|shoulder/.test(reason) && kind.type !== '维修') return isTop;
    if (/拉链|zip|压条|seam/.test(reason)) return !isShoe && product.line.lots === true;
    if (/面料/.test(reason)) return isTop;
    if (/两件/.test(reason)) return quantity > 1;
    if (/没收到|空包|delivered|empty|不想寄回/.test(reason)) return !isUnshipped;
    return true;
  });
  return fitting.length > 0 ? fitting : all.slice(0, 1);
}

function settle(kind, order, item, openedAt, reason, random) {
  const base = { type: kind.type, order, item, reason, openedAt };
  const closedAt = midnightOf(openedAt + random.int(...kind.days) * DAY_MS) + timeOfDay(random);
  const share = kind.amount === null ? null : random.int(kind.amount[0] * 100, kind.amount[1] * 100) / 100;
  const asked = share === null ? null : Math.round(item.yuan * share * 100) / 100;
  if (closedAt >= REFERENCE_AT || (REFERENCE_AT - openedAt < OPEN_DAYS * DAY_MS && random.chance(0.75))) {
    return { ...base, stage: random.pick(kind.open), amount: asked, cost: null, outcome: null, closedAt: null };
  }
  const outcome = random.pick({ ...kind.reasons, ...kind.english }[reason]);
  const [, mark, rest] = /^(?:(撤销|拒绝)：)?(.*)$/u.exec(outcome);
  const isDone = mark === undefined;
  return {
    ...base,
    stage: isDone ? '已完成' : mark === '撤销' ? '买家撤销' : '商家拒绝',
    amount: asked,
    cost: isDone && kind.cost !== null ? random.int(...kind.cost) : null,
    outcome: rest,
    closedAt,
  };
}

function changeStatus({ type, stage, order, closedAt }) {
  if (type !== '退货退款' && type !== '仅退款') return;
  if (stage === '已完成') order.status = order.items.length === 1 ? '已退款' : '部分退款';
  else if (closedAt === null) order.status = '退款中';
}
