import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { listCategories, listProducts, getProduct } from '../src/main/catalogue/product.repository.ts';
import { createLoyaltyService } from '../src/main/insight/loyalty.service.ts';
import { importBench, type ImportBench } from '../src/main/importing/importing.fixture.ts';
import { findPii } from '../src/main/text/pii.ts';
import { importKindSchema } from '../src/shared/contract/import.contract.ts';

const root = path.join(import.meta.dirname, '..');
const shop = path.join(root, 'resources/demo-shop/shop');
const REFERENCE_AT = Date.parse('2026-06-01T00:00:00+08:00');

test('the committed files are what the generator writes', () => {
  expect(execFileSync(process.execPath, [path.join(root, 'scripts/demo-shop.mjs'), '--check'], { encoding: 'utf8' })).toBe('');
});

test('no phone number, e-mail or address is in the shop', () => {
  for (const name of ['orders.csv', 'after-sales.csv', 'reviews.csv', 'promotions.csv']) {
    const kinds = new Set(readFileSync(path.join(shop, name), 'utf8').split('\n').flatMap((line) => findPii(line)).map(({ kind }) => kind));
    expect([name, [...kinds].filter((kind) => kind !== 'waybill')]).toEqual([name, []]);
  }
});

describe('imported through the importers of real data', () => {
  let bench: ImportBench;
  beforeAll(() => {
    bench = importBench();
    return () => bench[Symbol.dispose]();
  });
  const one = (sql: string): unknown => Object.values(bench.rows(sql)[0] as object)[0];

  test('nothing is rejected, and again nothing changes', async () => {
    const files = { products: 'products.jsonl', promotions: 'promotions.csv', orders: 'orders.csv', 'after-sales': 'after-sales.csv', reviews: 'reviews.csv' };
    const run = async () => Promise.all(Object.entries(files).map(async ([kind, name]) => ({ kind, ...(await bench.imports.run(path.join(shop, name), importKindSchema.parse(kind))) })));
    const first = await run();
    expect(first.map(({ kind, rejected }) => [kind, rejected])).toEqual(Object.keys(files).map((kind) => [kind, []]));
    const added = Object.fromEntries(first.map((report) => [report.kind, report.added]));
    expect([added['products'] ?? 0, added['promotions'] ?? 0, added['orders'] ?? 0, added['after-sales'] ?? 0, added['reviews'] ?? 0].map((count, index) => count >= ([124, 20, 1550, 220, 260][index] ?? 0))).toEqual([true, true, true, true, true]);
    expect((await run()).map(({ kind, added: again, updated }) => [kind, again, updated])).toEqual(Object.keys(files).map((kind) => [kind, 0, 0]));
  });

  test('every loyalty segment has customers', () => {
    createLoyaltyService({ db: bench.db, clock: { nowMs: () => REFERENCE_AT } }).refresh();
    const counts = Object.fromEntries(bench.rows('SELECT segment, count(*) AS count FROM customers GROUP BY segment').map((row) => Object.values(row as object) as [string, number]));
    expect(Object.keys(counts)).toHaveLength(11);
    expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(4);
  });

  test('the catalogue is whole: twelve lines, all with specs in two languages; sewn goods have lots of at least four seasons', () => {
    expect(listCategories(bench.db)).toHaveLength(12);
    const { products } = listProducts(bench.db, { sort: 'sold', isDescending: true, limit: 500, offset: 0, nowMs: REFERENCE_AT });
    const all = products.map(({ id }) => getProduct(bench.db, id, REFERENCE_AT));
    expect(all.filter(({ specs, specsEn, titleEn, skus, prices }) => specs.length < 2 || specs.length !== specsEn.length || titleEn === null || skus.length === 0 || prices.length === 0)).toEqual([]);
    expect(all.filter(({ titleEn, specsEn }) => /\p{Script=Han}/u.test(`${titleEn}${JSON.stringify(specsEn)}`)).map(({ title }) => title)).toEqual([]);
    const seasons = new Set(all.flatMap(({ skus }) => skus.flatMap(({ batches }) => batches.map(({ batch }) => batch.slice(0, 5)))));
    expect(seasons.size).toBeGreaterThanOrEqual(4);
    expect(all.filter(({ category, sizes }) => ['硬壳冲锋衣', '软壳衣', '羽绒服', '速干衣裤', '徒步鞋', '溯溪鞋'].includes(category ?? '') && sizes.length < 5)).toEqual([]);
  });

  test('every sold item is a SKU of the catalogue, made before it was sold; every case and review is of a real order', () => {
    expect(one('SELECT count(*) FROM order_items WHERE sku_external_id IS NULL OR sku_external_id NOT IN (SELECT external_id FROM skus)')).toBe(0);
    expect(one('SELECT count(*) FROM order_items i JOIN skus s ON s.external_id = i.sku_external_id WHERE i.batch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sku_batches WHERE sku_id = s.id AND batch = i.batch)')).toBe(0);
    for (const table of ['after_sales', 'reviews']) expect(one(`SELECT count(*) FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.external_id = t.order_external_id AND o.customer_id = t.customer_id)`)).toBe(0);
    expect(one(`SELECT count(*) FROM orders WHERE paid_at >= ${REFERENCE_AT} OR paid_fen <= 0`)).toBe(0);
    expect(one(`SELECT count(*) FROM after_sales WHERE opened_at >= ${REFERENCE_AT} OR closed_at >= ${REFERENCE_AT} OR closed_at <= opened_at`)).toBe(0);
    expect(one(`SELECT count(*) FROM reviews WHERE reviewed_at >= ${REFERENCE_AT}`)).toBe(0);
    expect(one('SELECT count(*) FROM customers')).toBe(320);
  });

  test('there is something of every kind', () => {
    const counts = (sql: string) => Object.fromEntries(bench.rows(sql).map((row) => Object.values(row as object) as [string, number]));
    const statuses = counts('SELECT status, count(*) FROM orders GROUP BY status');
    const cases = counts('SELECT type, count(*) FROM after_sales GROUP BY type');
    const scores = counts('SELECT score, count(*) FROM reviews GROUP BY score');
    expect(Object.keys(statuses).length).toBeGreaterThanOrEqual(8);
    expect(Object.keys(cases)).toHaveLength(8);
    expect(Object.keys(scores)).toHaveLength(5);
    expect(Number(one('SELECT count(*) FROM after_sales WHERE closed_at IS NULL'))).toBeGreaterThanOrEqual(25);
    expect(Number(one(`SELECT count(*) FROM orders WHERE status = '待发货' AND promised_ship_at < ${REFERENCE_AT}`))).toBeGreaterThanOrEqual(3);
    expect(Number(one('SELECT count(DISTINCT text) FROM reviews'))).toBeGreaterThanOrEqual(80);
  });
});
