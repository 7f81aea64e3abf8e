import type { Migration } from '../migrate.ts';

const CHANGES = `
ALTER TABLE reps ADD COLUMN colour TEXT NOT NULL DEFAULT 'teal';
ALTER TABLE reps ADD COLUMN initials TEXT NOT NULL DEFAULT '';
ALTER TABLE reps ADD COLUMN pin_hash TEXT;
ALTER TABLE reps ADD COLUMN pin_failure_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reps ADD COLUMN pin_blocked_until INTEGER;
CREATE TABLE rep_settings (rep_id TEXT PRIMARY KEY REFERENCES reps (id) ON DELETE CASCADE, value TEXT NOT NULL) STRICT;
ALTER TABLE outbox ADD COLUMN rep_id TEXT;
ALTER TABLE suggestions ADD COLUMN is_rare INTEGER NOT NULL DEFAULT 1;
CREATE INDEX audit_entries_by_at ON audit_entries (at);
CREATE INDEX audit_entries_by_action ON audit_entries (action);
`;

/** What one rep chose moves out of the shop's settings to the rep who worked here until now, the name to the profile. */
const MOVE_SETTINGS = `
INSERT INTO rep_settings (rep_id, value)
  SELECT r.id, json_patch('{}', json_object('language', json_extract(s.value, '$.language'), 'theme', json_extract(s.value, '$.theme'), 'quietMode', json_extract(s.value, '$.quietMode')))
  FROM settings s, (SELECT id FROM reps WHERE is_active = 1 ORDER BY created_at, id LIMIT 1) r WHERE s.key = 'settings';
UPDATE reps SET name = (SELECT json_extract(value, '$.repName') FROM settings WHERE key = 'settings')
  WHERE name = '' AND id = (SELECT id FROM reps WHERE is_active = 1 ORDER BY created_at, id LIMIT 1)
    AND (SELECT json_extract(value, '$.repName') FROM settings WHERE key = 'settings') IS NOT NULL;
UPDATE settings SET value = json_remove(value, '$.language', '$.theme', '$.quietMode', '$.repName') WHERE key = 'settings';
`;

/** Before, everything was done by the one rep of the store; lines of the background had none. */
const NAME_AUDIT = `
UPDATE audit_entries SET rep_id = (SELECT id FROM reps ORDER BY created_at, id LIMIT 1) WHERE rep_id IS NULL;
UPDATE outbox SET rep_id = (SELECT id FROM reps ORDER BY created_at, id LIMIT 1);
`;

export const repsAndLocks: Migration = {
  version: 16,
  name: 'reps-and-locks',
  up(db) {
    for (const sql of [CHANGES, MOVE_SETTINGS, NAME_AUDIT]) db.exec(sql);
  },
};
