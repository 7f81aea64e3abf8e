import type { AppStatus, EngineStatus, Settings, SettingsChange } from '../../shared/contract/app.contract.ts';
import { settingsSchema } from '../../shared/contract/app.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { Clock } from '../platform/clock.ts';

export const ENGINE_NOT_STARTED: EngineStatus = {
  state: 'starting', modelId: null, vectors: { passage: 0, macro: 0, message: 0 }, pendingCount: 0, loadedRatio: 0, restartCount: 0, backend: null,
};

export const NO_ROWS: AppStatus['counts'] = { conversations: 0, messages: 0, articles: 0, passages: 0, macros: 0, customers: 0, orders: 0 };

const SETTINGS_KEY = 'settings';

/** Settings as stored, defaults for what was never set or does not parse any more. */
export function readSettings(db: ReadableDb): Settings {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(SETTINGS_KEY);
  const parsed = settingsSchema.safeParse(row === undefined ? {} : JSON.parse(row.value));
  return parsed.success ? parsed.data : settingsSchema.parse({});
}

export function writeSettings(db: WritableDb, change: SettingsChange): Settings {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const next = settingsSchema.parse({ ...readSettings(db), ...given });
  prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(SETTINGS_KEY, JSON.stringify(next));
  return next;
}

function countRows(db: ReadableDb): AppStatus['counts'] {
  return prepared<AppStatus['counts']>(
    db,
    `SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM messages) AS messages,
      (SELECT count(*) FROM articles WHERE deleted_at IS NULL) AS articles, (SELECT count(*) FROM passages) AS passages,
      (SELECT count(*) FROM macros) AS macros, (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) AS orders`,
  ).get() ?? NO_ROWS;
}

/** Counting a million messages takes a fifth of a second: the figures are kept this long, or until the data changed as a whole. */
const COUNT_EVERY_MS = 60_000;

export type RowCounts = { read(): AppStatus['counts']; forget(): void };

export function createRowCounts(db: ReadableDb, clock: Clock): RowCounts {
  let counted: { atMs: number; counts: AppStatus['counts'] } | undefined;
  return {
    read() {
      if (counted === undefined || clock.nowMs() - counted.atMs > COUNT_EVERY_MS) counted = { atMs: clock.nowMs(), counts: countRows(db) };
      return counted.counts;
    },
    forget: () => (counted = undefined),
  };
}
