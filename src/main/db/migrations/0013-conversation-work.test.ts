import { expect, test } from 'vitest';
import { listAllRows, openStoreBefore } from '../open-test-store.ts';

test('every conversation of the step before is kept, asleep nowhere, and the built-in reasons are there', () => {
  const { db, step } = openStoreBefore(13);
  db.exec(`
    INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', 'f', '{}', 'stopped', 1);
    INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('cu', 's', 'x', '林', 1);
    INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, disposition, opened_at, last_at) VALUES ('c1', 's', 'ch', 'e1', 'cu', 'closed', '退款', 1, 2);
  `);
  const old = listAllRows(db);
  step();
  const rows = listAllRows(db);
  expect(rows['conversations']).toEqual(old['conversations']?.map((row) => ({ ...(row as object), snoozed_until: null, woken_at: null, handed_over_at: null, disposition_note: null })));
  expect([rows['customers'], rows['channels']]).toEqual([old['customers'], old['channels']]);
  expect(rows['dispositions']?.length).toBe(19);
  expect(rows['dispositions']).toContainEqual({ code: 'repair', title_zh: null, title_en: null, ord: 7, is_active: 1 });
  expect([rows['labels'], rows['notes'], rows['work_actions']]).toEqual([[], [], []]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
