import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';
import { numberEndSql, numberKeySql } from '../../text/number-key.ts';
import type { WritableDb } from '../database.ts';

const words = (db: WritableDb, table: string): unknown[] => db.prepare(`SELECT word FROM ${table} ORDER BY word`).pluck().all();

test('names and notes of a store from before are found by their words; what is deleted takes them along', () => {
  const { db, step } = openStoreBefore(19);
  db.exec(`
    INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('cu', 's', 'C-01', '林女士 Amy', 1);
    INSERT INTO products (id, shop_id, external_id, title, title_en, category, content_hash, updated_at) VALUES ('p', 's', 'YJ01', '雲脊', 'Ridge', '硬壳', 'h', 1);
    INSERT INTO skus (id, shop_id, external_id, product_id, colour, content_hash, updated_at) VALUES ('k', 's', 'YJ01-M', 'p', '岩灰', 'h', 1);
    INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 1);
    INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES ('co', 's', 'ch', 'v', 'cu', 'open', 1, 1);
    INSERT INTO notes (id, conversation_id, kind, text, lines, created_at) VALUES ('n', 'co', 'handover', '先退', '[{"text":"补发"}]', 1)`);
  step();
  expect([words(db, 'customer_words'), words(db, 'product_words'), words(db, 'note_words')]).toEqual([
    ['01', 'amy', 'c', '士', '女', '女士', '林女'], ['ridge', '云脊', '壳', '岩灰', '灰', '硬壳', '脊'], ['先退', '发', '补发', '退'],
  ]);
  db.exec("DELETE FROM customers WHERE id = 'cu'; DELETE FROM products WHERE id = 'p'");
  expect([words(db, 'customer_words'), words(db, 'product_words'), words(db, 'note_words')]).toEqual([[], [], []]);
});

test('the indexes serve the expressions that look-ups use', () => {
  const { db, step } = openStoreBefore(19);
  step();
  const plan = (sql: string): string => (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  const expressions: [table: string, expression: string, index: string][] = [
    ['orders', numberKeySql('external_id'), 'orders_by_number'], ['orders', numberEndSql('external_id'), 'orders_by_number_end'],
    ['orders', numberKeySql('waybill'), 'orders_by_waybill'], ['orders', numberEndSql('waybill'), 'orders_by_waybill_end'],
    ['customers', numberKeySql('external_id'), 'customers_by_number'], ['products', numberKeySql('external_id'), 'products_by_number'],
    ['skus', numberKeySql('external_id'), 'skus_by_number'], ['conversations', numberKeySql('external_id'), 'conversations_by_number'],
  ];
  expect(expressions.filter(([table, expression, index]) => !plan(`SELECT id FROM ${table} WHERE ${expression} = 'x'`).includes(`USING INDEX ${index} `))).toEqual([]);
});
