import { normaliseForMatch } from '../../text/normalise.ts';
import { ftsDocument } from '../../text/tokens.ts';
import type { WritableDb } from '../database.ts';
import type { Migration } from '../migrate.ts';

const ROWS = `SELECT p.seq, CASE WHEN instr(p.heading, a.title) = 1 THEN '' ELSE a.title || char(10) END || p.heading || char(10) || p.text AS text
  FROM passages p JOIN articles a ON a.id = p.article_id AND a.deleted_at IS NULL WHERE p.seq > ? ORDER BY p.seq LIMIT 1000`;
const QUEUE = "INSERT OR IGNORE INTO pending_vectors (kind, seq) SELECT 'passage', p.seq FROM passages p JOIN articles a ON a.id = p.article_id AND a.deleted_at IS NULL";

/** Passages are found by the title of their article too: their words are written anew, their vectors are as soon as the engine runs. */
export const titlePassages: Migration = {
  version: 23,
  name: 'titled-passages',
  up(db) {
    writeWords(db);
    db.exec(QUEUE);
  },
};

function writeWords(db: WritableDb): void {
  const [remove, add] = [db.prepare('DELETE FROM passages_fts WHERE rowid = ?'), db.prepare('INSERT INTO passages_fts (rowid, tokens) VALUES (?, ?)')];
  const next = db.prepare<[number], { seq: number; text: string }>(ROWS);
  for (let last = 0; ; ) {
    const rows = next.all(last);
    for (const { seq, text } of rows) {
      remove.run(seq);
      add.run(seq, ftsDocument(normaliseForMatch(text)));
    }
    if (rows.length < 1000) return;
    last = rows.at(-1)?.seq ?? last;
  }
}
