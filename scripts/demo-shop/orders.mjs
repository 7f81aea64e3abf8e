import { priceAt } from './catalogue.mjs';
import { createRandom } from './random.mjs';
import { DAY_MS, dayOfMonth, dayStart, monthOf, monthStart, REFERENCE_AT } from './times.mjs';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Share of a day's orders in each hour from 8 to 23. */
const HOUR_WEIGHTS = [2, 4, 6, 6, 7, 5, 5, 5, 5, 5, 5, 6, 10, 12, 11, 6];
/** Days before the reference date in which its campaign is at full run; parcels of these days leave late more often. */
const RUSH_DAYS = 7;
const CARRIERS = [{ name: '顺丰速运', prefix: 'SF', weight: 45 }, { name: '圆通速递', prefix: 'YT', weight: 33 }, { name: '京东物流', prefix: 'JD', weight: 22 }];
const SHIPPED = ['已揽收', '运输中', '派送中', '已签收', '交易成功'];

/** Orders of all customers by time: `items` hold the product beside what was bought. */
export function buildOrders({ customers, products, promotions }) {
  const random = createRandom('orders');
  const campaigns = promotions.filter(({ discount }) => discount !== undefined).map((promotion) => ({ ...promotion, startAt: dayStart(promotion.start), endAt: dayStart(promotion.end) }));
  const drafts = customers.flatMap((customer) => {
    const times = paidTimes(customer.habit, campaigns, random);
    return times.map((paidAt, index) => ({ customer, paidAt, isFirst: index === 0 }));
  });
  let number = 1_000_300_000;
  return drafts.toSorted((a, b) => a.paidAt - b.paidAt || (a.customer.id < b.customer.id ? -1 : 1)).map(({ customer, paidAt, isFirst }) => {
    number += random.int(37, 4800);
    const items = itemsOf(customer, paidAt, products, random);
    return { id: `SY${number}`, customer, paidAt, items, ...payment(items, { paidAt, isFirst, campaigns }), ...delivery(paidAt, campaigns, random) };
  });
}

/** When a customer paid, oldest first: the first and the last day of their habit, and days between, drawn to campaigns. */
function paidTimes(habit, campaigns, random) {
  const count = random.int(...habit.orders);
  const last = random.chance(habit.rush ?? 0) ? random.int(1, RUSH_DAYS) : random.int(...habit.last);
  const joined = Math.max(last + (count > 1 ? count * 6 : 0), count > 1 ? random.int(...habit.joined) : last);
  const days = new Set(count > 1 ? [last, joined] : [last]);
  for (let tries = 0; days.size < count && tries < 200; tries += 1) days.add(dayBetween(last, joined, campaigns, random));
  return [...days].map((day) => REFERENCE_AT - day * DAY_MS + timeOfDay(random)).toSorted((a, b) => a - b);
}

function dayBetween(last, joined, campaigns, random) {
  const inReach = campaigns.map(({ startAt, endAt }) => [Math.ceil((REFERENCE_AT - endAt) / DAY_MS) + 1, Math.floor((REFERENCE_AT - startAt) / DAY_MS)]).filter(([end, start]) => start <= joined && end >= last);
  if (inReach.length > 0 && random.chance(0.42)) {
    const [end, start] = random.pick(inReach);
    return random.int(end, start);
  }
  return random.int(last, joined);
}

/** Milliseconds since midnight, as people write and pay: from 8 to 23. */
export function timeOfDay(random) {
  const hour = 8 + random.weighted(HOUR_WEIGHTS.map((_, index) => index), (index) => HOUR_WEIGHTS[index]);
  return hour * HOUR_MS + random.int(0, 59) * MINUTE_MS + random.int(0, 59) * 1000;
}

function itemsOf(customer, paidAt, products, random) {
  const count = random.weighted([1, 2, 3], (each) => [60, 29, 11][each - 1]);
  const chosen = new Set();
  while (chosen.size < count) chosen.add(random.weighted(products.filter(({ launchAt }) => launchAt <= paidAt), (product) => (chosen.has(product) ? 0 : appeal(product, customer, paidAt))));
  return [...chosen].map((product) => itemOf(product, customer, paidAt, random));
}

