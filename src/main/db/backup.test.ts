import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { storePaths, type StorePaths } from '../platform/paths.ts';
import { backupBeforeMigration, backupStore, deleteOldCopies, finishRestore, listAutomaticBackups, restoreStore } from './backup.ts';
import type { WritableDb } from './database.ts';
import { createKey, setPassphrase } from './key-store.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { openWriter, type StoreKey } from './open-db.ts';
import { listAllRows, makeTestDir } from './open-test-store.ts';

const NOW = Date.UTC(2026, 0, 1);
const COST = 2 ** 10;

function fill(db: WritableDb, word: string, count: number): void {
  const insert = db.prepare('INSERT INTO settings (key, value) VALUES (?, ?)');
  db.transaction(() => {
    for (let index = 0; index < count; index += 1) insert.run(`${word} ${index}`, word.repeat(50));
  })();
}

/** A closed store with rows in it, and what its tables hold. */
function makeStore(word: string): { paths: StorePaths; key: StoreKey; rows: Record<string, unknown[]>; use<T>(work: (db: WritableDb) => T): T } {
  const paths = storePaths(path.join(makeTestDir(), 'data'));
  const key = createKey(paths.key);
  const use = <T>(work: (db: WritableDb) => T): T => {
    const db = openWriter(paths.store, key);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const rows = use((db) => {
    migrate(db);
    fill(db, word, 200);
    return listAllRows(db);
  });
  return { paths, key, rows, use };
}

function rowsAt(paths: StorePaths, key: StoreKey): Record<string, unknown[]> {
  const db = openWriter(paths.store, key);
  try {
    return listAllRows(db);
  } finally {
    db.close();
  }
}

describe('backup and restore', () => {
  test('a store moves to a new computer by its passphrase or its recovery code, whole', async () => {
    const { paths, key, rows, use } = makeStore('换货地址');
    const { recoveryCode } = await setPassphrase(paths.key, {}, 'a passphrase', COST);
    const target = path.join(paths.dir, 'my.deskmate-backup');
    const result = use((db) => backupStore(db, key, paths, target, NOW));
    expect(result).toEqual({ path: target, bytes: readFileSync(target).length, openedBy: 'passphrase' });
    // three bytes stand in any half megabyte of noise by chance now and then
    expect(readFileSync(target).includes('换货地址')).toBe(false);
    for (const means of [{ passphrase: 'a passphrase' }, { recoveryCode }]) {
      const newPaths = storePaths(path.join(makeTestDir(), 'new'));
      const restoredKey = await restoreStore(target, newPaths, means);
      expect(restoredKey).toEqual(key);
      expect(rowsAt(newPaths, restoredKey)).toEqual(rows);
      expect(readdirSync(newPaths.dir).sort()).toEqual(['key.json', 'store.db']);
    }
  });

  test('the replaced store and its key stay beside the restored one', async () => {
    const from = makeStore('甲');
    const onto = makeStore('乙');
    const target = path.join(from.paths.dir, 'b');
    expect(from.use((db) => backupStore(db, from.key, from.paths, target, NOW)).openedBy).toBe('anyone');
    await restoreStore(target, onto.paths, {});
    expect(rowsAt(onto.paths, from.key)).toEqual(from.rows);
    const replaced = { ...onto.paths, store: `${onto.paths.store}.before-restore` };
    expect(rowsAt(replaced, onto.key)).toEqual(onto.rows);
    expect(deleteOldCopies(onto.paths).sort()).toEqual(['key.json.before-restore', 'store.db.before-restore']);
    expect(readdirSync(onto.paths.dir).sort()).toEqual(['key.json', 'store.db']);
  });

  test.each([
    ['cut off', (file: string) => truncateSync(file, readFileSync(file).length - 100), 'file_refused'],
    ['cut off in its header', (file: string) => truncateSync(file, 60), 'file_refused'],
    ['something else', (file: string) => writeFileSync(file, 'PK\u0003\u0004 a zip'), 'file_refused'],
    ['changed in one byte', (file: string) => flipByte(file, 0.7), 'store_damaged'],
    ['of a newer Deskmate', (file: string) => replaceText(file, `"schemaVersion":${MIGRATIONS.at(-1)?.version}`, '"schemaVersion":99'), 'store_newer'],
    ['gone', (file: string) => writeFileSync(`${file}.x`, ''), 'file_unreadable'],
  ])('a backup that is %s is refused and the store is not touched', async (_, spoil, code) => {
    const from = makeStore('甲');
    const target = path.join(from.paths.dir, 'b');
    from.use((db) => backupStore(db, from.key, from.paths, target, NOW));
    spoil(target);
    const onto = makeStore('乙');
    const before = { names: readdirSync(onto.paths.dir), store: readFileSync(onto.paths.store), key: readFileSync(onto.paths.key) };
    await expect(restoreStore(code === 'file_unreadable' ? `${target}.none` : target, onto.paths, {})).rejects.toMatchObject({ code });
    expect({ names: readdirSync(onto.paths.dir), store: readFileSync(onto.paths.store), key: readFileSync(onto.paths.key) }).toEqual(before);
  });

  test('a store whose key is kept elsewhere is restored with that key', async () => {
    const { paths, key, rows, use } = makeStore('甲');
    const keyFile = path.join(paths.dir, 'elsewhere');
    renameSync(paths.key, keyFile);
    const target = path.join(paths.dir, 'b');
    expect(use((db) => backupStore(db, key, paths, target, NOW)).openedBy).toBe('key_file');
    const newPaths = storePaths(path.join(makeTestDir(), 'new'));
    await expect(restoreStore(target, newPaths, {})).rejects.toMatchObject({ code: 'store_damaged' });
    expect(rowsAt(newPaths, await restoreStore(target, newPaths, { keyFile }))).toEqual(rows);
    expect(readdirSync(newPaths.dir)).toEqual(['store.db']);
  });

  test('the wrong passphrase changes nothing', async () => {
    const { paths, key, use } = makeStore('甲');
    await setPassphrase(paths.key, {}, 'a passphrase', COST);
    const target = path.join(paths.dir, 'b');
    use((db) => backupStore(db, key, paths, target, NOW));
    const onto = makeStore('乙');
    const names = readdirSync(onto.paths.dir);
    await expect(restoreStore(target, onto.paths, { passphrase: 'a guess' })).rejects.toMatchObject({ code: 'wrong_key' });
    expect([readdirSync(onto.paths.dir), rowsAt(onto.paths, onto.key)]).toEqual([names, onto.rows]);
  });

  test('a restore cut short is finished when it was decided, undone when not', () => {
    const from = makeStore('甲');
    const onto = makeStore('乙');
    copyFileSync(from.paths.store, `${onto.paths.store}.restoring`);
    expect(finishRestore(onto.paths)).toBe(false);
    expect(existsSync(`${onto.paths.store}.restoring`)).toBe(false);
    expect(rowsAt(onto.paths, onto.key)).toEqual(onto.rows);
    copyFileSync(from.paths.store, `${onto.paths.store}.restoring`);
    copyFileSync(from.paths.key, `${onto.paths.key}.restoring`);
    expect(finishRestore(onto.paths)).toBe(true);
    expect(rowsAt(onto.paths, from.key)).toEqual(from.rows);
    expect(finishRestore(onto.paths)).toBe(false);
  });

  test('a backup is not written over the store', () => {
    const { paths, key, use } = makeStore('甲');
    expect(() => use((db) => backupStore(db, key, paths, paths.store, NOW))).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });

  test('the newest three automatic backups are kept, and each restores', async () => {
    const { paths, key, rows, use } = makeStore('甲');
    for (const day of [3, 1, 2, 5, 4]) use((db) => backupBeforeMigration(db, key, paths, { from: 10, to: 20 }, Date.UTC(2026, 0, day)));
    const names = listAutomaticBackups(paths).map((file) => path.basename(file).slice(14, 27));
    expect(names).toEqual(['20-2026-01-05', '20-2026-01-04', '20-2026-01-03']);
    const newest = listAutomaticBackups(paths)[0] ?? '';
    const newPaths = storePaths(path.join(makeTestDir(), 'new'));
    expect(rowsAt(newPaths, await restoreStore(newest, newPaths, {}))).toEqual(rows);
    expect(deleteOldCopies(paths)).toHaveLength(3);
    expect(readdirSync(paths.backups)).toEqual([]);
  });
});

function flipByte(file: string, place: number): void {
  const bytes = readFileSync(file);
  const index = Math.floor(bytes.length * place);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function replaceText(file: string, from: string, to: string): void {
  writeFileSync(file, Buffer.from(readFileSync(file).toString('latin1').replace(from, to), 'latin1'));
}
