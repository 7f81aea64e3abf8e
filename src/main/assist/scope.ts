import type { CustomerCard } from '../../shared/contract/customer.contract.ts';
import type { MacroScope } from './macro-text.ts';

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

function day(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : DAY.format(at);
}

/** What macros may name, from the customer card (newest order first), the rep and the shop; unknown values are null. */
export function macroScope(card: CustomerCard | undefined, settings: { repName: string; shopName: string }): MacroScope {
  const order = card?.orders[0];
  const item = order?.items[0];
  return {
    customer: { name: card === undefined || card.name === card.externalId ? null : card.name, tier: card?.platformTier ?? null },
    order: {
      id: order?.externalId ?? null,
      waybill: order?.waybill ?? null,
      carrier: order?.carrier ?? null,
      status: order?.status ?? null,
      paid_on: day(order?.paidAt),
      ship_by: day(order?.promisedShipAt),
      amount: order === undefined ? null : (order.paidFen / 100).toFixed(2),
    },
    item: { title: item?.title ?? null, size: item?.size ?? null, colour: item?.colour ?? null, batch: item?.batch ?? null },
    rep: { name: settings.repName === '' ? null : settings.repName },
    shop: { name: settings.shopName === '' ? null : settings.shopName },
  };
}

/** Every variable the scope offers, for the macro editor and the documentation. */
export const MACRO_VARIABLES: readonly string[] = Object.entries(macroScope(undefined, { repName: '', shopName: '' })).flatMap(([group, values]) => Object.keys(values).map((name) => `${group}.${name}`));
