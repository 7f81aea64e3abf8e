import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BackupFile, RestorePreview } from '../../shared/contract/trust.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import { AUTOMATIC_PREFIX, BACKUP_EXTENSION, openerIn, type StoreFiles } from './backup.ts';
import { extractStore, readContainerHeader } from './backup-container.ts';
import type { ReadableDb } from './database.ts';
import { readProtectionText, unlock, type UnlockMeans } from './key-store.ts';
import { openReader, type StoreKey } from './open-db.ts';

const SCHEDULED_PREFIX = 'deskmate-auto-';

/** Where the schedule writes next; the name sorts by time. */
export function scheduledTarget(folder: string, nowMs: number): string {
  return path.join(folder, `${SCHEDULED_PREFIX}${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}${BACKUP_EXTENSION}`);
}

/** Newest first. */
export function listScheduledBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(SCHEDULED_PREFIX) && name.endsWith(BACKUP_EXTENSION));
  return names.sort((a, b) => b.localeCompare(a)).map((name) => path.join(folder, name));
}

/** Deletes scheduled backups beyond the newest `keepCount`. Returns how many went. */
export function pruneScheduledBackups(folder: string, keepCount: number): number {
  const old = listScheduledBackups(folder).slice(keepCount);
  for (const file of old) rmSync(file, { force: true });
  return old.length;
}

/** Every readable backup in these folders, newest first; what is no backup, or half a one, is left out. */
export function listBackups(folders: readonly string[]): BackupFile[] {
  const files = [...new Set(folders.map((folder) => path.resolve(folder)))].filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(BACKUP_EXTENSION)).map((name) => path.join(folder, name)));
  return files.flatMap((file) => {
    try {
      return [describeBackup(file)];
    } catch {
      return [];
    }
  }).toSorted((a, b) => b.createdAt - a.createdAt);
}

function kindOf(name: string): BackupFile['kind'] {
  if (name.startsWith(AUTOMATIC_PREFIX)) return 'migration';
  return name.startsWith(SCHEDULED_PREFIX) ? 'scheduled' : 'manual';
}

function describeBackup(file: string): BackupFile {
  const { header } = readContainerHeader(file);
  return { path: file, kind: kindOf(path.basename(file)), createdAt: header.createdAt, bytes: statSync(file).size, openedBy: openerIn(header.key === '' ? null : readProtectionText(header.key)) };
}

const COUNTS = `SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM articles) AS articles,
  (SELECT count(*) FROM macros) AS macros, (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) AS orders`;

/**
 * What a backup holds. It is unpacked beside the store, still encrypted, opened and removed again; `counts` is null when neither the
 * store's own key nor the means open it and no passphrase was given.
 * @throws DeskmateError file_unreadable, file_refused, wrong_key for a passphrase that does not fit.
 */
export async function previewBackup(file: string, paths: StoreFiles, means: UnlockMeans, ownKey: StoreKey): Promise<RestorePreview> {
  const { header, bodyOffset } = readContainerHeader(file);
  const { createdAt, bytes, openedBy } = describeBackup(file);
  const copy = `${paths.store}.preview`;
  const keyCopy = `${paths.key}.preview`;
  try {
    extractStore(file, bodyOffset, copy);
    writeFileSync(keyCopy, header.key, { mode: 0o600 });
    return { path: path.resolve(file), createdAt, bytes, schemaVersion: header.schemaVersion, openedBy, counts: await countsIn(copy, keyCopy, header.key === '' ? ownKey : null, means) };
  } finally {
    for (const name of [copy, `${copy}-wal`, `${copy}-shm`, keyCopy]) rmSync(name, { force: true });
  }
}

async function countsIn(copy: string, keyFile: string, knownKey: StoreKey | null, means: UnlockMeans): Promise<RestorePreview['counts']> {
  let db: ReadableDb | undefined;
  try {
    db = openReader(copy, knownKey ?? (await unlock(keyFile, means)));
    return db.prepare<[], NonNullable<RestorePreview['counts']>>(COUNTS).get() ?? null;
  } catch (error) {
    if (error instanceof DeskmateError && error.code === 'locked') return null;
    throw error;
  } finally {
    db?.close();
  }
}
