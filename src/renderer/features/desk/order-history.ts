import type { AfterSale, CustomerCard, Order } from '../../../shared/contract/customer.contract.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const MONTH_MS = YEAR_MS / 12;
const MOST_TICKS = 8;

/** One mark of the order history: `amountFen` 0 for a case that names no sum. Cases of a shown order stand on its day. */
export type HistoryMark = { key: string; at: number; amountFen: number; kind: 'order'; order: Order } | { key: string; at: number; amountFen: number; kind: 'case'; afterSale: AfterSale };
/** More than a year without an order, between two of them or up to now. */
export type HistoryGap = { fromAt: number; toAt: number; months: number };

/** Orders with a time of payment and after-sales with one of opening, oldest first. */
export function historyMarks({ orders, afterSales }: Pick<CustomerCard, 'orders' | 'afterSales'>): HistoryMark[] {
  const paid = orders.flatMap((order): HistoryMark[] => (order.paidAt === null ? [] : [{ key: `o-${order.externalId}`, at: order.paidAt, amountFen: order.paidFen, kind: 'order', order }]));
  const cases = afterSales.flatMap((afterSale): HistoryMark[] => (afterSale.openedAt === null ? [] : [{ key: `c-${afterSale.externalId}`, at: afterSale.openedAt, amountFen: afterSale.amountFen ?? 0, kind: 'case', afterSale }]));
  return [...paid, ...cases].toSorted((a, b) => a.at - b.at);
}

export function historyGaps(marks: readonly HistoryMark[], nowMs: number): HistoryGap[] {
  const times = [...marks.filter(({ kind }) => kind === 'order').map(({ at }) => at), nowMs];
  return times.slice(1).flatMap((toAt, index) => {
    const fromAt = times[index] ?? toAt;
    return toAt - fromAt > YEAR_MS ? [{ fromAt, toAt, months: Math.floor((toAt - fromAt) / MONTH_MS) }] : [];
  });
}

/** First days of months within, for the axis: every third month of a short time, every year or some years of a long one; at most eight. */
export function timeTicks(fromAt: number, toAt: number): number[] {
  const monthOf = (at: number): number => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
  const step = [1, 3, 6, 12, 24, 60, 120].find((months) => (monthOf(toAt) - monthOf(fromAt)) / months <= MOST_TICKS) ?? 240;
  const first = Math.ceil(monthOf(fromAt) / step) * step;
  return Array.from({ length: MOST_TICKS + 2 }, (_, index) => Date.UTC(Math.floor((first + index * step) / 12), (first + index * step) % 12, 1)).filter((at) => at >= fromAt && at <= toAt);
}
