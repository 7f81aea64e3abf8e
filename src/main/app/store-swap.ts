import type { RestorePreview } from '../../shared/contract/trust.contract.ts';
import { restoreStore, undoRestore } from '../db/backup.ts';
import { previewBackup } from '../db/backup-list.ts';
import type { UnlockMeans } from '../db/key-store.ts';
import { isRecoveryCode } from '../db/key-wrap.ts';
import type { StoreKey } from '../db/open-db.ts';
import { acquireStoreLock } from '../db/store-lock.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { AppOptions } from './app.types.ts';

/** What was typed is a recovery code when it looks like one, else a passphrase. */
function meansOf(options: AppOptions, secret: string | null): UnlockMeans {
  const recoveryCode = secret !== null && isRecoveryCode(secret) ? secret : undefined;
  return { passphrase: secret ?? undefined, recoveryCode, secretBox: options.secretBox ?? undefined, keyFile: options.keyFile };
}

export function previewRestore(options: AppOptions, paths: StorePaths, key: StoreKey, file: string, passphrase: string | null): Promise<RestorePreview> {
  return previewBackup(file, paths, meansOf(options, passphrase), key);
}

/** Refuses before anything is closed what could not be restored. @throws DeskmateError locked when a passphrase is needed, and whatever the preview throws. */
export async function assertRestorable(options: AppOptions, paths: StorePaths, key: StoreKey, file: string, passphrase: string | null): Promise<void> {
  const { counts } = await previewRestore(options, paths, key, file, passphrase);
  if (counts === null) throw new DeskmateError('wrong_key', 'This backup opens with its passphrase only. Nothing was changed.');
}

/** Call while nobody has the store open. The replaced store is kept aside. */
export async function putBackupInPlace(options: AppOptions, paths: StorePaths, file: string, passphrase: string | null): Promise<void> {
  await held(options, paths, async () => void (await restoreStore(file, paths, meansOf(options, passphrase))));
}

/** Call while nobody has the store open. */
export async function putFormerInPlace(options: AppOptions, paths: StorePaths): Promise<void> {
  await held(options, paths, () => Promise.resolve(undoRestore(paths)));
}

async function held(options: AppOptions, paths: StorePaths, work: () => Promise<void>): Promise<void> {
  const lock = acquireStoreLock(paths.lock, { host: options.host, nowMs: options.clock.nowMs() });
  try {
    await work();
  } finally {
    lock.release();
  }
}
