import type { Migration } from '../migrate.ts';

/**
 * `adapted_models`: token tables trained on this shop's own words, which are customer data; the rows of a table lie in `adapted_rows`, a slice each.
 * A table goes in the same transaction as any conversation it learned from, whoever deletes that: no code can forget to.
 */
const TABLES = `
CREATE TABLE adapted_models (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, base_key TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('candidate','accepted')),
  made_at INTEGER NOT NULL, pair_count INTEGER NOT NULL, figures TEXT NOT NULL, token_count INTEGER NOT NULL, dims INTEGER NOT NULL, scales BLOB NOT NULL
) STRICT;
CREATE TABLE adapted_rows (id INTEGER PRIMARY KEY, model_id INTEGER NOT NULL REFERENCES adapted_models (id) ON DELETE CASCADE, ord INTEGER NOT NULL, rows BLOB NOT NULL, UNIQUE (model_id, ord)) STRICT;
CREATE TABLE adapted_sources (
  model_id INTEGER NOT NULL REFERENCES adapted_models (id) ON DELETE CASCADE, conversation_id TEXT NOT NULL, PRIMARY KEY (conversation_id, model_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX adapted_sources_by_model ON adapted_sources (model_id);
CREATE TABLE adapt_excluded (customer_id TEXT PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER adapted_forget AFTER DELETE ON conversations BEGIN
  INSERT OR REPLACE INTO settings (key, value) SELECT 'adaptation_stale', 'true' WHERE EXISTS (SELECT 1 FROM adapted_sources WHERE conversation_id = OLD.id);
  DELETE FROM adapted_models WHERE id IN (SELECT model_id FROM adapted_sources WHERE conversation_id = OLD.id);
END;
`;

export const createAdaptedModels: Migration = {
  version: 22,
  name: 'adapted-models',
  up: (db) => void db.exec(TABLES),
};
