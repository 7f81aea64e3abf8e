import { expect, test } from 'vitest';
import { listAllRows, openTestStore } from '../db/open-test-store.ts';
import { upsertProduct, upsertPromotion, type NewProduct } from './catalogue.repository.ts';

const jacket: NewProduct = {
  externalId: 'p1', title: '冲锋衣', category: '户外', priceFen: 59_900,
  skus: [
    { externalId: 's1', colour: '黑', size: 'M', stockCount: 3, batches: [{ batch: 'B1', fabricLot: 'L9', stockMetres: 12.5 }] },
    { externalId: 's2', colour: '黑', size: 'L' },
  ],
};

test('products come in with SKUs and batches; the same again is unchanged', () => {
  const { db, ctx } = openTestStore();
  expect(upsertProduct(db, ctx, jacket)).toBe('added');
  const rows = listAllRows(db);
  expect(upsertProduct(db, { ...ctx, nowMs: 5 }, jacket)).toBe('unchanged');
  const { skus: _, ...withoutSkus } = jacket;
  expect(upsertProduct(db, { ...ctx, nowMs: 5 }, withoutSkus)).toBe('unchanged');
  expect(listAllRows(db)).toEqual(rows);
  expect(db.prepare('SELECT s.external_id, b.batch, b.fabric_lot, b.stock_metres FROM skus s LEFT JOIN sku_batches b ON b.sku_id = s.id ORDER BY 1').all()).toEqual([
    { external_id: 's1', batch: 'B1', fabric_lot: 'L9', stock_metres: 12.5 },
    { external_id: 's2', batch: null, fabric_lot: null, stock_metres: null },
  ]);
});

test.each<[string, NewProduct, string[]]>([
  ['its title', { ...jacket, title: '新款' }, ['s1', 's2']],
  ['a stock', { ...jacket, skus: [{ ...jacket.skus?.[0], externalId: 's1', stockCount: 2 }, { externalId: 's2', colour: '黑', size: 'L' }] }, ['s1', 's2']],
  ['a SKU that is gone', { ...jacket, skus: [{ externalId: 's2', colour: '黑', size: 'L' }] }, ['s2']],
  ['a new SKU', { ...jacket, skus: [...(jacket.skus ?? []), { externalId: 's3' }] }, ['s1', 's2', 's3']],
])('a product that differs in %s is updated', (_, product, skus) => {
  const { db, ctx } = openTestStore();
  upsertProduct(db, ctx, jacket);
  expect([upsertProduct(db, ctx, product), upsertProduct(db, ctx, product)]).toEqual(['updated', 'unchanged']);
  expect(db.prepare('SELECT external_id FROM skus ORDER BY 1').pluck().all()).toEqual(skus);
});

test('promotions come in by their number', () => {
  const { db, ctx } = openTestStore();
  const promotion = { externalId: 'x', title: '满300减40', startsAt: 1, endsAt: 2 };
  expect([upsertPromotion(db, ctx, promotion), upsertPromotion(db, ctx, promotion), upsertPromotion(db, ctx, { ...promotion, endsAt: 3 })]).toEqual(['added', 'unchanged', 'updated']);
});
