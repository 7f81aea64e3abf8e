import { beforeEach, expect, test } from 'vitest';
import { catalogueContract, productSchema, type ProductSort } from '../../shared/contract/catalogue.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { listAllRows, openTestStore } from '../db/open-test-store.ts';
import { upsertProduct, upsertPromotion, type NewProduct } from './catalogue.repository.ts';
import { getProduct, listCategories, listProducts } from './product.repository.ts';

const NOW = 1000;
const price = (priceFen: number, fromAt: number, toAt: number | null, promo: string | null = null, skuExternalId: string | null = null) => ({ skuExternalId, priceFen, fromAt, toAt, promo });
const jacket: NewProduct = {
  externalId: 'RG-301', title: '云脊 三层冲锋衣', titleEn: 'Ridge 3L', category: '硬壳冲锋衣', brand: '山屿', priceFen: 189_900,
  specs: [{ name: '面料', value: '三层复合' }], specsEn: [{ name: 'Fabric', value: '3-layer' }],
  sizes: [{ size: 'M', measures: [{ name: '衣长', cm: 70 }], heightCm: { min: 165, max: 172 }, weightKg: null, chestCm: { min: 86, max: 92 } }],
  prices: [price(159_900, 900, 1100, '618'), price(189_900, 0, 900), price(100, 900, null, null, 'RG-301-M'), price(189_900, 1100, null)],
  skus: [{ externalId: 'RG-301-M', colour: '岩灰', size: 'M', stockCount: 3, batches: [{ batch: 'B2311', fabricLot: 'F-204', stockMetres: 3.2 }, { batch: 'B2403', fabricLot: 'F-231' }] }, { externalId: 'RG-301-L', colour: '岩灰', size: 'L' }],
};
const lamp: NewProduct = { externalId: 'FF-1', title: '萤 头灯', category: '头灯', priceFen: 12_900, skus: [{ externalId: 'FF-1-0', stockCount: 0 }] };
const rope: NewProduct = { externalId: 'LN-1', title: '绳 100%辅绳' };

let db: WritableDb;
let ctx: ReturnType<typeof openTestStore>['ctx'];
beforeEach(() => {
  ({ db, ctx } = openTestStore());
  for (const product of [jacket, lamp, rope]) upsertProduct(db, ctx, product);
  upsertPromotion(db, ctx, { externalId: 'all', title: '会员日', startsAt: 1 });
  upsertPromotion(db, ctx, { externalId: 'cat', title: '冲锋衣季', appliesTo: ['背包', '硬壳冲锋衣'], terms: '每人限一件', startsAt: 3 });
  upsertPromotion(db, ctx, { externalId: 'one', title: '头灯券', appliesTo: ['FF-1'], startsAt: 2 });
  db.exec(`INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('c', 'shop-1', 'u1', 'u1', 0);
    INSERT INTO orders (id, shop_id, external_id, customer_id, paid_at, paid_fen, content_hash, updated_at) VALUES ('o1', 'shop-1', 'o1', 'c', 5, 100, '', 0), ('o2', 'shop-1', 'o2', 'c', NULL, 100, '', 0);
    INSERT INTO order_items (id, order_id, ord, title, sku_external_id, quantity) VALUES ('i1', 'o1', 0, 'x', 'RG-301-M', 2), ('i2', 'o1', 1, 'x', 'RG-301-L', 1), ('i3', 'o2', 0, 'x', 'FF-1-0', 9), ('i4', 'o1', 2, 'x', NULL, 4);`);
});

const find = (change: Partial<Parameters<typeof listProducts>[1]>) => listProducts(db, { sort: 'title', isDescending: false, limit: 100, offset: 0, nowMs: NOW, ...change });

test('a summary holds the price of now, the stock that is known and the pieces sold', () => {
  const { products, total } = find({});
  expect(total).toBe(3);
  expect(products.map((product) => ({ ...product, id: '' }))).toEqual([
    { id: '', externalId: 'RG-301', title: '云脊 三层冲锋衣', titleEn: 'Ridge 3L', category: '硬壳冲锋衣', brand: '山屿', priceFen: 189_900, currentPriceFen: 159_900, skuCount: 2, stockCount: 3, soldCount: 3 },
    { id: '', externalId: 'LN-1', title: '绳 100%辅绳', titleEn: null, category: null, brand: null, priceFen: null, currentPriceFen: null, skuCount: 0, stockCount: null, soldCount: 0 },
    { id: '', externalId: 'FF-1', title: '萤 头灯', titleEn: null, category: '头灯', brand: null, priceFen: 12_900, currentPriceFen: 12_900, skuCount: 1, stockCount: 0, soldCount: 0 },
  ]);
  expect(find({ nowMs: 1100 }).products[0]?.currentPriceFen).toBe(189_900);
  expect(listCategories(db)).toEqual([{ name: '头灯', productCount: 1 }, { name: '硬壳冲锋衣', productCount: 1 }]);
});