/** How likely a customer is to buy a product that day: season, who it is for, and what they spend. */
function appeal({ line, cut, price }, { cut: own, hasKids, habit }, paidAt) {
  const fit = cut === 'unisex' ? 1 : cut === 'kids' ? (hasKids ? 1 : 0.02) : cut === own ? 1 : 0.08;
  const purse = { low: price < 300 ? 3 : price < 700 ? 1 : 0.1, middle: price < 120 ? 1.4 : price < 1300 ? 1 : 0.35, high: price < 200 ? 0.5 : price > 900 ? 2.2 : 1 }[habit.spend];
  return line.months[monthOf(paidAt)] * fit * purse;
}

function itemOf(product, customer, paidAt, random) {
  const colour = random.pick([...new Set(product.skus.map((sku) => sku.colour))]);
  const sized = product.skus.filter((sku) => sku.colour === colour);
  const place = Math.round((customer.sizeIndex / 4) * (sized.length - 1)) + (random.chance(0.08) ? random.pick([-1, 1]) : 0);
  const sku = sized[Math.min(Math.max(place, 0), sized.length - 1)];
  const batch = product.batches.findLast(({ month }) => monthStart(month) <= paidAt)?.batch ?? null;
  return { product, sku, batch, yuan: priceAt(product, paidAt), quantity: product.price < 150 && random.chance(0.22) ? 2 : 1 };
}

function payment(items, { paidAt, isFirst, campaigns }) {
  const sumOf = (list) => list.reduce((sum, { yuan, quantity }) => sum + yuan * quantity, 0);
  const goods = sumOf(items);
  const campaign = campaigns.find(({ startAt, endAt }) => startAt <= paidAt && paidAt < endAt);
  const shipping = goods < 99 ? 10 : 0;
  if (campaign !== undefined) {
    const counted = sumOf(items.filter(({ product }) => campaign.applies === undefined || campaign.applies.includes(product.category)));
    const off = Math.min(Math.floor(counted / campaign.discount.per) * campaign.discount.off, campaign.discount.most);
    if (off > 0) return { yuan: goods - off + shipping, promo: `${campaign.title} ${campaign.id.slice(-4)}` };
  }
  if (paidAt < dayStart('2025-01-01')) return { yuan: goods + shipping, promo: null };
  if (isFirst && goods >= 199) return { yuan: goods - 20 + shipping, promo: '新客礼' };
  if (!isFirst && dayOfMonth(paidAt) === 18 && goods >= 399) return { yuan: goods - 30, promo: '会员日' };
  return { yuan: goods + shipping, promo: null };
}

/** What has happened to the parcel by the reference date. Some leave late, some are stuck on the way. */
function delivery(paidAt, campaigns, random) {
  const isCampaign = campaigns.some(({ price, startAt, endAt }) => price && startAt <= paidAt && paidAt < endAt);
  const isPresale = isCampaign && random.chance(0.12);
  const promisedShipAt = paidAt + (isPresale ? 10 * DAY_MS : isCampaign ? 3 * DAY_MS : 2 * DAY_MS);
  const isRush = REFERENCE_AT - paidAt < (RUSH_DAYS + 2) * DAY_MS;
  const isLate = random.chance(isRush ? 0.25 : 0.07);
  const shippedAt = isLate ? promisedShipAt + random.int(20, 110) * HOUR_MS : paidAt + random.int(6, isPresale ? 200 : 40) * HOUR_MS;
  const isStuck = random.chance(isRush ? 0.12 : 0.02);
  const travelled = (REFERENCE_AT - shippedAt) / DAY_MS;
  const status = statusOf(paidAt, travelled, isStuck);
  if (!SHIPPED.includes(status)) return { promisedShipAt, isLate, status, carrier: null, waybill: null };
  const carrier = random.weighted(CARRIERS, ({ weight }) => weight);
  return { promisedShipAt, isLate, status, carrier: carrier.name, waybill: `${carrier.prefix}${random.digits(13)}` };
}

function statusOf(paidAt, travelledDays, isStuck) {
  if (travelledDays < 0) return REFERENCE_AT - paidAt < DAY_MS / 3 ? '已付款' : '待发货';
  if (travelledDays < 0.5) return '已揽收';
  if (travelledDays < 2.2 || (isStuck && travelledDays < 12)) return '运输中';
  if (travelledDays < 3) return '派送中';
  return travelledDays < 12 ? '已签收' : '交易成功';
}
