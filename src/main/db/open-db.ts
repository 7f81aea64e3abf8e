import { existsSync, openSync, readSync, closeSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { DeskmateError } from '../platform/errors.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { openSqlite } from './load-sqlite.ts';

/** 32 random bytes, taken as they are, without a key derivation at every start. Pages are encrypted and authenticated by AEGIS-256 (ADR 12). */
export type StoreKey = Buffer & { readonly __storeKey: never };

const PLAIN_HEADER = 'SQLite format 3\0';

/**
 * Opens the one writing connection, making the file when it is not there.
 * @throws DeskmateError part_missing when SQLite does not load, wrong_key when the file does not open with this key, store_damaged when it is not encrypted at all.
 */
export function openWriter(file: string, key: StoreKey): WritableDb {
  const db = openKeyed(file, key, false);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  // erased words must not stay readable in freed pages
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -32768');
  return db as WritableDb;
}

/** Opens a connection that cannot write, for the engine. */
export function openReader(file: string, key: StoreKey): ReadableDb {
  const db = openKeyed(file, key, true);
  db.pragma('query_only = ON');
  db.pragma('cache_size = -16384');
  return db as ReadableDb;
}

function openKeyed(file: string, key: StoreKey, isReader: boolean): Sqlite.Database {
  if (existsSync(file) && readHeader(file) === PLAIN_HEADER) throw new DeskmateError('store_damaged', 'The store file is not encrypted, so it was not written by Deskmate.');
  const db = openSqlite(file, { readonly: isReader, fileMustExist: isReader });
  try {
    db.pragma("cipher = 'aegis'");
    db.pragma(`key = 'raw:${key.toString('hex')}'`);
    db.pragma('busy_timeout = 5000');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw new DeskmateError('wrong_key', 'The store does not open with this key.', { cause: error });
  }
}

function readHeader(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(PLAIN_HEADER.length);
    readSync(descriptor, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1');
  } finally {
    closeSync(descriptor);
  }
}
