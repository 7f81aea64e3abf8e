import type { Migration } from '../migrate.ts';

/**
 * Files of messages, in chunks so that no row is large. A file belongs to one conversation and goes with it; media of macros belong to none.
 * `is_complete` is 0 while bytes are still coming.
 */
const FILES = `
CREATE TABLE attachments (
  id TEXT PRIMARY KEY, conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE, name TEXT NOT NULL, mime TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image','video','audio','file')), byte_count INTEGER NOT NULL, width INTEGER, height INTEGER,
  state TEXT NOT NULL CHECK (state IN ('stored','remote','missing')), reason TEXT, url TEXT, is_complete INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_conversation ON attachments (conversation_id);
CREATE TABLE attachment_chunks (
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE, ord INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (attachment_id, ord)
) STRICT;
CREATE TABLE message_attachments (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE, ord INTEGER NOT NULL,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE, PRIMARY KEY (message_id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);
CREATE TABLE draft_attachments (
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE, added_at INTEGER NOT NULL, PRIMARY KEY (conversation_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_attachments_by_attachment ON draft_attachments (attachment_id);
CREATE TABLE outbox_attachments (
  outbox_id TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE, ord INTEGER NOT NULL,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE, PRIMARY KEY (outbox_id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_attachments_by_attachment ON outbox_attachments (attachment_id);
CREATE TABLE evidence (
  id TEXT PRIMARY KEY, after_sale_id TEXT NOT NULL REFERENCES after_sales (id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE, kind TEXT NOT NULL CHECK (kind IN ('label','damage','other')),
  created_at INTEGER NOT NULL, UNIQUE (after_sale_id, attachment_id)
) STRICT;
CREATE INDEX evidence_by_attachment ON evidence (attachment_id);
`;

/** The message a message, a reply on its way or a draft answers. */
const QUOTES = `
ALTER TABLE messages ADD COLUMN reply_to TEXT;
ALTER TABLE outbox ADD COLUMN reply_to TEXT;
ALTER TABLE drafts ADD COLUMN reply_to TEXT;
`;

export const addAttachments: Migration = {
  version: 14,
  name: 'add-attachments',
  up(db) {
    db.exec(FILES);
    db.exec(QUOTES);
  },
};
