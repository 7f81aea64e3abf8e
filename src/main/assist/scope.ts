import type { CustomerCard } from '../../shared/contract/customer.contract.ts';
import type { MacroScope } from './macro-text.ts';

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

function day(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : DAY.format(at);
}

type Order = CustomerCard['orders'][number];

function orderValues(order: Partial<Order>) {
  const { externalId = null, waybill = null, carrier = null, status = null, paidAt, promisedShipAt, paidFen } = order;
  return { id: externalId, waybill, carrier, status, paid_on: day(paidAt), ship_by: day(promisedShipAt), amount: paidFen === undefined ? null : (paidFen / 100).toFixed(2) };
}

function itemValues(item: Partial<Order['items'][number]>) {
  const { title = null, size = null, colour = null, batch = null } = item;
  return { title, size, colour, batch };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

/** What macros may name, from the customer card (newest order first), the rep and the shop; unknown values are null. */
export function macroScope(card: CustomerCard | undefined, settings: { repName: string; shopName: string }): MacroScope {
  const order = card?.orders[0] ?? {};
  const item = card?.orders[0]?.items[0] ?? {};
  return {
    customer: { name: card === undefined || card.name === card.externalId ? null : card.name, tier: card?.platformTier ?? null },
    order: orderValues(order),
    item: itemValues(item),
    rep: { name: orNull(settings.repName) },
    shop: { name: orNull(settings.shopName) },
  };
}
