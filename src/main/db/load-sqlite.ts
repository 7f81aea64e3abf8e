import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';
import { DeskmateError, messageOf } from '../platform/errors.ts';

type SqliteClass = typeof Sqlite;

// loaded when first needed, not with the program: a computer that cannot load it still gets a screen that says so
const loadSqlite = (): SqliteClass => createRequire(import.meta.url)('better-sqlite3') as SqliteClass;

/** Opens a SQLite file. @throws DeskmateError part_missing when the native library does not load here; whatever SQLite throws otherwise. */
export function openSqlite(file: string, options: Sqlite.Options, load: () => SqliteClass = loadSqlite): Sqlite.Database {
  try {
    return new (load())(file, options);
  } catch (error) {
    if (!isLoadFailure(error)) throw error;
    throw new DeskmateError('part_missing', `The part that opens the store (better-sqlite3) does not load on this computer: ${messageOf(error).split('\n')[0] ?? ''} Install Deskmate again over this one; the store was not touched.`, { cause: error });
  }
}

const LOAD_CODES: ReadonlySet<unknown> = new Set(['ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ENOENT']);

function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOAD_CODES.has(error.code);
}
