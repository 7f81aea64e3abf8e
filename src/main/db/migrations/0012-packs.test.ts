import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, MIGRATIONS } from '../migrate.ts';
import { openWriter, type StoreKey } from '../open-db.ts';
import { listAllRows, makeTestDir } from '../open-test-store.ts';

test('a store of the version before keeps every row and gets empty tables', () => {
  const db = openWriter(path.join(makeTestDir(), 'store.db'), randomBytes(32) as StoreKey);
  onTestFinished(() => void db.close());
  migrate(db, { migrations: MIGRATIONS.filter(({ version }) => version < 12) });
  db.exec(`INSERT INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at) VALUES ('a', 's', 'x.md', '退货', 'zh', 1, 'h', 1);
    INSERT INTO macros (id, shop_id, code, title, text, language, content_hash, updated_at) VALUES ('m', 's', 'hi', '问候', '您好', 'zh', 'h', 1)`);
  const before = listAllRows(db);
  migrate(db, { migrations: MIGRATIONS.filter(({ version }) => version <= 12) });
  expect(listAllRows(db)).toEqual({ ...before, packs: [], pack_items: [], pack_intents: [], pack_rules: [], demo_rows: [] });
});
