import type { IdMaker } from './ids.ts';

/** What every insert and upsert takes from outside: fresh ids, the time, and whose shop it is. */
export type WriteContext = { newId: IdMaker; nowMs: number; shopId: string };
