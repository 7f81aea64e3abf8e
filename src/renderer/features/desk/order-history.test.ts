import { expect, test } from 'vitest';
import type { AfterSale, Order } from '../../../shared/contract/customer.contract.ts';
import { historyGaps, historyMarks, timeTicks } from './order-history.ts';

const order = (externalId: string, paidAt: number | null, paidFen = 100): Order => ({ externalId, paidAt, status: null, paidFen, waybill: null, carrier: null, promisedShipAt: null, items: [] });
const afterSale = (externalId: string, openedAt: number | null, amountFen: number | null): AfterSale => ({ externalId, orderExternalId: null, type: '退货', stage: null, reason: null, amountFen, openedAt, closedAt: null });

test('what has a time is a mark, oldest first; more than a year without an order is a gap', () => {
  const [start, later, now] = [Date.UTC(2023, 4, 1), Date.UTC(2024, 6, 1), Date.UTC(2026, 10, 1)];
  const marks = historyMarks({ orders: [order('b', later), order('x', null), order('a', start, 250)], afterSales: [afterSale('c', Date.UTC(2025, 0, 1), null), afterSale('d', null, 9)] });
  expect(marks.map(({ key, amountFen }) => [key, amountFen])).toEqual([['o-a', 250], ['o-b', 100], ['c-c', 0]]);
  expect(historyGaps(marks, now)).toEqual([{ fromAt: start, toAt: later, months: 14 }, { fromAt: later, toAt: now, months: 28 }]);
  expect(historyGaps([], now)).toEqual([]);
});

test('the axis counts months, half years or years, at most eight or so', () => {
  const months = (from: string, to: string) => timeTicks(Date.parse(from), Date.parse(to)).map((at) => new Date(at).toISOString().slice(0, 7));
  expect(months('2026-08-20', '2026-11-22')).toEqual(['2026-09', '2026-10', '2026-11']);
  expect(months('2025-05-20', '2026-11-22')).toEqual(['2025-07', '2025-10', '2026-01', '2026-04', '2026-07', '2026-10']);
  expect(months('2020-05-01', '2026-11-22')).toEqual(['2021-01', '2022-01', '2023-01', '2024-01', '2025-01', '2026-01']);
  expect(months('2026-11-22', '2026-11-22')).toEqual([]);
});
