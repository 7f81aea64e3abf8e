import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Everything one shop's store consists of on disk, all inside one folder. */
export type StorePaths = { dir: string; store: string; key: string; lock: string; backups: string; spool: string; log: string; /** Language models that the user added. */ models: string };

/** The folder is made with mode 0700: only this user of the machine reads it. */
export function storePaths(dir: string): StorePaths {
  const at = (name: string) => path.join(dir, name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return { dir, store: at('store.db'), key: at('key.json'), lock: at('lock.json'), backups: at('backups'), spool: at('spool'), log: at('deskmate.log'), models: addedModelsDir(dir) };
}

/** Where the store lives when nobody says otherwise (XDG on Linux, the usual places elsewhere). */
export function defaultStoreDir(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['DESKMATE_DATA']) return env['DESKMATE_DATA'];
  if (platform === 'win32') return path.join(env['APPDATA'] ?? os.homedir(), 'Deskmate');
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', 'Deskmate');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'deskmate');
}

/** Where a store keeps the language models that the user added; nothing is made. */
export function addedModelsDir(storeDir: string): string {
  return path.join(storeDir, 'models');
}
