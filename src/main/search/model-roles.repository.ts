import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { ModelIdentity } from '../engine/embedding-model.ts';
import { INDEX_KINDS, SEARCH_TABLES } from './index-writer.ts';
import { forgetSwitch } from './model-switch.ts';

/** `serving` made the vectors that are searched; `next` is to take its place and embeds everything first. */
export type ModelRole = 'serving' | 'next';
export type EngineModels = { serving: ModelIdentity; next: ModelIdentity | null };
/** The numbers that vectors of these models carry in the store. */
export type ModelNumbers = { serving: number; next: number | null };

type ModelRow = { id: number; name: string };

function findByRole(db: ReadableDb, role: ModelRole): ModelRow | undefined {
  return prepared<ModelRow>(db, 'SELECT id, name FROM embedding_models WHERE role = ?').get(role);
}

/** The `key` of the model whose vectors are searched; null in a store without vectors. */
export function servingModelKey(db: ReadableDb): string | null {
  return findByRole(db, 'serving')?.name ?? null;
}

/** Makes the store's two roles those of the engine; what an earlier, unfinished switch to something else left is forgotten. */
export function assignRoles(db: WritableDb, models: EngineModels): ModelNumbers {
  return db.transaction(() => ({ serving: assignServing(db, models.serving), next: assignNext(db, models.next) }))();
}

/** A model not known so far queues every row that another one embedded; their vectors stay until replaced, but nothing compares them. */
function assignServing(db: WritableDb, model: ModelIdentity): number {
  const known = findByRole(db, 'serving');
  if (known?.name === model.key) return known.id;
  forgetNext(db);
  const id = addModel(db, model, 'next');
  for (const kind of INDEX_KINDS) prepared(db, `INSERT OR IGNORE INTO pending_vectors (kind, seq) SELECT ?, seq FROM ${SEARCH_TABLES[kind].vectors} WHERE model <> ?`).run(kind, id);
  promoteNext(db);
  return id;
}

function assignNext(db: WritableDb, model: ModelIdentity | null): number | null {
  const known = findByRole(db, 'next');
  if (known?.name === model?.key) return known?.id ?? null;
  forgetNext(db);
  return model === null ? null : addModel(db, model, 'next');
}

/** `next` becomes `serving`; the model that was is forgotten, so that going back to it embeds again. */
export function promoteNext(db: WritableDb): void {
  prepared(db, "DELETE FROM embedding_models WHERE role = 'serving'").run();
  prepared(db, "UPDATE embedding_models SET role = 'serving' WHERE role = 'next'").run();
}

function forgetNext(db: WritableDb): void {
  prepared(db, "DELETE FROM embedding_models WHERE role = 'next'").run();
  forgetSwitch(db);
}

function addModel(db: WritableDb, { key, dims, vectorScale, sha256 }: ModelIdentity, role: ModelRole): number {
  const { lastInsertRowid } = prepared(db, 'INSERT INTO embedding_models (name, dims, vector_scale, sha256, role) VALUES (?, ?, ?, ?, ?)').run(key, dims, vectorScale, sha256, role);
  return Number(lastInsertRowid);
}
