import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTestDir } from '../db/open-test-store.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';

const lines = [
  { product_id: 'P1', title: '冲锋衣', category: '外套', price: 1899, price_history: [{ from: '2025-05-28', to: '2025-06-21', price: 1669 }], skus: [{ id: 'P1-M', size: 'M', stock: 3 }] },
  { product_id: 'P2', title: '抓绒衣', category: '外套', price: 399 },
];

test('a page reads the products of an import, at the prices of the clock', async () => {
  const dir = makeTestDir();
  const file = path.join(dir, 'products.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const nowMs = Date.parse('2025-06-01T12:00:00+08:00');
  const app = await startTestApp(testAppOptions(path.join(dir, 'store'), { clock: { nowMs: () => nowMs } }));
  const { client, close } = openTestPage(app);
  const job = await client.import.start({ path: file, kind: 'products', options: {} });
  await expect.poll(async () => (await client.job.list({})).find(({ id }) => id === job.id)?.state, { timeout: 20_000 }).toBe('done');
  expect(await client.catalogue.list({ category: '外套', sort: 'price', isDescending: true, limit: 1 })).toMatchObject({
    total: 2, products: [{ externalId: 'P1', priceFen: 189_900, currentPriceFen: 166_900, stockCount: 3 }], categories: [{ name: '外套', productCount: 2 }],
  });
  expect(await client.catalogue.product({ id: 'P1-M' })).toMatchObject({ externalId: 'P1', skus: [{ externalId: 'P1-M', size: 'M' }] });
  await expect(client.catalogue.product({ id: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  close();
});
