import { safeStorage } from 'electron';
import type { SecretBox } from '../../platform/secret-box.ts';

/** The system's keychain, or null where there is none: Linux without one falls back to a fixed password, which is none. */
export function openKeychain(platform: NodeJS.Platform): SecretBox | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    encrypt: async (plain) => safeStorage.encryptString(plain.toString('base64')),
    decrypt: async (sealed) => Buffer.from(safeStorage.decryptString(sealed), 'base64'),
  };
}
