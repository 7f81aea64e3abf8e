import type { Migration } from '../migrate.ts';

const PEOPLE = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE reps (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('rep','lead','trainer','admin')),
  certificate_level TEXT NOT NULL CHECK (certificate_level IN ('trainee','junior','intermediate','senior')),
  is_active INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE audit_entries (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, rep_id TEXT,
  action TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, before TEXT, after TEXT
) STRICT;
CREATE INDEX audit_entries_by_entity ON audit_entries (entity_id, entity);
CREATE TABLE jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running','done','failed','cancelled','interrupted')),
  done_count INTEGER NOT NULL DEFAULT 0, total_count INTEGER, error TEXT, report TEXT,
  started_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
`;

const CATALOGUE = `
CREATE TABLE products (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, title TEXT NOT NULL, category TEXT, brand TEXT,
  description TEXT, price_fen INTEGER, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE TABLE skus (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  colour TEXT, size TEXT, price_fen INTEGER, stock_count INTEGER, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE INDEX skus_by_product ON skus (product_id);
CREATE TABLE sku_batches (
  id TEXT PRIMARY KEY, sku_id TEXT NOT NULL REFERENCES skus (id) ON DELETE CASCADE, batch TEXT NOT NULL,
  fabric_lot TEXT, supplier TEXT, colour_code TEXT, stock_metres REAL, UNIQUE (sku_id, batch)
) STRICT;
CREATE TABLE promotions (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, title TEXT NOT NULL, kind TEXT, rule TEXT,
  starts_at INTEGER, ends_at INTEGER, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
`;

const CUSTOMERS = `
CREATE TABLE customers (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL, platform_tier TEXT,
  segment TEXT, recency_score INTEGER, frequency_score INTEGER, monetary_score INTEGER, loyalty_reasons TEXT,
  is_tag_disputed INTEGER NOT NULL DEFAULT 0, loyalty_computed_at INTEGER,
  created_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE TABLE orders (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  paid_at INTEGER, status TEXT, paid_fen INTEGER NOT NULL, promo TEXT, promised_ship_at INTEGER, waybill TEXT, carrier TEXT,
  address_masked TEXT, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE INDEX orders_by_customer ON orders (customer_id, paid_at);
CREATE TABLE order_items (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE, ord INTEGER NOT NULL, title TEXT NOT NULL,
  sku_external_id TEXT, size TEXT, colour TEXT, batch TEXT, price_fen INTEGER, quantity INTEGER NOT NULL, UNIQUE (order_id, ord)
) STRICT;
CREATE TABLE after_sales (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  order_external_id TEXT, type TEXT NOT NULL, stage TEXT, reason TEXT, amount_fen INTEGER, cost_fen INTEGER, outcome TEXT,
  opened_at INTEGER, closed_at INTEGER, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE INDEX after_sales_by_customer ON after_sales (customer_id);
CREATE TABLE reviews (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, external_id TEXT NOT NULL, customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  order_external_id TEXT, score INTEGER NOT NULL, text TEXT NOT NULL, reviewed_at INTEGER, content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, external_id)
) STRICT;
CREATE INDEX reviews_by_customer ON reviews (customer_id);
`;

/** Searchable rows take AUTOINCREMENT: an erased seq never names another text, whatever an index in memory still holds. */
const CONVERSATIONS = `
CREATE TABLE channels (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, settings TEXT NOT NULL, cursor TEXT,
  state TEXT NOT NULL, error TEXT, last_sync_at INTEGER, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE conversations (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, channel_id TEXT NOT NULL REFERENCES channels (id), external_id TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE, rep_id TEXT, state TEXT NOT NULL CHECK (state IN ('open','closed')),
  disposition TEXT, csat INTEGER, opened_at INTEGER NOT NULL, closed_at INTEGER, last_at INTEGER NOT NULL, last_seq INTEGER, waiting_since INTEGER,
  unread_count INTEGER NOT NULL DEFAULT 0, risk_p REAL, risk_band TEXT, UNIQUE (channel_id, external_id)
) STRICT;
CREATE INDEX conversations_open ON conversations (state) WHERE state = 'open';
CREATE INDEX conversations_closed ON conversations (last_at) WHERE state = 'closed';
CREATE INDEX conversations_by_customer ON conversations (customer_id);
CREATE INDEX conversations_by_external_id ON conversations (external_id);
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  external_id TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('customer','rep','bot','system')), rep_id TEXT, text TEXT NOT NULL,
  language TEXT NOT NULL, pii_spans TEXT, sent_at INTEGER NOT NULL, UNIQUE (conversation_id, external_id)
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, sent_at);
CREATE TABLE drafts (
  conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE, text TEXT NOT NULL, caret INTEGER NOT NULL,
  marks TEXT NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued','sending','sent','failed','unknown')), attempt_count INTEGER NOT NULL DEFAULT 0,
  error TEXT, message_id TEXT, suggestion_ids TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_conversation ON outbox (conversation_id, created_at);
CREATE INDEX outbox_unsent ON outbox (state) WHERE state <> 'sent';
`;

const KNOWLEDGE = `
CREATE TABLE articles (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, intent TEXT,
  version INTEGER NOT NULL, content_hash TEXT NOT NULL, valid_from INTEGER, valid_to INTEGER, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, UNIQUE (shop_id, source)
) STRICT;
CREATE TABLE passages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, UNIQUE (article_id, ord)
) STRICT;
CREATE TABLE macros (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, shop_id TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  language TEXT NOT NULL, intent TEXT, scope TEXT NOT NULL DEFAULT 'team', rep_id TEXT, use_count INTEGER NOT NULL DEFAULT 0,
  content_hash TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (shop_id, code)
) STRICT;
`;

const JUDGEMENT = `
CREATE TABLE suggestions (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('reply','macro','article')), text TEXT NOT NULL, rank INTEGER NOT NULL,
  score REAL NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('shown','inserted','sent','dismissed','ignored')),
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX suggestions_by_conversation ON suggestions (conversation_id, message_id);
CREATE TABLE feedback (
  id TEXT PRIMARY KEY, suggestion_id TEXT NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('inserted','sent','dismissed','ignored')), edit_ratio REAL, reason TEXT, rep_id TEXT, at INTEGER NOT NULL,
  UNIQUE (suggestion_id, action)
) STRICT;
CREATE TABLE source_outcomes (
  source_kind TEXT NOT NULL, source_id TEXT NOT NULL, shown_count INTEGER NOT NULL DEFAULT 0, sent_count INTEGER NOT NULL DEFAULT 0,
  dismissed_count INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (source_kind, source_id)
) STRICT;
CREATE TABLE risk_signals (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL, kind TEXT NOT NULL, p REAL NOT NULL, band TEXT NOT NULL, reasons TEXT NOT NULL, alert_state TEXT NOT NULL,
  is_shown INTEGER NOT NULL, model_version TEXT NOT NULL, label TEXT, created_at INTEGER NOT NULL, UNIQUE (message_id, kind)
) STRICT;
CREATE INDEX risk_signals_by_conversation ON risk_signals (conversation_id, seq);
`;

/** Full text is contentless bigram FTS5 (rowid = seq); vectors are int8 rows of the same seq, written in the transaction of their text or later by the embed job. */
const SEARCH = `
CREATE TABLE embedding_models (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dims INTEGER NOT NULL, vector_scale REAL NOT NULL, sha256 TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61');
CREATE VIRTUAL TABLE macros_fts USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61');
CREATE VIRTUAL TABLE messages_fts USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61');
CREATE VIRTUAL TABLE passages_vocab USING fts5vocab (passages_fts, row);
CREATE VIRTUAL TABLE macros_vocab USING fts5vocab (macros_fts, row);
CREATE VIRTUAL TABLE messages_vocab USING fts5vocab (messages_fts, row);
INSERT INTO passages_fts (passages_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO macros_fts (macros_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO messages_fts (messages_fts, rank) VALUES ('secure-delete', 1);
CREATE TABLE passage_vectors (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE macro_vectors (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE message_vectors (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE pending_vectors (kind TEXT NOT NULL CHECK (kind IN ('passage','macro','message')), seq INTEGER NOT NULL, PRIMARY KEY (kind, seq)) STRICT, WITHOUT ROWID;
`;

export const createStore: Migration = {
  version: 10,
  name: 'create-store',
  up(db) {
    for (const sql of [PEOPLE, CATALOGUE, CUSTOMERS, CONVERSATIONS, KNOWLEDGE, JUDGEMENT, SEARCH]) db.exec(sql);
  },
};
