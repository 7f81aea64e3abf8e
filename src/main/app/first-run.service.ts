import { firstRunSchema, type FirstRun } from '../../shared/contract/first-run.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

const KEY = 'first_run';
const FIRST: FirstRun = { isDue: true, step: 'language', start: null };
const DONE: FirstRun = { isDue: false, step: 'done', start: null };

/** Whether the first steps are still to be walked through, and how far somebody came. */
export function createFirstRun(db: WritableDb) {
  const write = (state: FirstRun): FirstRun => {
    prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify(state));
    return state;
  };
  return {
    get: (): FirstRun => readFirstRun(db),
    save: (change: Pick<FirstRun, 'step' | 'start'>): FirstRun => (readFirstRun(db).isDue ? write({ isDue: true, ...change }) : DONE),
    finish: (): FirstRun => write(DONE),
  };
}

function readFirstRun(db: ReadableDb): FirstRun {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(KEY);
  if (row !== undefined) return firstRunSchema.safeParse(JSON.parse(row.value)).data ?? DONE;
  return isNewStore(db) ? FIRST : DONE;
}

/** Nothing was imported, named or written: whoever filled a store by the command line needs no first steps. */
function isNewStore(db: ReadableDb): boolean {
  const row = prepared<{ found: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM customers) + EXISTS (SELECT 1 FROM articles) + EXISTS (SELECT 1 FROM macros) + EXISTS (SELECT 1 FROM products)
      + EXISTS (SELECT 1 FROM reps WHERE name <> '') + (SELECT count(*) > 1 FROM reps) + EXISTS (SELECT 1 FROM settings WHERE key = 'settings' AND coalesce(json_extract(value, '$.shopName'), '') <> '') AS found`,
  ).get();
  return row?.found === 0;
}
