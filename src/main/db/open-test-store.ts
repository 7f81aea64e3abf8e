import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createIdMaker } from '../platform/ids.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { WritableDb } from './database.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { openWriter, type StoreKey } from './open-db.ts';

export type TestStore = { dir: string; file: string; key: StoreKey; db: WritableDb; ctx: WriteContext };

/** For tests: a folder that goes when the test has ended. */
export function makeTestDir(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** For tests: a real, encrypted, migrated store in a folder of its own; time stands at 2026-01-01 in `ctx`. */
export function openTestStore(): TestStore {
  const dir = makeTestDir();
  const file = path.join(dir, 'store.db');
  const key = randomBytes(32) as StoreKey;
  const db = openWriter(file, key);
  onTestFinished(() => void db.close());
  migrate(db);
  const nowMs = Date.UTC(2026, 0, 1);
  return { dir, file, key, db, ctx: { newId: createIdMaker({ nowMs: () => nowMs }), nowMs, shopId: 'shop-1' } };
}

/** For tests of one migration: a real store as the steps before `version` leave it; `step` takes that one. */
export function openStoreBefore(version: number): { db: WritableDb; step(): void } {
  const db = openWriter(path.join(makeTestDir(), 'store.db'), randomBytes(32) as StoreKey);
  onTestFinished(() => void db.close());
  migrate(db, { migrations: MIGRATIONS.filter((step) => step.version < version) });
  return { db, step: () => void migrate(db, { migrations: MIGRATIONS.filter((step) => step.version <= version) }) };
}

/** For tests: every row of every ordinary table, by table name; whole stores are compared by it. */
export function listAllRows(db: WritableDb): Record<string, unknown[]> {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY name").pluck().all() as string[];
  const columnCount = (name: string) => db.prepare(`SELECT * FROM "${name}"`).columns().length;
  return Object.fromEntries(names.map((name) => [name, db.prepare(`SELECT * FROM "${name}" ORDER BY ${columnCount(name) > 1 ? '1, 2' : '1'}`).all()]));
}
