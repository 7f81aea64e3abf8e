import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('the rep who worked here keeps name and settings; the shop keeps its own; every audit line gets its rep', () => {
  const { db, step } = openStoreBefore(16);
  db.exec(`
    INSERT INTO reps (id, shop_id, name, role, certificate_level, created_at) VALUES ('r1', 's', '', 'admin', 'senior', 1), ('r2', 's', '', 'rep', 'junior', 2);
    INSERT INTO settings VALUES ('settings', '{"language":"en","theme":"dark","repName":"小周","shopName":"山屿","suggestionThreshold":null}');
    INSERT INTO audit_entries (seq, id, at, rep_id, action, entity, entity_id) VALUES (1, 'a', 1, NULL, 'import', 'file', 'f'), (2, 'b', 2, 'r2', 'x', 'y', 'z');
  `);
  step();
  const json = (sql: string): unknown => JSON.parse(db.prepare(sql).pluck().get() as string);
  expect([json('SELECT value FROM rep_settings'), json("SELECT value FROM settings WHERE key = 'settings'")]).toEqual([{ language: 'en', theme: 'dark' }, { shopName: '山屿', suggestionThreshold: null }]);
  expect(db.prepare('SELECT id, name, colour, initials, pin_hash, pin_failure_count, pin_blocked_until FROM reps ORDER BY id').raw().all()).toEqual([['r1', '小周', 'teal', '', null, 0, null], ['r2', '', 'teal', '', null, 0, null]]);
  expect([db.prepare('SELECT rep_id FROM audit_entries ORDER BY seq').pluck().all(), db.prepare('SELECT rep_id FROM rep_settings').pluck().all()]).toEqual([['r1', 'r2'], ['r1']]);
});

test('a store that was never opened stays empty', () => {
  const { db, step } = openStoreBefore(16);
  step();
  expect(['reps', 'settings', 'rep_settings'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual([0, 0, 0]);
});
