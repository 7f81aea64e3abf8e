import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, MIGRATIONS } from '../migrate.ts';
import { makeTestDir } from '../open-test-store.ts';
import { openWriter, type StoreKey } from '../open-db.ts';

test('a store of the version before keeps its rows and gets two empty tables', () => {
  const db = openWriter(path.join(makeTestDir(), 'store.db'), randomBytes(32) as StoreKey);
  onTestFinished(() => void db.close());
  migrate(db, { migrations: MIGRATIONS.filter(({ version }) => version < 20) });
  db.exec("INSERT INTO settings VALUES ('settings', '{}'); INSERT INTO pending_vectors VALUES ('reply', 7)");
  migrate(db, { migrations: MIGRATIONS.filter(({ version }) => version <= 20) });
  expect(['settings', 'pending_vectors', 'contacts', 'set_aside_texts'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual([1, 1, 0, 0]);
});
