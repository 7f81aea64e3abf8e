import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';

const KEY = 'embedding_model';

/** The id of the model that is to serve: the one somebody chose, else the shipped one. */
export function wantedModelId(db: ReadableDb): string {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(KEY);
  const chosen: unknown = row === undefined ? undefined : JSON.parse(row.value);
  return typeof chosen === 'string' ? chosen : DEFAULT_MODEL_ID;
}

/** Takes effect at the next start of the engine. The shipped model is stored as no choice, so that an update may bring a better one. */
export function setWantedModel(db: WritableDb, modelId: string): void {
  if (modelId === DEFAULT_MODEL_ID) prepared(db, 'DELETE FROM settings WHERE key = ?').run(KEY);
  else prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify(modelId));
}
