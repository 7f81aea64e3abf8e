import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('a store of the version before keeps its rows and gets two empty tables', () => {
  const { db, step } = openStoreBefore(20);
  db.exec("INSERT INTO settings VALUES ('settings', '{}'); INSERT INTO pending_vectors VALUES ('reply', 7)");
  step();
  expect(['settings', 'pending_vectors', 'contacts', 'set_aside_texts'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual([1, 1, 0, 0]);
});
