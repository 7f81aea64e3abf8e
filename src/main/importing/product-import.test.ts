import { expect, it } from 'vitest';
import { getProduct } from '../catalogue/product.repository.ts';
import { importBench, jsonLines, NOW_MS } from './importing.fixture.ts';

const report = (added: number, updated: number, unchanged: number, ...rejected: unknown[]) => ({ added, updated, unchanged, rejectedCount: rejected.length, rejected });
const jacket = {
  product_id: 'P1', title: '冲锋衣', title_en: 'Shell', specs: { 面料: '三层复合', 重量: '465 g' }, specs_en: { Fabric: '3-layer' },
  size_chart: [{ size: 'M', measures: { 衣长: 70 }, height: [165, 172] }], price_history: [{ from: '2025-06-21', price: 1099 }, { from: '2025-05-28', to: '2025-06-21', price: 899, promo: '618' }],
  skus: [{ id: 'P1-M', size: 'M', batches: [{ batch: 'B1', fabricLot: 'F-1' }, { batch: 'B2' }] }, { id: 'P1-L', size: 'L' }],
};

it('a product with all its lists comes in from JSON lines and from one cell each of a table alike', async () => {
  using bench = importBench();
  const lines = bench.file('p.jsonl', jsonLines(jacket));
  const table = bench.file('p.csv', [
    '商品ID,商品名称,英文名,规格参数,英文参数,尺码表,价格历史,SKU编码,尺码,批次,面料批次',
    'P1,冲锋衣,Shell,面料=三层复合; 重量=465 g,Fabric=3-layer,"M: 衣长=70, 身高=165-172",2025-05-28~2025-06-21 899 618; 2025-06-21~ 1099,P1-M,M,B1,F-1',
    'P1,,,,,,,P1-M,M,B2,', 'P1,,,,,,,P1-L,L,,',
  ].join('\n'));
  expect([await bench.imports.run(lines, 'products'), await bench.imports.run(table, 'products'), await bench.imports.run(lines, 'products')]).toEqual([report(1, 0, 0), report(0, 0, 1), report(0, 0, 1)]);
  expect(getProduct(bench.db, 'P1', NOW_MS)).toMatchObject({
    titleEn: 'Shell', specs: [{ name: '面料', value: '三层复合' }, { name: '重量', value: '465 g' }], specsEn: [{ name: 'Fabric', value: '3-layer' }],
    sizes: [{ size: 'M', measures: [{ name: '衣长', cm: 70 }], heightCm: { min: 165, max: 172 }, weightKg: null, chestCm: null }], currentPriceFen: 109_900,
    prices: [{ priceFen: 89_900, promo: '618', toAt: Date.UTC(2025, 5, 20, 16) }, { priceFen: 109_900, promo: null, toAt: null }],
  });
});

it('a file without the lists leaves them; one that differs replaces them', async () => {
  using bench = importBench();
  const run = async (name: string, product: object) => bench.imports.run(bench.file(name, jsonLines(product)), 'products');
  const { specs: _specs, size_chart: _sizes, price_history: _prices, ...bare } = jacket;
  expect([await run('a.jsonl', jacket), await run('b.jsonl', bare), await run('c.jsonl', { ...bare, specs: { 面料: '两层' } })]).toEqual([report(1, 0, 0), report(0, 0, 1), report(0, 1, 0)]);
  expect(getProduct(bench.db, 'P1', NOW_MS)).toMatchObject({ specs: [{ name: '面料', value: '两层' }], sizes: [{ size: 'M' }], prices: [{ promo: '618' }, { promo: null }] });
});

it('one bad list or SKU rejects its product as a whole, once; the others come in', async () => {
  using bench = importBench();
  await bench.imports.run(bench.file('first.jsonl', jsonLines(jacket)), 'products');
  const bad = jsonLines({ ...jacket, title: '新', size_chart: [{ size: 'M', measures: { 衣长: 'long' } }] }, { ...jacket, title: '新', skus: [{ id: 'P1-M' }, { id: 'P1-L', stock: 'many' }] }, { product_id: 'P2', title: '帽子' });
  expect(await bench.imports.run(bench.file('bad.jsonl', bad), 'products')).toEqual(report(1, 0, 0,
    { file: 'bad.jsonl', line: 1, reason: 'size_chart: Entry 1: 衣长 must be a length in cm, or from-to for a body.' },
    { file: 'bad.jsonl', line: 2, reason: 'sku_stock: This is not a whole number.' }));
  expect(bench.rows('SELECT p.title, s.external_id AS sku FROM products p LEFT JOIN skus s ON s.product_id = p.id ORDER BY s.external_id')).toEqual([{ title: '帽子', sku: null }, { title: '冲锋衣', sku: 'P1-L' }, { title: '冲锋衣', sku: 'P1-M' }]);
});

it('promotions say what they cover', async () => {
  using bench = importBench();
  await bench.imports.run(bench.file('p.jsonl', jsonLines({ ...jacket, category: '外套' })), 'products');
  const file = bench.file('m.csv', '活动ID,活动名称,适用商品,使用条件\nA,外套季,背包；外套,每人一件\nB,头灯券,头灯,\nC,会员日,,\n');
  expect(await bench.imports.run(file, 'promotions')).toEqual(report(3, 0, 0));
  expect(getProduct(bench.db, 'P1', NOW_MS).promotions.map(({ title, terms }) => [title, terms])).toEqual([['外套季', '每人一件'], ['会员日', null]]);
});
