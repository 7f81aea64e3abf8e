import type { Migration } from '../migrate.ts';

/**
 * `sha256` of a pack is empty until all of it is in the store. An item's `pack_hash` is of what the pack says, its `row_hash` of the row as
 * it was written: a row that has another hash now was changed by a rep.
 */
const PACKS = `
CREATE TABLE packs (
  name TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, languages TEXT NOT NULL, licence TEXT NOT NULL, requires TEXT NOT NULL,
  sha256 TEXT NOT NULL, shift_days INTEGER NOT NULL DEFAULT 0, installed_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE pack_items (
  pack_name TEXT NOT NULL REFERENCES packs (name) ON DELETE CASCADE, kind TEXT NOT NULL CHECK (kind IN ('article','macro')), key TEXT NOT NULL,
  entity_id TEXT NOT NULL, pack_hash TEXT NOT NULL, row_hash TEXT NOT NULL, meta TEXT NOT NULL, PRIMARY KEY (pack_name, kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX pack_items_by_entity ON pack_items (entity_id);
CREATE TABLE pack_intents (
  id TEXT PRIMARY KEY, pack_name TEXT NOT NULL REFERENCES packs (name) ON DELETE CASCADE, ord INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE pack_rules (
  pack_name TEXT NOT NULL REFERENCES packs (name) ON DELETE CASCADE, id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('guard','risk','plan')), body TEXT NOT NULL, PRIMARY KEY (pack_name, id)
) STRICT;
`;

/** The rows that the demo shop's import made, so that exactly these go when it is removed. */
const DEMO = 'CREATE TABLE demo_rows (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;';

export const createPacks: Migration = {
  version: 12,
  name: 'packs',
  up(db) {
    db.exec(PACKS);
    db.exec(DEMO);
  },
};
