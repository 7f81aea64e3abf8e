import { existsSync } from 'node:fs';
import type { ReadableDb } from '../db/database.ts';
import { unlock } from '../db/key-store.ts';
import { MIGRATIONS, schemaVersion } from '../db/migrate.ts';
import { openReader } from '../db/open-db.ts';
import { DeskmateError } from '../platform/errors.ts';
import { storePaths } from '../platform/paths.ts';

/** Which store, and how it opens. */
export type StoreChoice = { storeDir: string; keyFile?: string; passphrase?: string };

/** A store that cannot be written to through this. */
export type StoreReader = { db: ReadableDb; close(): void };

/**
 * Opens a store for reading beside the app that may have it; makes none, changes none and takes no lock.
 * @throws DeskmateError not_found, locked, wrong_key, store_newer, and conflict for a store that an older Deskmate wrote
 */
export async function openStoreReader({ storeDir, keyFile, passphrase }: StoreChoice): Promise<StoreReader> {
  const paths = existsSync(storeDir) ? storePaths(storeDir) : undefined;
  if (paths === undefined || !existsSync(paths.store)) throw new DeskmateError('not_found', `There is no store in ${storeDir}. Name its folder with --data DIR.`);
  const db = openReader(paths.store, await unlock(paths.key, { keyFile, passphrase }));
  const [version, newest] = [schemaVersion(db), MIGRATIONS.at(-1)?.version ?? 0];
  if (version === newest) return { db, close: () => void db.close() };
  db.close();
  if (version > newest) throw new DeskmateError('store_newer', `The store was written by a newer Deskmate (schema ${version}; this one knows ${newest}). Update Deskmate; nothing was changed.`);
  throw new DeskmateError('conflict', `The store was written by an older Deskmate (schema ${version}; this one knows ${newest}). Open it once with the app, which brings it up to date.`);
}
