import type { Migration } from '../migrate.ts';

/** Work on conversations beside answering. `woken_at`: the snooze that ran out and was not dealt with yet; `handed_over_at`: given to a lead, not answered yet. */
const CONVERSATION_COLUMNS = `
ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER;
ALTER TABLE conversations ADD COLUMN woken_at INTEGER;
ALTER TABLE conversations ADD COLUMN handed_over_at INTEGER;
ALTER TABLE conversations ADD COLUMN disposition_note TEXT;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;
`;

/** A deleted label keeps its conversations until it goes for good, so that undo brings both back. */
const LABELS = `
CREATE TABLE labels (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, shape TEXT NOT NULL, tone TEXT NOT NULL,
  created_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX labels_by_name ON labels (shop_id, name_key) WHERE deleted_at IS NULL;
CREATE TABLE conversation_labels (
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, label_id TEXT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
  PRIMARY KEY (conversation_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_labels_by_label ON conversation_labels (label_id);
`;

/** `lines` is the JSON of a handover's summary; a note has none. */
const NOTES = `
CREATE TABLE notes (
  id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, rep_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('note','handover')), text TEXT NOT NULL, lines TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL, edited_at INTEGER, deleted_at INTEGER
) STRICT;
CREATE INDEX notes_by_conversation ON notes (conversation_id, created_at);
CREATE INDEX notes_deleted ON notes (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TABLE settled_promises (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE, quote TEXT NOT NULL, rep_id TEXT, settled_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, quote)
) STRICT, WITHOUT ROWID;
`;

/** `before` and `after` hold the fields that one action changed, so that it can be taken back as far as nobody changed them since. */
const ACTIONS = `
CREATE TABLE work_actions (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, rep_id TEXT,
  kind TEXT NOT NULL, note_id TEXT REFERENCES notes (id) ON DELETE CASCADE, before TEXT NOT NULL, after TEXT NOT NULL,
  at INTEGER NOT NULL, undone_at INTEGER
) STRICT;
CREATE INDEX work_actions_by_conversation ON work_actions (conversation_id, seq);
CREATE INDEX work_actions_by_note ON work_actions (note_id);
`;

const DISPOSITIONS = `
CREATE TABLE dispositions (
  code TEXT PRIMARY KEY, title_zh TEXT, title_en TEXT, ord INTEGER NOT NULL, is_active INTEGER NOT NULL DEFAULT 1
) STRICT;
`;

/** The three that fit any shop, then the sixteen intents of service. */
const BUILT_IN_CODES = [
  'solved', 'no_reply', 'duplicate', 'return_7d', 'freight_insurance', 'price_protection', 'trade_in', 'repair', 'refund_only', 'resend', 'exchange',
  'invoice', 'logistics', 'size_advice', 'scheduled_shipping', 'promotion', 'quality', 'cancel_or_address', 'complaint',
];

export const conversationWork: Migration = {
  version: 13,
  name: 'conversation-work',
  up(db) {
    for (const sql of [CONVERSATION_COLUMNS, LABELS, NOTES, ACTIONS, DISPOSITIONS]) db.exec(sql);
    const insert = db.prepare('INSERT INTO dispositions (code, ord) VALUES (?, ?)');
    for (const [index, code] of BUILT_IN_CODES.entries()) insert.run(code, index);
  },
};
