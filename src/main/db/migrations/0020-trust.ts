import type { Migration } from '../migrate.ts';

/**
 * `contacts`: every host that was spoken to, one row a day and feature. `set_aside_texts`: texts whose embedding stopped the engine;
 * a row with one strike is only suspected.
 */
const TABLES = `
CREATE TABLE contacts (
  host TEXT NOT NULL, feature TEXT NOT NULL, day TEXT NOT NULL, contact_count INTEGER NOT NULL, failure_count INTEGER NOT NULL,
  bytes_out INTEGER NOT NULL, bytes_in INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (host, feature, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE set_aside_texts (
  kind TEXT NOT NULL CHECK (kind IN ('passage','macro','message','reply')), seq INTEGER NOT NULL, strike_count INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;
`;

export const createTrust: Migration = {
  version: 20,
  name: 'trust',
  up: (db) => void db.exec(TABLES),
};
