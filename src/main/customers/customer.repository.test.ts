import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customerCardSchema } from '../../shared/contract/customer.contract.ts';
import { listAllRows, openTestStore } from '../db/open-test-store.ts';
import { upsertAfterSale } from './after-sale.repository.ts';
import { ensureCustomer, findCustomer, getCustomerCard } from './customer.repository.ts';
import { findTag, saveTags, setTagDisputed } from './loyalty.repository.ts';
import { listOrdersForLoyalty, upsertOrder, type NewOrder } from './order.repository.ts';
import { upsertReview } from './review.repository.ts';

const order: NewOrder = {
  externalId: 'o1', customerExternalId: 'u1', customerName: '王女士', platformTier: 'V3', paidAt: 1000, status: '已发货', paidFen: 19_900, waybill: 'SF1', carrier: '顺丰',
  items: [{ title: '冲锋衣', skuExternalId: 'sku-1', size: 'M', colour: '黑', batch: 'B7', priceFen: 19_900, quantity: 1 }],
};
const item = { title: '冲锋衣', skuExternalId: 'sku-1', size: 'M', colour: '黑', batch: 'B7', priceFen: 19_900, quantity: 1 };

describe('customers', () => {
  test('a name fills in once, a tier follows', () => {
    const { db, ctx } = openTestStore();
    const id = ensureCustomer(db, ctx, { externalId: 'u1' });
    expect(findCustomer(db, 'u1')).toEqual({ id, externalId: 'u1', name: 'u1', platformTier: null });
    expect(ensureCustomer(db, ctx, { externalId: 'u1', name: ' 王女士 ', platformTier: 'V1' })).toBe(id);
    ensureCustomer(db, ctx, { externalId: 'u1', name: '别的', platformTier: 'V2' });
    ensureCustomer(db, ctx, { externalId: 'u1', name: ' ', platformTier: '' });
    expect(findCustomer(db, id)).toEqual({ id, externalId: 'u1', name: '王女士', platformTier: 'V2' });
    expect(findCustomer(db, 'nobody')).toBeUndefined();
  });

  test('a card holds what the shop knows, newest first', () => {
    const { db, ctx } = openTestStore();
    upsertOrder(db, ctx, order);
    upsertOrder(db, ctx, { externalId: 'o2', customerExternalId: 'u1', paidAt: 2000, paidFen: 100 });
    upsertAfterSale(db, ctx, { externalId: 'a1', customerExternalId: 'u1', orderExternalId: 'o1', type: '退款', amountFen: 50, openedAt: 3000 });
    upsertReview(db, ctx, { externalId: 'r1', customerExternalId: 'u1', score: 2, text: '开线了', reviewedAt: 4000 });
    upsertReview(db, ctx, { externalId: 'r2', score: 5, text: '匿名' });
    const id = findCustomer(db, 'u1')?.id;
    if (id === undefined) throw new Error('no customer');
    const card = getCustomerCard(db, id);
    const none = { status: null, waybill: null, carrier: null, promisedShipAt: null };
    expect(card).toEqual({
      id, externalId: 'u1', name: '王女士', platformTier: 'V3', tag: null, orderCount: 2, totalPaidFen: 20_000, firstOrderAt: 1000, lastOrderAt: 2000, conversationCount: 0,
      orders: [{ ...none, externalId: 'o2', paidAt: 2000, paidFen: 100, items: [] }, { ...none, externalId: 'o1', paidAt: 1000, paidFen: 19_900, status: '已发货', waybill: 'SF1', carrier: '顺丰', items: [item] }],
      afterSales: [{ externalId: 'a1', orderExternalId: 'o1', type: '退款', stage: null, reason: null, amountFen: 50, openedAt: 3000, closedAt: null }],
      reviews: [{ score: 2, text: '开线了', at: 4000 }],
    });
    expect(customerCardSchema.parse(card)).toEqual(card);
    expect(() => getCustomerCard(db, 'nope' as typeof id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

describe('imports', () => {
  test('the same order again is unchanged, a changed one replaces its items', () => {
    const { db, ctx } = openTestStore();
    expect(upsertOrder(db, ctx, order)).toBe('added');
    const before = listAllRows(db);
    expect(upsertOrder(db, { ...ctx, nowMs: 5 }, order)).toBe('unchanged');
    expect(listAllRows(db)).toEqual(before);
    expect(upsertOrder(db, { ...ctx, nowMs: 5 }, { ...order, status: '已签收', items: [{ title: '围巾' }] })).toBe('updated');
    expect(db.prepare('SELECT title, quantity FROM order_items').all()).toEqual([{ title: '围巾', quantity: 1 }]);
  });

  test('a whole import twice is unchanged and leaves the same rows', () => {
    const id = fc.integer({ min: 1, max: 6 });
    const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const orders = fc.uniqueArray(fc.record({ id, customer: id, paidFen: fc.nat(), paidAt: nullable(fc.nat()), status: nullable(fc.string()), items: fc.array(fc.record({ title: fc.string() }), { maxLength: 3 }) }), { selector: (row) => row.id });
    const reviews = fc.uniqueArray(fc.record({ id, customer: nullable(id), score: fc.integer({ min: 1, max: 5 }), text: fc.string() }), { selector: (row) => row.id });
    const { db, ctx } = openTestStore();
    fc.assert(
      fc.property(orders, reviews, (orderRows, reviewRows) => {
        const importAll = () => db.transaction(() => [
          ...orderRows.map(({ id: orderId, customer, ...row }) => upsertOrder(db, ctx, { ...row, externalId: `o${orderId}`, customerExternalId: `u${customer}` })),
          ...reviewRows.map(({ id: reviewId, customer, ...row }) => upsertReview(db, ctx, { ...row, externalId: `r${reviewId}`, customerExternalId: customer === null ? null : `u${customer}` })),
          ...orderRows.map((row) => upsertAfterSale(db, ctx, { externalId: `a${row.id}`, customerExternalId: `u${row.customer}`, type: 'refund', reason: row.status, amountFen: row.paidFen })),
        ])();
        importAll();
        const rows = listAllRows(db);
        expect(new Set(importAll())).toEqual(new Set(orderRows.length + reviewRows.length === 0 ? [] : ['unchanged']));
        expect(listAllRows(db)).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });
});

describe('loyalty', () => {
  test('orders come by customer and time, only paid ones, across pages', () => {
    const { db, ctx } = openTestStore();
    db.transaction(() => {
      for (let index = 0; index < 6000; index += 1) upsertOrder(db, ctx, { externalId: `o${index}`, customerExternalId: `u${index % 7}`, paidAt: index % 50, paidFen: 100 + index });
      upsertOrder(db, ctx, { externalId: 'free', customerExternalId: 'u1', paidAt: 1, paidFen: 0 });
      upsertOrder(db, ctx, { externalId: 'unpaid', customerExternalId: 'u1', paidFen: 5 });
    })();
    const expected = db.prepare('SELECT customer_id AS customerId, id AS orderId, paid_at AS paidAt, paid_fen AS amountFen FROM orders WHERE paid_at IS NOT NULL AND paid_fen > 0 ORDER BY customer_id, paid_at, id').all();
    const seen = [];
    for (const row of listOrdersForLoyalty(db)) {
      seen.push(row);
      if (seen.length === 1) ensureCustomer(db, ctx, { externalId: 'written in between' });
    }
    expect(seen).toEqual(expected);
    expect(seen).toHaveLength(6000);
  });

  test('a dispute stays while the segment does', () => {
    const { db, ctx } = openTestStore();
    const customerId = ensureCustomer(db, ctx, { externalId: 'u1' });
    const tag = { customerId, segment: 'loyal' as const, scores: { recency: 5, frequency: 4, monetary: 3 }, reasons: [{ code: 'often', values: { count: 9 } }], computedAt: 7 };
    expect([findTag(db, customerId), setTagDisputed(db, customerId, true)]).toEqual([null, null]);
    expect(saveTags(db, [tag])).toBe(1);
    const { customerId: _, ...stored } = tag;
    expect(setTagDisputed(db, customerId, true)).toEqual({ ...stored, isDisputed: true });
    saveTags(db, [{ ...tag, computedAt: 8 }]);
    expect(findTag(db, customerId)).toEqual({ ...stored, computedAt: 8, isDisputed: true });
    saveTags(db, [{ ...tag, segment: 'at_risk' }]);
    expect(findTag(db, customerId)).toEqual({ ...stored, segment: 'at_risk', isDisputed: false });
  });
});
