import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { DeskmateError } from '../platform/errors.ts';
import type { StoreKey } from './open-db.ts';

/** scrypt N = 2^17, r = 8, p = 1 (128 MiB): the OWASP password storage advice for interactive use. */
export const SCRYPT_COST = 2 ** 17;
/** A key file from elsewhere must not make us take all memory. */
const MAX_SCRYPT_COST = 2 ** 20;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Crockford's base 32: no I, L, O, U to misread. */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 28 letters of 5 bits: 140 random bits, so that the code needs no slow derivation. */
const CODE_LENGTH = 28;

const base64 = z.base64().min(1);
export const passphraseWrapSchema = z.object({ kdf: z.literal('scrypt'), n: z.int().min(2).max(MAX_SCRYPT_COST), r: z.literal(8), p: z.literal(1), salt: base64, sealed: base64 });
export type PassphraseWrap = z.infer<typeof passphraseWrapSchema>;
export const recoveryWrapSchema = z.object({ kdf: z.literal('hkdf-sha256'), salt: base64, sealed: base64 });
export type RecoveryWrap = z.infer<typeof recoveryWrapSchema>;

/** AES-256-GCM: iv, tag, ciphertext in base64. `purpose` is authenticated, so that one wrap cannot stand in for the other. */
function seal(key: StoreKey, wrappingKey: Buffer, purpose: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv).setAAD(Buffer.from(purpose));
  const ciphertext = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64');
}

function unseal(sealed: string, wrappingKey: Buffer, purpose: string, refusal: string): StoreKey {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]) as StoreKey;
  } catch (error) {
    throw new DeskmateError('wrong_key', refusal, { cause: error });
  }
}

function deriveFromPassphrase(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((done, fail) => {
    // the same passphrase typed on another system may come in another Unicode form
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N: cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * cost }, (error, derived) => (error === null ? done(derived) : fail(error)));
  });
}

export async function wrapWithPassphrase(key: StoreKey, passphrase: string, cost = SCRYPT_COST): Promise<PassphraseWrap> {
  const salt = randomBytes(16);
  const sealed = seal(key, await deriveFromPassphrase(passphrase, salt, cost), 'deskmate passphrase');
  return { kdf: 'scrypt', n: cost, r: 8, p: 1, salt: salt.toString('base64'), sealed };
}

/** @throws DeskmateError wrong_key */
export async function unwrapWithPassphrase(wrap: PassphraseWrap, passphrase: string): Promise<StoreKey> {
  const wrappingKey = await deriveFromPassphrase(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.n);
  return unseal(wrap.sealed, wrappingKey, 'deskmate passphrase', 'This passphrase does not open the store.');
}

/** Shown once, in groups of four: `ABCD-EFGH-…`. */
export function makeRecoveryCode(): string {
  const letters = Array.from(randomBytes(CODE_LENGTH), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length] ?? '').join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

/** Forgives case, spaces, dashes, and I, L, O for 1, 1, 0. */
function lettersOf(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
}

/** Whether a text could be a recovery code: one box then takes either that or a passphrase. */
export function isRecoveryCode(text: string): boolean {
  const letters = lettersOf(text);
  return letters.length === CODE_LENGTH && [...letters].every((letter) => CODE_LETTERS.includes(letter));
}

function deriveFromCode(code: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', lettersOf(code), salt, 'deskmate recovery', 32));
}

export function wrapWithRecoveryCode(key: StoreKey, code: string): RecoveryWrap {
  const salt = randomBytes(16);
  return { kdf: 'hkdf-sha256', salt: salt.toString('base64'), sealed: seal(key, deriveFromCode(code, salt), 'deskmate recovery') };
}

/** @throws DeskmateError wrong_key */
export function unwrapWithRecoveryCode(wrap: RecoveryWrap, code: string): StoreKey {
  return unseal(wrap.sealed, deriveFromCode(code, Buffer.from(wrap.salt, 'base64')), 'deskmate recovery', 'This recovery code does not open the store.');
}