test.each<[string, string[]]>([
  ['冲锋衣', ['RG-301']], ['衝鋒衣', ['RG-301']], ['RIDGE 3l', ['RG-301']], ['三层 岩灰', ['RG-301']], ['三层 头灯', []], ['rg-301-l', ['RG-301']], ['100%', ['LN-1']], ['_', []], ['%', ['LN-1']], ['  ', ['RG-301', 'LN-1', 'FF-1']], [`' OR 1=1 --`, []],
])('the query %j finds %j', (query, numbers) => {
  const { products, total } = find({ query });
  expect([products.map(({ externalId }) => externalId), total]).toEqual([numbers, numbers.length]);
});

test.each<[ProductSort, boolean, string[]]>([
  ['price', false, ['FF-1', 'RG-301', 'LN-1']], ['price', true, ['RG-301', 'FF-1', 'LN-1']], ['stock', false, ['FF-1', 'RG-301', 'LN-1']], ['stock', true, ['RG-301', 'FF-1', 'LN-1']],
  ['sold', true, ['RG-301', 'LN-1', 'FF-1']], ['title', true, ['FF-1', 'LN-1', 'RG-301']],
])('sorted by %s, falling %s', (sort, isDescending, numbers) => {
  expect(find({ sort, isDescending }).products.map(({ externalId }) => externalId)).toEqual(numbers);
});

test('a page of a category', () => {
  expect(find({ category: '头灯' })).toMatchObject({ total: 1, products: [{ externalId: 'FF-1' }] });
  expect(find({ limit: 1, offset: 1 })).toMatchObject({ total: 3, products: [{ externalId: 'LN-1' }] });
});

test('one product with everything, by any of its numbers', () => {
  const product = getProduct(db, 'RG-301', NOW);
  expect(productSchema.parse(product)).toEqual(product);
  expect({ ...product, id: '' }).toEqual({
    id: '', externalId: 'RG-301', title: '云脊 三层冲锋衣', titleEn: 'Ridge 3L', category: '硬壳冲锋衣', brand: '山屿', description: null, priceFen: 189_900, currentPriceFen: 159_900,
    skuCount: 2, stockCount: 3, soldCount: 3, specs: jacket.specs, specsEn: jacket.specsEn, sizes: jacket.sizes,
    prices: [price(189_900, 0, 900), price(159_900, 900, 1100, '618'), price(100, 900, null, null, 'RG-301-M'), price(189_900, 1100, null)],
    skus: [
      { externalId: 'RG-301-M', colour: '岩灰', size: 'M', priceFen: null, stockCount: 3, batches: [{ batch: 'B2403', fabricLot: 'F-231', supplier: null, colourCode: null, stockMetres: null }, { batch: 'B2311', fabricLot: 'F-204', supplier: null, colourCode: null, stockMetres: 3.2 }] },
      { externalId: 'RG-301-L', colour: '岩灰', size: 'L', priceFen: null, stockCount: null, batches: [] },
    ],
    promotions: [{ externalId: 'cat', title: '冲锋衣季', kind: null, rule: null, terms: '每人限一件', startsAt: 3, endsAt: null }, { externalId: 'all', title: '会员日', kind: null, rule: null, terms: null, startsAt: 1, endsAt: null }],
  });
  expect([getProduct(db, product.id, NOW), getProduct(db, 'RG-301-L', NOW)]).toEqual([product, product]);
  expect(() => getProduct(db, 'nothing', NOW)).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(Object.keys(catalogueContract)).toEqual(['list', 'product']);
});

test('facts come in again unchanged; what is left out stays, what differs is replaced', () => {
  const rows = listAllRows(db);
  const { specs: _specs, specsEn: _english, sizes: _sizes, prices: _prices, ...bare } = jacket;
  expect([upsertProduct(db, ctx, jacket), upsertProduct(db, ctx, bare)]).toEqual(['unchanged', 'unchanged']);
  expect(listAllRows(db)).toEqual(rows);
  expect([upsertProduct(db, ctx, { ...bare, specs: [] }), upsertProduct(db, ctx, { ...bare, sizes: [] }), upsertProduct(db, ctx, { ...bare, prices: [price(1, 0, null)] })]).toEqual(['updated', 'updated', 'updated']);
  expect(getProduct(db, 'RG-301', NOW)).toMatchObject({ specs: [], specsEn: jacket.specsEn, sizes: [], prices: [price(1, 0, null)], currentPriceFen: 1 });
});
