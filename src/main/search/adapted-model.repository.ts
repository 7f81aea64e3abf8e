import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { AdaptFigures } from '../engine/adapt-run.ts';
import type { StaticTable } from '../engine/static-graph.ts';

/** An adapted model without its table. `candidate`: trained and found better, waiting for a person; `accepted`: the one in use. */
export type AdaptedModelInfo = { key: string; baseKey: string; state: 'candidate' | 'accepted'; madeAt: number; pairCount: number; figures: AdaptFigures; conversationCount: number };
export type NewAdaptedModel = { key: string; baseKey: string; madeAt: number; pairCount: number; figures: AdaptFigures; table: StaticTable; conversationIds: readonly string[] };

const TOKENS_PER_SLICE = 1024;
const STALE = 'adaptation_stale';

type InfoRow = { key: string; base_key: string; state: 'candidate' | 'accepted'; made_at: number; pair_count: number; figures: string; conversation_count: number };

const sliceSchema = z.object({ before: z.number(), after: z.number(), queryCount: z.int() });
const figuresSchema = z.object({ own: sliceSchema, en: sliceSchema, 'zh-en': sliceSchema });

/** Newest first; at most one of each state. */
export function listAdaptedModels(db: ReadableDb): AdaptedModelInfo[] {
  const rows = prepared<InfoRow>(db, 'SELECT key, base_key, state, made_at, pair_count, figures, (SELECT count(*) FROM adapted_sources WHERE model_id = id) AS conversation_count FROM adapted_models ORDER BY id DESC').all();
  return rows.map((row) => ({
    key: row.key, baseKey: row.base_key, state: row.state, madeAt: row.made_at, pairCount: row.pair_count, figures: figuresSchema.parse(JSON.parse(row.figures)), conversationCount: row.conversation_count,
  }));
}

/** Keeps a model as the candidate in place of any earlier one; false, and nothing is kept, when a conversation it learned from has gone meanwhile. */
export function saveCandidate(db: WritableDb, model: NewAdaptedModel): boolean {
  return db.transaction(() => {
    if (!areLearnable(db, model.conversationIds)) return false;
    prepared(db, "DELETE FROM adapted_models WHERE state = 'candidate' OR key = ?").run(model.key);
    const { tokenCount, dims, rows, scales } = model.table;
    const { lastInsertRowid } = prepared(db, "INSERT INTO adapted_models (key, base_key, state, made_at, pair_count, figures, token_count, dims, scales) VALUES (?, ?, 'candidate', ?, ?, ?, ?, ?, ?)")
      .run(model.key, model.baseKey, model.madeAt, model.pairCount, JSON.stringify(model.figures), tokenCount, dims, bytesOf(scales));
    const addRows = prepared(db, 'INSERT INTO adapted_rows (model_id, ord, rows) VALUES (?, ?, ?)');
    for (let ord = 0; ord * TOKENS_PER_SLICE < tokenCount; ord++) addRows.run(lastInsertRowid, ord, bytesOf(rows.subarray(ord * TOKENS_PER_SLICE * dims, (ord + 1) * TOKENS_PER_SLICE * dims)));
    const addSource = prepared(db, 'INSERT INTO adapted_sources (model_id, conversation_id) VALUES (?, ?)');
    for (const id of model.conversationIds) addSource.run(lastInsertRowid, id);
    clearStale(db);
    return true;
  })();
}

/** Whether all of these are still there, and their customers were not asked to be left out. */
export function areLearnable(db: ReadableDb, conversationIds: readonly string[]): boolean {
  const isThere = prepared<{ found: number }>(db, 'SELECT 1 AS found FROM conversations c WHERE c.id = ? AND c.customer_id NOT IN (SELECT customer_id FROM adapt_excluded)');
  return conversationIds.every((id) => isThere.get(id) !== undefined);
}

/** The table of a model; undefined when there is none of this key, for example because a customer it learned from was erased. */
export function readAdaptedTable(db: ReadableDb, key: string): StaticTable | undefined {
  const model = prepared<{ id: number; token_count: number; dims: number; scales: Buffer }>(db, 'SELECT id, token_count, dims, scales FROM adapted_models WHERE key = ?').get(key);
  if (model === undefined) return undefined;
  const rows = new Int8Array(model.token_count * model.dims);
  let filled = 0;
  for (const slice of prepared<{ rows: Buffer }>(db, 'SELECT rows FROM adapted_rows WHERE model_id = ? ORDER BY ord').all(model.id)) {
    rows.set(new Int8Array(slice.rows.buffer, slice.rows.byteOffset, slice.rows.byteLength), filled);
    filled += slice.rows.byteLength;
  }
  const scales = Float32Array.from({ length: model.token_count }, (_, at) => model.scales.readFloatLE(at * 4));
  return { tokenCount: model.token_count, dims: model.dims, rows, scales };
}

/** Makes the candidate the accepted model, in place of any earlier one. False when there is no such candidate. */
export function acceptCandidate(db: WritableDb, key: string): boolean {
  return db.transaction(() => {
    if (prepared(db, "SELECT 1 FROM adapted_models WHERE key = ? AND state = 'candidate'").get(key) === undefined) return false;
    prepared(db, "DELETE FROM adapted_models WHERE state = 'accepted'").run();
    prepared(db, "UPDATE adapted_models SET state = 'accepted' WHERE key = ?").run(key);
    return true;
  })();
}

/** Deletes every adapted model and the mark that one has to be made again; the pages are overwritten (`secure_delete`). Returns how many there were. */
export function deleteAdaptedModels(db: WritableDb): number {
  return db.transaction(() => {
    clearStale(db);
    return prepared(db, 'DELETE FROM adapted_models').run().changes;
  })();
}

/** Deletes the candidate; the accepted model stays. */
export function deleteCandidate(db: WritableDb): void {
  prepared(db, "DELETE FROM adapted_models WHERE state = 'candidate'").run();
}

/** Nothing is learned from this customer from now on; a model that did is deleted. Returns whether one was. */
export function excludeCustomer(db: WritableDb, customerId: string, nowMs: number): boolean {
  return db.transaction(() => {
    prepared(db, 'INSERT OR IGNORE INTO adapt_excluded (customer_id, at) VALUES (?, ?)').run(customerId, nowMs);
    const { changes } = prepared(db, 'DELETE FROM adapted_models WHERE id IN (SELECT s.model_id FROM adapted_sources s JOIN conversations c ON c.id = s.conversation_id WHERE c.customer_id = ?)').run(customerId);
    if (changes > 0) prepared(db, "INSERT OR REPLACE INTO settings (key, value) VALUES (?, 'true')").run(STALE);
    return changes > 0;
  })();
}

/** Returns whether they were left out. */
export function includeCustomer(db: WritableDb, customerId: string): boolean {
  return prepared(db, 'DELETE FROM adapt_excluded WHERE customer_id = ?').run(customerId).changes > 0;
}

export function isExcluded(db: ReadableDb, customerId: string): boolean {
  return prepared(db, 'SELECT 1 FROM adapt_excluded WHERE customer_id = ?').get(customerId) !== undefined;
}

/** There is nothing to make again (any more). */
export function clearStale(db: WritableDb): void {
  prepared(db, 'DELETE FROM settings WHERE key = ?').run(STALE);
}

/** Whether a model was deleted because somebody it learned from was, and none has been made since. */
export function isAdaptationStale(db: ReadableDb): boolean {
  return prepared(db, 'SELECT 1 FROM settings WHERE key = ?').get(STALE) !== undefined;
}

function bytesOf(array: Int8Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
