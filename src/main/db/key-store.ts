import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KeyProtection } from '../../shared/contract/app.contract.ts';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import {
  makeRecoveryCode, passphraseWrapSchema, recoveryWrapSchema, SCRYPT_COST, unwrapWithPassphrase, unwrapWithRecoveryCode, wrapWithPassphrase, wrapWithRecoveryCode,
} from './key-wrap.ts';
import type { StoreKey } from './open-db.ts';

const KEY_BYTES = 32;
const base64 = z.base64().min(1);

/**
 * key.json: how the store's 32-byte key is kept. The key itself never changes; protecting it anew wraps it anew.
 * - `file`: the key in clear; not protected from someone who has this disk.
 * - `passphrase`: wrapped by a passphrase and by a recovery code.
 * - `keychain`: sealed by the host's keychain; passphrase and recovery wraps made before stay valid.
 */
const keyFileSchema = z.discriminatedUnion('protection', [
  z.object({ version: z.literal(1), protection: z.literal('file'), key: base64 }),
  z.object({ version: z.literal(1), protection: z.literal('passphrase'), passphrase: passphraseWrapSchema, recovery: recoveryWrapSchema }),
  z.object({ version: z.literal(1), protection: z.literal('keychain'), sealed: base64, passphrase: passphraseWrapSchema.optional(), recovery: recoveryWrapSchema.optional() }),
]);
type KeyFile = z.infer<typeof keyFileSchema>;

/** What someone who wants in brings; nothing is enough for a store whose key lies in the file. `keyFile` is the path of a key kept elsewhere. */
export type UnlockMeans = { passphrase?: string | undefined; recoveryCode?: string | undefined; secretBox?: SecretBox | undefined; keyFile?: string | undefined };
export type ProtectionState = { protection: KeyProtection; hasPassphrase: boolean; hasRecoveryCode: boolean };

/** Makes the key of a new store, in clear beside it. @throws DeskmateError conflict when there is a key already: overwriting it would lose the store. */
export function createKey(file: string): StoreKey {
  if (existsSync(file)) throw new DeskmateError('conflict', 'This store has a key already.');
  const key = randomBytes(KEY_BYTES) as StoreKey;
  writeKeyFile(file, { version: 1, protection: 'file', key: key.toString('base64') });
  return key;
}

/** Null when there is no key file. @throws DeskmateError store_damaged when it cannot be read. */
export function readProtection(file: string): ProtectionState | null {
  if (!existsSync(file)) return null;
  const content = readKeyFile(file);
  return { protection: content.protection, hasPassphrase: 'passphrase' in content, hasRecoveryCode: 'recovery' in content };
}

/** How the key.json inside a backup is protected. @throws DeskmateError store_damaged when it cannot be read. */
export function readProtectionText(text: string): ProtectionState {
  const content = parseKeyFile(text);
  return { protection: content.protection, hasPassphrase: 'passphrase' in content, hasRecoveryCode: 'recovery' in content };
}

/**
 * The store's key, by whatever the means allow: key file, recovery code, passphrase, keychain, clear key, in this order.
 * @throws DeskmateError locked when nothing fitting was brought, wrong_key when it was the wrong one, store_damaged for an unreadable key file.
 */
export async function unlock(file: string, means: UnlockMeans): Promise<StoreKey> {
  if (means.keyFile !== undefined) return readBareKey(means.keyFile);
  const content = readKeyFile(file);
  if (content.protection === 'file') return checkedKey(Buffer.from(content.key, 'base64'));
  if (means.recoveryCode !== undefined && content.recovery !== undefined) return unwrapWithRecoveryCode(content.recovery, means.recoveryCode);
  if (means.passphrase !== undefined && content.passphrase !== undefined) return unwrapWithPassphrase(content.passphrase, means.passphrase);
  if (content.protection === 'keychain' && means.secretBox !== undefined) return openWithKeychain(content.sealed, means.secretBox);
  const what = content.protection === 'keychain' ? "this computer's keychain" : 'a passphrase';
  throw new DeskmateError('locked', `The store is protected by ${what}.`);
}

async function openWithKeychain(sealed: string, box: SecretBox): Promise<StoreKey> {
  try {
    return checkedKey(await box.decrypt(Buffer.from(sealed, 'base64')));
  } catch (error) {
    throw new DeskmateError('wrong_key', "This computer's keychain does not open the store. Use the passphrase or the recovery code.", { cause: error });
  }
}

/** Protects the key by a passphrase from now on; the recovery code in the answer is shown once and is new each time. Throws as `unlock` does. */
export async function setPassphrase(file: string, current: UnlockMeans, next: string, cost = SCRYPT_COST): Promise<{ key: StoreKey; recoveryCode: string }> {
  const key = await unlock(file, current);
  const recoveryCode = makeRecoveryCode();
  writeKeyFile(file, { version: 1, protection: 'passphrase', passphrase: await wrapWithPassphrase(key, next, cost), recovery: wrapWithRecoveryCode(key, recoveryCode) });
  return { key, recoveryCode };
}

/** Lets the host's keychain open the store from now on; a passphrase and recovery code set before go on working. Throws as `unlock` does. */
export async function useKeychain(file: string, current: UnlockMeans, box: SecretBox): Promise<StoreKey> {
  const before = readKeyFile(file);
  const key = await unlock(file, current);
  const sealed = (await box.encrypt(key)).toString('base64');
  const wraps = before.protection === 'file' ? {} : { ...(before.passphrase && { passphrase: before.passphrase }), ...(before.recovery && { recovery: before.recovery }) };
  writeKeyFile(file, { version: 1, protection: 'keychain', sealed, ...wraps });
  return key;
}

function writeKeyFile(file: string, content: KeyFile): void {
  writeFileAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
}

function readKeyFile(file: string): KeyFile {
  if (!existsSync(file)) throw new DeskmateError('not_found', 'This store has no key file.');
  return parseKeyFile(readFileSync(file, 'utf8'));
}

function parseKeyFile(text: string): KeyFile {
  try {
    return keyFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new DeskmateError('store_damaged', 'The key file of this store cannot be read.', { cause: error });
  }
}

function checkedKey(bytes: Buffer): StoreKey {
  if (bytes.length !== KEY_BYTES) throw new DeskmateError('store_damaged', 'The key file of this store does not hold a key.');
  return bytes as StoreKey;
}

/** A key kept elsewhere: 64 hex digits, 32 raw bytes, or a key.json whose protection is `file`. */
function readBareKey(file: string): StoreKey {
  if (!existsSync(file)) throw new DeskmateError('file_unreadable', 'There is no such key file.');
  const bytes = readFileSync(file);
  if (bytes.length === KEY_BYTES) return bytes as StoreKey;
  const text = bytes.toString('utf8').trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex') as StoreKey;
  const content = parseKeyFile(text);
  if (content.protection !== 'file') throw new DeskmateError('locked', 'This key file does not hold the key in clear.');
  return checkedKey(Buffer.from(content.key, 'base64'));
}
