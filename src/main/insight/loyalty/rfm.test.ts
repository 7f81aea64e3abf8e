import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUINTILE_MIN_CUSTOMERS, rfmSegments, type PaidOrder } from './rfm.ts';
import { segmentFor } from './segments.ts';

const DAY_MS = 86_400_000;
const asOf = Date.UTC(2026, 0, 1);

function order(customerId: string, daysAgo: number, amountFen: number, orderId = `${customerId}-${daysAgo}`): PaidOrder {
  return { customerId, orderId, paidAt: asOf - daysAgo * DAY_MS, amountFen };
}

describe('segment table', () => {
  test('is complete, with the published counts', () => {
    const counts: Record<string, number> = {};
    const scores = [1, 2, 3, 4, 5];
    for (const recency of scores)
      for (const frequency of scores)
        for (const monetary of scores) {
          const segment = segmentFor({ recency, frequency, monetary });
          counts[segment] = (counts[segment] ?? 0) + 1;
        }
    expect(counts).toEqual({
      champions: 7, loyal: 8, potential_loyalist: 24, new: 7, promising: 16, needs_attention: 8, about_to_sleep: 8, cannot_lose: 8, at_risk: 22, hibernating: 11, lost: 6,
    });
  });

  test.each([
    [1, 4, 5, 'at_risk'], [1, 4, 4, 'cannot_lose'], [5, 5, 5, 'champions'], [5, 1, 1, 'new'], [1, 1, 1, 'lost'], [4, 4, 4, 'loyal'], [3, 1, 2, 'about_to_sleep'], [2, 1, 4, 'cannot_lose'],
  ])('%i%i%i is %s', (recency, frequency, monetary, segment) => {
    expect(segmentFor({ recency, frequency, monetary })).toBe(segment);
  });

  test('scores outside 1–5 are refused', () => {
    expect(() => segmentFor({ recency: 0, frequency: 1, monetary: 1 })).toThrow(RangeError);
    expect(() => segmentFor({ recency: 6, frequency: 1, monetary: 1 })).toThrow(RangeError);
  });
});

describe('rfmSegments', () => {
  test('one customer, with a refund, a repeated order row, an old and a future order', () => {
    const orders = [
      order('ann', 10, 50_000, 'o1'), order('ann', 10, 20_000, 'o1'), order('ann', 5, -10_000, 'o1'),
      order('ann', 40, 30_000, 'o2'), order('ann', 400, 900_000, 'o3'), order('ann', -1, 900_000, 'o4'),
    ];
    expect(rfmSegments(orders, { asOf })).toEqual([
      {
        customerId: 'ann', recencyDays: 10, orderCount: 2, netFen: 90_000,
        scores: { recency: 5, frequency: 2, monetary: 4 }, segment: 'promising',
        reasons: [
          { code: 'recency.high', values: { score: 5, recencyDays: 10 } },
          { code: 'frequency.low', values: { score: 2, orderCount: 2 } },
        ],
      },
    ]);
  });

  test('refunds alone give no customer; refunds above purchases give a negative net', () => {
    const orders = [order('refunder', 3, -5000), order('bob', 300, 5000, 'o1'), order('bob', 299, -6000, 'o1')];
    expect(rfmSegments(orders, { asOf }).map(({ customerId, netFen, segment }) => ({ customerId, netFen, segment }))).toEqual([
      { customerId: 'bob', netFen: -1000, segment: 'lost' },
    ]);
  });

  test('a customer last seen more than a year ago has no orders in the window', () => {
    expect(rfmSegments([order('old', 500, 9000)], { asOf })[0]).toMatchObject({ recencyDays: 500, orderCount: 0, netFen: 0, segment: 'lost' });
  });

  test('all equal: everyone is in the middle of recency and money', () => {
    const orders = Array.from({ length: 60 }, (_, index) => order(`c${index}`, 10, 1000));
    const scores = rfmSegments(orders, { asOf }).map((customer) => customer.scores);
    expect(scores).toEqual(Array.from({ length: 60 }, () => ({ recency: 3, frequency: 1, monetary: 3 })));
  });

  test('quintiles hold a fifth each when all values differ', () => {
    const orders = Array.from({ length: 100 }, (_, index) => order(`c${index}`, index, 1000 * (index + 1)));
    const customers = rfmSegments(orders, { asOf });
    const count = (score: number) => [customers.filter(({ scores }) => scores.recency === score).length, customers.filter(({ scores }) => scores.monetary === score).length];
    expect([1, 2, 3, 4, 5].map(count)).toEqual(Array.from({ length: 5 }, () => [20, 20]));
    expect(customers[0]?.scores).toEqual({ recency: 5, frequency: 1, monetary: 1 });
  });

  test('frequency bins 1 / 2 / 3 / 4–5 / 6+', () => {
    const orders = [1, 2, 3, 4, 5, 6, 9].flatMap((count) => Array.from({ length: count }, (_, index) => order(`c${count}`, index, 1000)));
    expect(rfmSegments(orders, { asOf }).map(({ scores }) => scores.frequency)).toEqual([1, 2, 3, 4, 4, 5, 5]);
  });

  test('nothing gives nothing', () => {
    expect(rfmSegments([], { asOf })).toEqual([]);
  });

  test('scores stay within 1–5, follow the raw values, and do not depend on the order of the rows', () => {
    const row = fc.record({
      customerId: fc.integer({ min: 0, max: 80 }).map((id) => `c${id}`),
      orderId: fc.integer({ min: 0, max: 300 }).map(String),
      paidAt: fc.integer({ min: 0, max: 500 }).map((days) => asOf - days * DAY_MS),
      amountFen: fc.integer({ min: -20_000, max: 300_000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (orders) => {
        const customers = rfmSegments(orders, { asOf });
        const byId = (a: { customerId: string }, b: { customerId: string }) => a.customerId.localeCompare(b.customerId);
        expect(rfmSegments(orders.toReversed(), { asOf }).sort(byId)).toEqual([...customers].sort(byId));
        for (const { scores, reasons } of customers) {
          expect(Object.values(scores).every((score) => Number.isInteger(score) && score >= 1 && score <= 5)).toBe(true);
          expect(new Set(reasons.map(({ code }) => code.split('.')[0])).size).toBe(2);
        }
        const sorted = customers.toSorted((a, b) => a.netFen - b.netFen);
        expect(sorted.every(({ scores }, index) => index === 0 || scores.monetary >= (sorted[index - 1]?.scores.monetary ?? 0))).toBe(true);
        const recent = customers.toSorted((a, b) => b.recencyDays - a.recencyDays);
        expect(recent.every(({ scores }, index) => index === 0 || scores.recency >= (recent[index - 1]?.scores.recency ?? 0))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a hundred thousand customers', () => {
    const orders = Array.from({ length: 150_000 }, (_, index) => order(`c${index % 100_000}`, index % 360, 1000 + (index % 977)));
    expect(rfmSegments(orders, { asOf }).length).toBe(100_000);
    expect(QUINTILE_MIN_CUSTOMERS).toBe(50);
  });
});
