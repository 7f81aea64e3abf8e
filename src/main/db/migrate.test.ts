import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WritableDb } from './database.ts';
import { migrate, MIGRATIONS, schemaVersion, type Migration } from './migrate.ts';
import { openWriter, type StoreKey } from './open-db.ts';
import { listAllRows, makeTestDir } from './open-test-store.ts';

const first: Migration = { version: 10, name: 'first', up: (db) => db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT') };
const second: Migration = { version: 20, name: 'second', up: (db) => db.exec("ALTER TABLE notes ADD COLUMN language TEXT NOT NULL DEFAULT 'zh'") };
const failing: Migration = {
  version: 30,
  name: 'failing',
  up(db) {
    db.exec('DELETE FROM notes');
    throw new Error('half way');
  },
};

function openEmpty(): WritableDb {
  const db = openWriter(path.join(makeTestDir(), 'store.db'), randomBytes(32) as StoreKey);
  onTestFinished(() => void db.close());
  return db;
}

/** The pattern for each later migration: a store as the step before left it, one step up, whole tables compared. */
function migrateStep(before: readonly Migration[], step: Migration, fill: (db: WritableDb) => void): Record<string, unknown[]> {
  const db = openEmpty();
  migrate(db, { migrations: before });
  fill(db);
  migrate(db, { migrations: [...before, step] });
  return listAllRows(db);
}

describe('migrate', () => {
  test('a new store gets every step, without a backup of nothing', () => {
    const db = openEmpty();
    const backups: unknown[] = [];
    expect(migrate(db, { migrations: [first, second], beforeChange: (...versions) => backups.push(versions) })).toEqual({ from: 0, to: 20 });
    expect([backups, schemaVersion(db)]).toEqual([[], 20]);
  });

  test('a step keeps every row and is backed up first', () => {
    expect(migrateStep([first], second, (db) => db.exec("INSERT INTO notes (text) VALUES ('甲'), ('乙')"))).toEqual({ notes: [{ id: 1, text: '甲', language: 'zh' }, { id: 2, text: '乙', language: 'zh' }] });
    const db = openEmpty();
    migrate(db, { migrations: [first] });
    const seen: unknown[] = [];
    migrate(db, { migrations: [first, second], beforeChange: (from, to) => seen.push([from, to, schemaVersion(db)]) });
    expect(seen).toEqual([[10, 20, 10]]);
  });

  test('a failing step leaves the store at the step before it', () => {
    const db = openEmpty();
    migrate(db, { migrations: [first] });
    db.exec("INSERT INTO notes (text) VALUES ('甲')");
    expect(() => migrate(db, { migrations: [first, second, failing] })).toThrow('half way');
    expect(schemaVersion(db)).toBe(20);
    expect(listAllRows(db)).toEqual({ notes: [{ id: 1, text: '甲', language: 'zh' }] });
  });

  test('a failing backup stops the migration', () => {
    const db = openEmpty();
    migrate(db, { migrations: [first] });
    expect(() => migrate(db, { migrations: [first, second], beforeChange: () => { throw new Error('disk full'); } })).toThrow('disk full');
    expect(schemaVersion(db)).toBe(10);
  });

  test('a newer store is refused and not touched', () => {
    const db = openEmpty();
    migrate(db, { migrations: [first, second] });
    expect(() => migrate(db, { migrations: [first] })).toThrow(expect.objectContaining({ code: 'store_newer', message: expect.stringMatching(/schema 20.*knows 10/) as string }));
    expect(schemaVersion(db)).toBe(20);
  });

  test('the shipped steps go up and make a sound store', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    const db = openEmpty();
    migrate(db);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });
});
