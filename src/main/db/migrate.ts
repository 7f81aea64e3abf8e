import { DeskmateError } from '../platform/errors.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { createStore } from './migrations/0010-create-store.ts';
import { splitReplies } from './migrations/0017-split-replies.ts';

/** One step of the schema. Numbers go up by 10; a step that has shipped is never edited. */
export type Migration = { version: number; name: string; up(db: WritableDb): void };

export const MIGRATIONS: readonly Migration[] = [createStore, splitReplies];

export function schemaVersion(db: ReadableDb): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings the store to the newest schema, each step in one transaction; a failing step leaves the store as it was before it.
 * `beforeChange` runs once, before the first step on a store that holds anything (the backup).
 * @throws DeskmateError store_newer when a newer Deskmate wrote the file.
 */
export function migrate(db: WritableDb, options: { migrations?: readonly Migration[]; beforeChange?: (from: number, to: number) => void } = {}): { from: number; to: number } {
  const migrations = options.migrations ?? MIGRATIONS;
  const newest = migrations.at(-1)?.version ?? 0;
  const from = schemaVersion(db);
  if (from > newest) throw new DeskmateError('store_newer', `The store was written by a newer Deskmate (schema ${from}; this one knows ${newest}). Update Deskmate; nothing was changed.`);
  const due = migrations.filter((migration) => migration.version > from);
  if (due.length > 0 && from > 0) options.beforeChange?.(from, newest);
  for (const migration of due) {
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    })();
  }
  return { from, to: newest };
}
