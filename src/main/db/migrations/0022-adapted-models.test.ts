import { expect, test } from 'vitest';
import { listAllRows, openStoreBefore } from '../open-test-store.ts';

test('a store of before gets the tables of adapted models, empty; everything else stays', () => {
  const { db, step } = openStoreBefore(22);
  db.exec("INSERT INTO settings (key, value) VALUES ('a', '1')");
  const before = listAllRows(db);
  step();
  expect(listAllRows(db)).toEqual({ ...before, adapted_models: [], adapted_rows: [], adapted_sources: [], adapt_excluded: [] });
});
