import { expect, test } from 'vitest';
import { listAllRows, openStoreBefore } from '../open-test-store.ts';

test('a store of the version before keeps every row and gets empty tables', () => {
  const { db, step } = openStoreBefore(12);
  db.exec(`INSERT INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at) VALUES ('a', 's', 'x.md', '退货', 'zh', 1, 'h', 1);
    INSERT INTO macros (id, shop_id, code, title, text, language, content_hash, updated_at) VALUES ('m', 's', 'hi', '问候', '您好', 'zh', 'h', 1)`);
  const before = listAllRows(db);
  step();
  expect(listAllRows(db)).toEqual({ ...before, packs: [], pack_items: [], pack_intents: [], pack_rules: [], demo_rows: [] });
});
