import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SecretBox } from '../platform/secret-box.ts';
import { createKey, readProtection, setPassphrase, unlock, useKeychain } from './key-store.ts';
import { makeTestDir } from './open-test-store.ts';

/** Cheap, for tests only. */
const COST = 2 ** 10;

function newKeyFile() {
  const dir = makeTestDir();
  const file = path.join(dir, 'key.json');
  return { dir, file, key: createKey(file) };
}

/** A keychain that XORs: enough to see that the key goes through it. */
function createTestBox(mask: number): SecretBox {
  const flip = (bytes: Buffer) => Promise.resolve(Buffer.from(bytes.map((byte) => byte ^ mask)));
  return { encrypt: flip, decrypt: async (sealed) => (mask === 0 ? Promise.reject(new Error('no such item')) : flip(sealed)) };
}

describe('a key in clear', () => {
  test('opens with nothing, is readable by this user only, and is never overwritten', async () => {
    const { dir, file, key } = newKeyFile();
    expect(key).toHaveLength(32);
    expect(readProtection(file)).toEqual({ protection: 'file', hasPassphrase: false, hasRecoveryCode: false });
    expect(await unlock(file, {})).toEqual(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['key.json']);
    expect(() => createKey(file)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(readProtection(path.join(dir, 'none.json'))).toBeNull();
    await expect(unlock(path.join(dir, 'none.json'), {})).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a passphrase', () => {
  test('wraps the same key, opens with passphrase or recovery code, and leaves no clear key', async () => {
    const { file, key } = newKeyFile();
    const { recoveryCode } = await setPassphrase(file, {}, '山屿户外 2026', COST);
    expect(recoveryCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readProtection(file)).toEqual({ protection: 'passphrase', hasPassphrase: true, hasRecoveryCode: true });
    expect(await unlock(file, { passphrase: '山屿户外 2026' })).toEqual(key);
    expect(await unlock(file, { recoveryCode: ` ${recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}` })).toEqual(key);
    const text = readFileSync(file, 'utf8');
    expect([key.toString('base64'), key.toString('hex'), '山屿', recoveryCode].filter((secret) => text.includes(secret))).toEqual([]);
  });

  test.each([
    [{ passphrase: 'wrong' }, 'wrong_key'],
    [{ recoveryCode: 'AAAA-BBBB' }, 'wrong_key'],
    [{}, 'locked'],
    [{ secretBox: createTestBox(1) }, 'locked'],
  ])('%j is refused as %s', async (means, code) => {
    const { file } = newKeyFile();
    await setPassphrase(file, {}, 'first passphrase', COST);
    await expect(unlock(file, means)).rejects.toMatchObject({ code });
  });

  test('changing it keeps the key, ends the old passphrase and the old code, and needs the current one', async () => {
    const { file, key } = newKeyFile();
    const { recoveryCode } = await setPassphrase(file, {}, 'first passphrase', COST);
    await expect(setPassphrase(file, { passphrase: 'guess' }, 'second', COST)).rejects.toMatchObject({ code: 'wrong_key' });
    expect((await setPassphrase(file, { passphrase: 'first passphrase' }, 'second passphrase', COST)).key).toEqual(key);
    expect(await unlock(file, { passphrase: 'second passphrase' })).toEqual(key);
    await expect(unlock(file, { passphrase: 'first passphrase' })).rejects.toMatchObject({ code: 'wrong_key' });
    await expect(unlock(file, { recoveryCode })).rejects.toMatchObject({ code: 'wrong_key' });
  });

  test('the cost that ships works too', async () => {
    const { file, key } = newKeyFile();
    await setPassphrase(file, {}, 'a real passphrase');
    expect(await unlock(file, { passphrase: 'a real passphrase' })).toEqual(key);
  });
});

describe('a keychain', () => {
  test('seals the key; the passphrase set before goes on working when the keychain is lost', async () => {
    const { file, key } = newKeyFile();
    await setPassphrase(file, {}, 'first passphrase', COST);
    await useKeychain(file, { passphrase: 'first passphrase' }, createTestBox(7));
    expect(readProtection(file)).toEqual({ protection: 'keychain', hasPassphrase: true, hasRecoveryCode: true });
    expect(await unlock(file, { secretBox: createTestBox(7) })).toEqual(key);
    await expect(unlock(file, { secretBox: createTestBox(0) })).rejects.toMatchObject({ code: 'wrong_key' });
    await expect(unlock(file, {})).rejects.toMatchObject({ code: 'locked' });
    expect(await unlock(file, { passphrase: 'first passphrase' })).toEqual(key);
  });

  test('takes over a clear key, which is then gone', async () => {
    const { file, key } = newKeyFile();
    await useKeychain(file, {}, createTestBox(7));
    expect(readFileSync(file, 'utf8')).not.toContain(key.toString('base64'));
    expect(await unlock(file, { secretBox: createTestBox(7) })).toEqual(key);
    expect(readProtection(file)).toEqual({ protection: 'keychain', hasPassphrase: false, hasRecoveryCode: false });
  });
});

describe('a key kept elsewhere', () => {
  test('is read as hex, as raw bytes, or from a key.json in clear', async () => {
    const { dir, file, key } = newKeyFile();
    const elsewhere = path.join(dir, 'elsewhere');
    for (const content of [`${key.toString('hex')}\n`, key, readFileSync(file)]) {
      writeFileSync(elsewhere, content);
      expect(await unlock('not there', { keyFile: elsewhere })).toEqual(key);
    }
  });
});

test.each(['', '{}', '{"version":1,"protection":"file","key":"AAAA"}', JSON.stringify({ version: 1, protection: 'passphrase', passphrase: { kdf: 'scrypt', n: 2 ** 30, r: 8, p: 1, salt: 'AAAA', sealed: 'AAAA' } })])(
  'a damaged key file is refused: %s',
  async (content) => {
    const file = path.join(makeTestDir(), 'key.json');
    writeFileSync(file, content);
    await expect(unlock(file, { passphrase: 'any' })).rejects.toMatchObject({ code: 'store_damaged' });
  },
);
