import type { z } from 'zod';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** One value of the store's settings; undefined when it was never set or no longer fits its schema. */
export function readSetting<S extends z.ZodType>(db: ReadableDb, key: string, schema: S): z.infer<S> | undefined {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(key);
  return row === undefined ? undefined : schema.safeParse(JSON.parse(row.value)).data;
}

export function writeSetting(db: WritableDb, key: string, value: unknown): void {
  prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value));
}
