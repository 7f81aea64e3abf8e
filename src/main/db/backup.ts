import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import { extractStore, readContainerHeader, writeContainer } from './backup-container.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { readProtection, unlock, type ProtectionState, type UnlockMeans } from './key-store.ts';
import { MIGRATIONS, schemaVersion } from './migrate.ts';
import { openReader, type StoreKey } from './open-db.ts';

/** Who can open a backup: someone who knows the passphrase (or recovery code), only this computer's keychain, whoever holds the key kept elsewhere, or anyone who has the file. */
export type BackupOpener = 'passphrase' | 'this_computer' | 'key_file' | 'anyone';
export type BackupResult = { path: string; bytes: number; openedBy: BackupOpener };
export type StoreFiles = Pick<StorePaths, 'store' | 'key' | 'backups'>;

const KEPT_BACKUPS = 3;
export const AUTOMATIC_PREFIX = 'before-schema-';
export const BACKUP_EXTENSION = '.deskmate-backup';

/**
 * Writes one backup file: a header line with the store's key.json, then the whole store, encrypted with the store's own key
 * (a compact copy: it holds nothing that was erased). Restoring it elsewhere takes what opens the store here:
 * passphrase or recovery code. A store that has no passphrase puts its key into the backup in clear (`openedBy: 'anyone'`, which the caller
 * must say plainly); one that only the keychain opens cannot be opened elsewhere (`'this_computer'`).
 * The copy is opened and checked before the backup gets its name.
 */
export function backupStore(db: WritableDb, key: StoreKey, paths: StoreFiles, target: string, nowMs: number): BackupResult {
  const full = path.resolve(target);
  if ([paths.store, paths.key].map((file) => path.resolve(file)).includes(full)) throw new DeskmateError('bad_request', 'A backup cannot be written over the store itself.');
  mkdirSync(path.dirname(full), { recursive: true });
  const copy = `${full}.copying`;
  rmSync(copy, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(copy);
    checkStore(copy, key);
    writeContainer(full, { createdAt: nowMs, schemaVersion: schemaVersion(db), storeBytes: statSync(copy).size, key: existsSync(paths.key) ? readFileSync(paths.key, 'utf8') : '' }, copy);
  } finally {
    rmSync(copy, { force: true });
  }
  return { path: full, bytes: statSync(full).size, openedBy: openerOf(paths.key) };
}

function openerOf(keyFile: string): BackupOpener {
  return openerIn(readProtection(keyFile));
}

/** Who can open a store whose key is protected like this. */
export function openerIn(state: ProtectionState | null): BackupOpener {
  if (state === null) return 'key_file';
  if (state.protection === 'file') return 'anyone';
  return state.hasPassphrase || state.hasRecoveryCode ? 'passphrase' : 'this_computer';
}

/** The backup before a migration (`migrate`'s `beforeChange`); the newest three are kept. */
export function backupBeforeMigration(db: WritableDb, key: StoreKey, paths: StoreFiles, versions: { from: number; to: number }, nowMs: number): BackupResult {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  const result = backupStore(db, key, paths, path.join(paths.backups, `${AUTOMATIC_PREFIX}${versions.to}-${stamp}${BACKUP_EXTENSION}`), nowMs);
  for (const file of listAutomaticBackups(paths).slice(KEPT_BACKUPS)) rmSync(file, { force: true });
  return result;
}

/** Newest first. */
export function listAutomaticBackups(paths: StoreFiles): string[] {
  if (!existsSync(paths.backups)) return [];
  const names = readdirSync(paths.backups).filter((name) => name.startsWith(AUTOMATIC_PREFIX) && name.endsWith(BACKUP_EXTENSION));
  const timeOf = (name: string) => name.slice(-`2026-01-01T00-00-00-000Z${BACKUP_EXTENSION}`.length);
  return names.sort((a, b) => timeOf(b).localeCompare(timeOf(a))).map((name) => path.join(paths.backups, name));
}

/** Removes every older copy of the store that Deskmate itself keeps, and `others` (scheduled backups in a folder of the owner); erasing a customer must, as they hold the customer too. Returns their names. */
export function deleteOldCopies(paths: StoreFiles, others: readonly string[] = []): string[] {
  const replaced = [...STORE_SUFFIXES.map((suffix) => `${paths.store}.before-restore${suffix}`), `${paths.key}.before-restore`].filter((file) => existsSync(file));
  const files = [...listAutomaticBackups(paths), ...replaced, ...others.filter((file) => existsSync(file))];
  for (const file of files) rmSync(file, { force: true });
  return files.map((file) => path.basename(file));
}

