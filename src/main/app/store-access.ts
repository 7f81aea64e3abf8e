import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AppStatus, KeyProtection } from '../../shared/contract/app.contract.ts';
import { markUnknownReplies } from '../conversations/outbox.repository.ts';
import { backupBeforeMigration, backupStore, BACKUP_EXTENSION, finishRestore, type BackupResult } from '../db/backup.ts';
import type { WritableDb } from '../db/database.ts';
import { createKey, readProtection, setPassphrase, unlock, useKeychain, type UnlockMeans } from '../db/key-store.ts';
import { migrate } from '../db/migrate.ts';
import { openWriter, type StoreKey } from '../db/open-db.ts';
import { acquireStoreLock, type StoreLock } from '../db/store-lock.ts';
import { interruptRunningJobs } from '../jobs/job.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { AppOptions } from './app.types.ts';

export type UnlockSecret = { kind: 'passphrase'; passphrase: string } | { kind: 'recovery'; code: string };

export type OpenedStore = {
  db: WritableDb;
  key: StoreKey;
  protection(): KeyProtection;
  recovery: AppStatus['recovery'];
  close(): void;
};

/**
 * Takes the store for this process, opens it and brings it to the newest schema; a new store gets a key of its own.
 * `'locked'` when somebody has to bring a passphrase first (the store is not held then).
 * @throws DeskmateError store_busy, wrong_key, store_newer, store_damaged
 */
export async function openStore(options: AppOptions, paths: StorePaths, secret: UnlockSecret | null): Promise<OpenedStore | 'locked'> {
  const lock = acquireStoreLock(paths.lock, { host: options.host, nowMs: options.clock.nowMs() });
  try {
    finishRestore(paths);
    const key = await keyOf(options, paths, secret);
    if (key !== 'locked') return open(options, paths, key, lock);
    lock.release();
    return 'locked';
  } catch (error) {
    lock.release();
    throw error;
  }
}

function meansOf(options: AppOptions, secret: UnlockSecret | null): UnlockMeans {
  return {
    passphrase: secret?.kind === 'passphrase' ? secret.passphrase : options.passphrase,
    recoveryCode: secret?.kind === 'recovery' ? secret.code : undefined,
    secretBox: options.secretBox ?? undefined,
    keyFile: options.keyFile,
  };
}

async function keyOf(options: AppOptions, paths: StorePaths, secret: UnlockSecret | null): Promise<StoreKey | 'locked'> {
  if (readProtection(paths.key) === null && options.keyFile === undefined) {
    if (existsSync(paths.store)) throw new DeskmateError('store_damaged', `The store's key file (${path.basename(paths.key)}) is missing. Put it back or restore a backup; nothing was changed.`);
    return createKey(paths.key);
  }
  try {
    return await unlock(paths.key, meansOf(options, secret));
  } catch (error) {
    // the desk asks for a passphrase; the command line, which brought one, is told that it is wrong
    if (error instanceof DeskmateError && error.code === 'locked') return 'locked';
    if (error instanceof DeskmateError && error.code === 'wrong_key' && secret === null && options.passphrase === undefined && options.keyFile === undefined) return 'locked';
    throw error;
  }
}

function open(options: AppOptions, paths: StorePaths, key: StoreKey, lock: StoreLock): OpenedStore {
  const db = openWriter(paths.store, key);
  try {
    const nowMs = options.clock.nowMs();
    migrate(db, { beforeChange: (from, to) => void backupBeforeMigration(db, key, paths, { from, to }, nowMs) });
    const recovery = { wasUnclean: lock.wasUnclean, unknownReplyCount: markUnknownReplies(db, nowMs), interruptedJobCount: interruptRunningJobs(db, nowMs) };
    return {
      db,
      key,
      protection: () => readProtection(paths.key)?.protection ?? 'file',
      recovery,
      close() {
        db.close();
        lock.release();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws DeskmateError wrong_key for a wrong current passphrase. */
export async function changePassphrase(options: AppOptions, paths: StorePaths, passphrases: { current: string | null; next: string }): Promise<{ recoveryCode: string }> {
  const current: UnlockMeans = { passphrase: passphrases.current ?? undefined, secretBox: options.secretBox ?? undefined };
  const { recoveryCode } = await setPassphrase(paths.key, current, passphrases.next);
  return { recoveryCode };
}

/** Lets the keychain open the store; the open store's own key is proof enough that the caller may. @throws DeskmateError bad_request without a keychain. */
export async function moveKeyToKeychain(options: AppOptions, paths: StorePaths, passphrase: string | null): Promise<void> {
  if (options.secretBox === null) throw new DeskmateError('bad_request', 'This computer offers no keychain that Deskmate trusts.');
  await useKeychain(paths.key, { passphrase: passphrase ?? undefined, secretBox: options.secretBox }, options.secretBox);
}

/** One encrypted file; into the store's own backup folder when no target is named. */
export function backupOpenStore(paths: StorePaths, store: OpenedStore, target: string | null, nowMs: number): BackupResult {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  return backupStore(store.db, store.key, paths, target ?? path.join(paths.backups, `deskmate-${stamp}${BACKUP_EXTENSION}`), nowMs);
}
