import { expect, test } from 'vitest';
import { ensureCustomer } from '../customers/customer.repository.ts';
import { upsertOrder } from '../customers/order.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { listSegmentSteps } from './loyalty-history.ts';

const DAY = 86_400_000;

test('the segment as the formula tells it after each order and now, where it changed', () => {
  const { db, ctx } = openTestStore();
  const lin = ensureCustomer(db, ctx, { externalId: 'lin' });
  expect(listSegmentSteps(db, lin, ctx.nowMs)).toEqual([]);
  const buy = (customer: string, daysAgo: number, paidFen: number) =>
    upsertOrder(db, ctx, { externalId: `${customer}-${daysAgo}`, customerExternalId: customer, paidAt: ctx.nowMs - daysAgo * DAY, status: null, paidFen, items: [] } as Parameters<typeof upsertOrder>[2]);
  for (const daysAgo of [900, 880, 860, 840, 820, 800]) buy('lin', daysAgo, 60_000);
  buy('wang', 20, 5000);
  const at = (daysAgo: number) => ctx.nowMs - daysAgo * DAY;
  expect(listSegmentSteps(db, lin, ctx.nowMs)).toEqual([
    { at: at(899), segment: 'promising' }, { at: at(859), segment: 'needs_attention' }, { at: at(839), segment: 'champions' }, { at: at(0), segment: 'lost' },
  ]);
});

test('many orders are looked at in twelve steps at most', () => {
  const { db, ctx } = openTestStore();
  const lin = ensureCustomer(db, ctx, { externalId: 'lin' });
  for (let index = 0; index < 60; index += 1)
    upsertOrder(db, ctx, { externalId: `o${index}`, customerExternalId: 'lin', paidAt: ctx.nowMs - (60 - index) * 40 * DAY, status: null, paidFen: 20_000, items: [] } as Parameters<typeof upsertOrder>[2]);
  const steps = listSegmentSteps(db, lin, ctx.nowMs) ?? [];
  expect(steps.length).toBeLessThanOrEqual(12);
  expect(steps[0]?.at).toBe(ctx.nowMs - 2400 * DAY + DAY);
});
