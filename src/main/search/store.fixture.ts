import Sqlite from 'better-sqlite3';
import type { WritableDb } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { detectLanguage } from '../text/language.ts';
import { indexKindOf, indexText, unindexText } from './index-writer.ts';
import { searchablePassage, searchableText } from './searchable-text.ts';

/** An empty store in memory, without a key: SQLite encrypts files only. */
export function openMemoryStore(): WritableDb {
  const db = new Sqlite(':memory:') as unknown as WritableDb;
  migrate(db);
  return db;
}

/** Rows for tests of the search room, without the rooms that own them. Each answers its seq. */
export function addMacro(db: WritableDb, code: string, title: string, text: string): number {
  return db.transaction(() => {
    const { lastInsertRowid } = db
      .prepare("INSERT INTO macros (id, shop_id, code, title, text, language, content_hash, updated_at) VALUES (?, 'shop', ?, ?, ?, ?, '', 1000)")
      .run(`macro-${code}`, code, title, text, detectLanguage(text));
    indexText(db, 'macro', Number(lastInsertRowid), searchableText(title, text));
    return Number(lastInsertRowid);
  })();
}

export function removeMacro(db: WritableDb, seq: number): void {
  db.transaction(() => {
    db.prepare('DELETE FROM macros WHERE seq = ?').run(seq);
    unindexText(db, 'macro', seq);
  })();
}

export function addPassage(db: WritableDb, source: string, heading: string, text: string): number {
  return db.transaction(() => {
    db.prepare("INSERT OR IGNORE INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at) VALUES (?, 'shop', ?, ?, 'zh', 1, '', 2000)").run(`article-${source}`, source, `title of ${source}`);
    const ord = db.prepare('SELECT count(*) FROM passages WHERE article_id = ?').pluck().get(`article-${source}`) as number;
    const { lastInsertRowid } = db
      .prepare('INSERT INTO passages (id, article_id, ord, heading, text, language) VALUES (?, ?, ?, ?, ?, ?)')
      .run(`passage-${source}-${ord}`, `article-${source}`, ord, heading, text, detectLanguage(text));
    indexText(db, 'passage', Number(lastInsertRowid), searchablePassage(`title of ${source}`, { heading, text }));
    return Number(lastInsertRowid);
  })();
}

export function addMessage(db: WritableDb, role: 'customer' | 'rep', text: string): number {
  return db.transaction(() => {
    db.exec(`
      INSERT OR IGNORE INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('channel', 'shop', 'file', '', '{}', 'stopped', 0);
      INSERT OR IGNORE INTO customers (id, shop_id, external_id, name, created_at) VALUES ('customer', 'shop', 'c', '林女士', 0);
      INSERT OR IGNORE INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES ('conversation', 'shop', 'channel', 'v', 'customer', 'open', 0, 0);`);
    const next = (db.prepare('SELECT coalesce(max(seq), 0) + 1 FROM messages').pluck().get() as number).toString();
    const { lastInsertRowid } = db
      .prepare("INSERT INTO messages (id, conversation_id, external_id, role, text, language, sent_at) VALUES (?, 'conversation', ?, ?, ?, ?, 3000)")
      .run(`message-${next}`, next, role, text, detectLanguage(text));
    indexText(db, indexKindOf(role) ?? 'message', Number(lastInsertRowid), text);
    return Number(lastInsertRowid);
  })();
}