const STORE_SUFFIXES = ['', '-wal', '-shm'] as const;

/**
 * Puts a backup in the place of a store that nobody has open; the replaced one stays as `store.db.before-restore` (and its key likewise).
 * Everything is unpacked, opened and checked under other names first: a refused backup changes nothing.
 * @throws DeskmateError file_unreadable, file_refused, store_damaged, store_newer, and whatever `unlock` throws.
 */
export async function restoreStore(backupFile: string, paths: StoreFiles, means: UnlockMeans): Promise<StoreKey> {
  const { header, bodyOffset } = readContainerHeader(backupFile);
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  if (header.schemaVersion > newest) throw newer(header.schemaVersion, newest);
  const names = restoringNames(paths);
  try {
    writeFileAtomically(names.unprovenKey, header.key);
    const key = await unlock(names.unprovenKey, means);
    extractStore(backupFile, bodyOffset, names.store);
    const version = checkStore(names.store, key);
    if (version > newest) throw newer(version, newest);
    // From here on the restore is decided: a crash is finished at the next start.
    renameSync(names.unprovenKey, names.key);
    finishRestore(paths);
    return key;
  } finally {
    rmSync(names.unprovenKey, { force: true });
    if (!existsSync(names.key)) rmSync(names.store, { force: true });
  }
}

/** Whether the store that the last restore replaced is still there, whole. */
export function canUndoRestore(paths: StoreFiles): boolean {
  return existsSync(`${paths.store}.before-restore`) && !existsSync(`${paths.store}.before-restore-wal`);
}

/** Puts the replaced store back, and keeps the restored one aside in its place. A crash anywhere leaves one of the two whole. @throws DeskmateError not_found */
export function undoRestore(paths: StoreFiles): void {
  if (!canUndoRestore(paths)) throw new DeskmateError('not_found', 'There is no replaced store to go back to.');
  const names = restoringNames(paths);
  // a copy: were it moved, a crash before the next line would throw it away
  copyFileSync(`${paths.store}.before-restore`, names.store);
  const key = `${paths.key}.before-restore`;
  if (existsSync(key)) renameSync(key, names.key);
  else writeFileAtomically(names.key, '');
  finishRestore(paths);
}

/** Ends a restore that was cut short, forwards when it was decided and backwards when not; call at start, before the key is read. Returns whether there is a restored store now. */
export function finishRestore(paths: StoreFiles): boolean {
  const names = restoringNames(paths);
  if (!existsSync(names.key)) {
    rmSync(names.store, { force: true });
    rmSync(names.unprovenKey, { force: true });
    return false;
  }
  if (existsSync(names.store)) {
    if (existsSync(paths.store)) for (const suffix of STORE_SUFFIXES) rmSync(`${paths.store}.before-restore${suffix}`, { force: true });
    // the write-ahead log holds the last changes of the replaced store: it goes where its store goes
    for (const suffix of STORE_SUFFIXES.toReversed()) moveAside(`${paths.store}${suffix}`, `${paths.store}.before-restore${suffix}`);
    renameSync(names.store, paths.store);
  }
  moveAside(paths.key, `${paths.key}.before-restore`);
  // a store whose key is kept elsewhere has no key.json
  if (statSync(names.key).size === 0) rmSync(names.key);
  else renameSync(names.key, paths.key);
  return true;
}

function restoringNames(paths: StoreFiles): { store: string; key: string; unprovenKey: string } {
  return { store: `${paths.store}.restoring`, key: `${paths.key}.restoring`, unprovenKey: `${paths.key}.unproven` };
}

function moveAside(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function newer(version: number, newest: number): DeskmateError {
  return new DeskmateError('store_newer', `The backup was written by a newer Deskmate (schema ${version}; this one knows ${newest}). Update Deskmate; nothing was changed.`);
}

/** Opens a copy with the key and lets SQLite check every page; returns its schema version. */
function checkStore(file: string, key: StoreKey): number {
  const db: ReadableDb = openReader(file, key);
  try {
    const answers = db.prepare('PRAGMA integrity_check(1)').pluck().all();
    const version = schemaVersion(db);
    if (answers.length !== 1 || answers[0] !== 'ok' || version === 0) throw new DeskmateError('store_damaged', 'This copy of the store is damaged.');
    return version;
  } catch (error) {
    if (error instanceof DeskmateError) throw error;
    throw new DeskmateError('store_damaged', 'This copy of the store is damaged.', { cause: error });
  } finally {
    db.close();
  }
}
