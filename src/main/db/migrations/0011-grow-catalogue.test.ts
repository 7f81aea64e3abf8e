import { expect, test } from 'vitest';
import { listAllRows, openStoreBefore } from '../open-test-store.ts';

test('a catalogue of schema 10 keeps its rows and gets empty lists', () => {
  const { db, step } = openStoreBefore(11);
  db.exec(`INSERT INTO products (id, shop_id, external_id, title, price_fen, content_hash, updated_at) VALUES ('1', 's', 'P1', '冲锋衣', 100, 'h', 5);
    INSERT INTO skus (id, shop_id, external_id, product_id, content_hash, updated_at) VALUES ('2', 's', 'P1-M', '1', 'h', 5);
    INSERT INTO promotions (id, shop_id, external_id, title, content_hash, updated_at) VALUES ('3', 's', 'D11', '双11', 'h', 5);`);
  const before = listAllRows(db);
  step();
  expect(listAllRows(db)).toEqual({
    ...before,
    products: [{ ...(before['products']?.[0] as object), title_en: null }],
    promotions: [{ ...(before['promotions']?.[0] as object), terms: null, applies_to: null }],
    product_specs: [], product_sizes: [], product_prices: [],
  });
});
