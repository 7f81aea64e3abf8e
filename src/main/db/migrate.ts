import { DeskmateError } from '../platform/errors.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { createStore } from './migrations/0010-create-store.ts';
import { growCatalogue } from './migrations/0011-grow-catalogue.ts';
import { createPacks } from './migrations/0012-packs.ts';
import { conversationWork } from './migrations/0013-conversation-work.ts';
import { addAttachments } from './migrations/0014-add-attachments.ts';
import { macroAndArticleWork } from './migrations/0015-macro-and-article-work.ts';
import { repsAndLocks } from './migrations/0016-reps-and-locks.ts';
import { splitReplies } from './migrations/0017-split-replies.ts';
import { searchEverywhere } from './migrations/0019-search-everywhere.ts';
import { createTrust } from './migrations/0020-trust.ts';
import { modelSwitch } from './migrations/0021-model-switch.ts';
import { createAdaptedModels } from './migrations/0022-adapted-models.ts';
import { titlePassages } from './migrations/0023-titled-passages.ts';

/** One step of the schema. Numbers only go up; a step that has shipped is never edited. */
export type Migration = { version: number; name: string; up(db: WritableDb): void };

export const MIGRATIONS: readonly Migration[] = [createStore, growCatalogue, createPacks, conversationWork, addAttachments, macroAndArticleWork, repsAndLocks, splitReplies, searchEverywhere, createTrust, modelSwitch, createAdaptedModels, titlePassages];

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
