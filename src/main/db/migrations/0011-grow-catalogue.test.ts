import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { openWriter, type StoreKey } from '../open-db.ts';
import { listAllRows, makeTestDir } from '../open-test-store.ts';
import { createStore } from './0010-create-store.ts';
import { growCatalogue } from './0011-grow-catalogue.ts';

test('a catalogue of schema 10 keeps its rows and gets empty lists', () => {
  const db = openWriter(path.join(makeTestDir(), 'store.db'), randomBytes(32) as StoreKey);
  onTestFinished(() => void db.close());
  migrate(db, { migrations: [createStore] });
  db.exec(`INSERT INTO products (id, shop_id, external_id, title, price_fen, content_hash, updated_at) VALUES ('1', 's', 'P1', '冲锋衣', 100, 'h', 5);
    INSERT INTO skus (id, shop_id, external_id, product_id, content_hash, updated_at) VALUES ('2', 's', 'P1-M', '1', 'h', 5);
    INSERT INTO promotions (id, shop_id, external_id, title, content_hash, updated_at) VALUES ('3', 's', 'D11', '双11', 'h', 5);`);
  const before = listAllRows(db);
  migrate(db, { migrations: [createStore, growCatalogue] });
  expect(listAllRows(db)).toEqual({
    ...before,
    products: [{ ...(before['products']?.[0] as object), title_en: null }],
    promotions: [{ ...(before['promotions']?.[0] as object), terms: null, applies_to: null }],
    product_specs: [], product_sizes: [], product_prices: [],
  });
});
