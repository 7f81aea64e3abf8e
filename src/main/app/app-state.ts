import type { AppStatus, EngineStatus, Settings, SettingsChange } from '../../shared/contract/app.contract.ts';
import { REP_SETTINGS, settingsSchema } from '../../shared/contract/app.contract.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import { readRepSettings, writeRepSettings } from '../access/rep-settings.repository.ts';
import { findRep } from '../access/rep.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { Clock } from '../platform/clock.ts';

export const ENGINE_NOT_STARTED: EngineStatus = {
  state: 'starting', modelId: null, next: null, vectors: { passage: 0, macro: 0, message: 0 }, pendingCount: 0, storingProblem: null, loadedRatio: 0, restartCount: 0, backend: null,
};

export const NO_ROWS: AppStatus['counts'] = { conversations: 0, messages: 0, articles: 0, passages: 0, macros: 0, customers: 0, orders: 0 };

const SETTINGS_KEY = 'settings';

function readShopSettings(db: ReadableDb): Record<string, unknown> {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(SETTINGS_KEY);
  return row === undefined ? {} : (JSON.parse(row.value) as Record<string, unknown>);
}

/** The shop's settings and this rep's own in one, defaults for what was never set; null for the shop's alone. When one field does not parse any more, all take their defaults. */
export function readSettings(db: ReadableDb, repId: RepId | null): Settings {
  const personal = repId === null ? {} : { ...readRepSettings(db, repId), repName: findRep(db, repId)?.name ?? '' };
  return settingsSchema.safeParse({ ...readShopSettings(db), ...personal }).data ?? settingsSchema.parse({});
}

const isPersonal = (field: string): boolean => (REP_SETTINGS as readonly string[]).includes(field);

/** Each field goes where it belongs; the rep's name is the profile's and changed there. Call inside a transaction. */
export function writeSettings(db: WritableDb, repId: RepId, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([field, value]) => value !== undefined && field !== 'repName');
  const personal = given.filter(([field]) => isPersonal(field));
  const shop = given.filter(([field]) => !isPersonal(field));
  if (personal.length > 0) writeRepSettings(db, repId, { ...readRepSettings(db, repId), ...Object.fromEntries(personal) });
  if (shop.length > 0) {
    const next = { ...readShopSettings(db), ...Object.fromEntries(shop) };
    prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(SETTINGS_KEY, JSON.stringify(next));
  }
  return readSettings(db, repId);
}

/** The shop's fields among these, which are everybody's and so are audited. */
export function shopSettingsOf(change: SettingsChange): Record<string, unknown> {
  return Object.fromEntries(Object.entries(change).filter(([field, value]) => value !== undefined && !isPersonal(field)));
}

function countRows(db: ReadableDb): AppStatus['counts'] {
  return prepared<AppStatus['counts']>(
    db,
    `SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM messages) AS messages,
      (SELECT count(*) FROM articles WHERE deleted_at IS NULL) AS articles, (SELECT count(*) FROM passages) AS passages,
      (SELECT count(*) FROM macros WHERE deleted_at IS NULL) AS macros, (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) AS orders`,
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
