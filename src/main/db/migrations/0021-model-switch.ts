import type { Migration } from '../migrate.ts';

/**
 * While texts are embedded anew by another model, its vectors gather in the `_next` tables and the old ones go on serving; then the tables change
 * names. `role` says which of at most two models a vector's number means.
 */
const TABLES = `
ALTER TABLE embedding_models ADD COLUMN role TEXT NOT NULL DEFAULT 'serving' CHECK (role IN ('serving','next'));
CREATE UNIQUE INDEX embedding_models_by_role ON embedding_models (role);
CREATE TABLE passage_vectors_next (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE macro_vectors_next (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE message_vectors_next (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE reply_vectors_next (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
`;

export const modelSwitch: Migration = {
  version: 21,
  name: 'model-switch',
  up: (db) => void db.exec(TABLES),
};
