import type { WritableDb } from '../database.ts';
import type { Migration } from '../migrate.ts';

/**
 * What one rep has with a macro (favourite, uses, a key), its picture or file, and its way to the team. A deleted macro keeps them
 * until it goes for good, so that undo brings all of it back.
 */
const MACRO_WORK = `
ALTER TABLE macros ADD COLUMN proposed_at INTEGER;
ALTER TABLE macros ADD COLUMN deleted_at INTEGER;
ALTER TABLE macros ADD COLUMN attachment_id TEXT REFERENCES attachments (id) ON DELETE SET NULL;
CREATE UNIQUE INDEX macros_by_team_code ON macros (shop_id, code) WHERE scope = 'team' AND deleted_at IS NULL;
CREATE UNIQUE INDEX macros_by_rep_code ON macros (shop_id, rep_id, code) WHERE scope = 'personal' AND deleted_at IS NULL;
CREATE TABLE macro_marks (
  rep_id TEXT NOT NULL, macro_id TEXT NOT NULL, is_favourite INTEGER NOT NULL DEFAULT 0, use_count INTEGER NOT NULL DEFAULT 0,
  last_used_at INTEGER, shortcut TEXT, PRIMARY KEY (rep_id, macro_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX macro_marks_by_macro ON macro_marks (macro_id);
`;

/** `markdown` is what was written in the editor; null for an article that came from a file. `imported_hash`: the file's content, when a rep has changed the article since. */
const ARTICLE_WORK = `
ALTER TABLE articles ADD COLUMN markdown TEXT;
ALTER TABLE articles ADD COLUMN imported_hash TEXT;
ALTER TABLE articles ADD COLUMN rep_id TEXT;
CREATE TABLE article_versions (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, version INTEGER NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
  intent TEXT, valid_from INTEGER, valid_to INTEGER, markdown TEXT, passages TEXT NOT NULL, rep_id TEXT, saved_at INTEGER NOT NULL,
  PRIMARY KEY (article_id, version)
) STRICT;
CREATE TABLE unanswered_questions (
  message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, asked_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open','answered','dismissed')), article_id TEXT
) STRICT;
CREATE INDEX unanswered_open ON unanswered_questions (asked_at) WHERE state = 'open';
`;

/**
 * Two reps may have the same code of their own, so the code is no longer unique in the shop. SQLite cannot drop a constraint of a table:
 * the table is written anew from its own definition, with whatever columns other steps gave it, and its seqs are never given out again.
 */
function dropCodeConstraint(db: WritableDb): void {
  const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'macros'").get() as { sql: string };
  const indexes = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'macros' AND sql IS NOT NULL").pluck().all() as string[];
  const last = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'macros'").pluck().get() as number | undefined;
  db.exec(sql.replace(/^CREATE TABLE "?macros"?/, 'CREATE TABLE macros_rewritten').replace(/,\s*UNIQUE \(shop_id, code\)/, ''));
  db.exec('INSERT INTO macros_rewritten SELECT * FROM macros; DROP TABLE macros; ALTER TABLE macros_rewritten RENAME TO macros');
  for (const index of indexes) db.exec(index);
  if (last === undefined) return;
  db.prepare("DELETE FROM sqlite_sequence WHERE name = 'macros'").run();
  db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('macros', ?)").run(last);
}

export const macroAndArticleWork: Migration = {
  version: 15,
  name: 'macro-and-article-work',
  up(db) {
    dropCodeConstraint(db);
    db.exec(MACRO_WORK);
    db.exec(ARTICLE_WORK);
  },
};
