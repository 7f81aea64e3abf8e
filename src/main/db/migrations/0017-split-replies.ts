import { normaliseForMatch } from '../../text/normalise.ts';
import { ftsDocument } from '../../text/tokens.ts';
import type { WritableDb } from '../database.ts';
import type { Migration } from '../migrate.ts';

const TABLES = `
CREATE VIRTUAL TABLE replies_fts USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61');
CREATE VIRTUAL TABLE replies_vocab USING fts5vocab (replies_fts, row);
INSERT INTO replies_fts (replies_fts, rank) VALUES ('secure-delete', 1);
CREATE TABLE reply_vectors (seq INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
`;

const QUEUE = `
CREATE TABLE pending_vectors_2 (kind TEXT NOT NULL CHECK (kind IN ('passage','macro','message','reply')), seq INTEGER NOT NULL, PRIMARY KEY (kind, seq)) STRICT, WITHOUT ROWID;
INSERT INTO pending_vectors_2 SELECT CASE WHEN kind = 'message' AND seq IN (SELECT seq FROM messages WHERE role = 'rep') THEN 'reply' ELSE kind END, seq FROM pending_vectors;
DROP TABLE pending_vectors;
ALTER TABLE pending_vectors_2 RENAME TO pending_vectors;
`;

const VECTORS = `
INSERT INTO reply_vectors SELECT v.seq, v.model, v.vector FROM message_vectors v JOIN messages m ON m.seq = v.seq WHERE m.role = 'rep';
DELETE FROM message_vectors WHERE seq IN (SELECT seq FROM reply_vectors);
`;

/** What reps wrote gets an index of its own: suggestions look only through what customers asked (ADR 11), half the rows of a log. */
export const splitReplies: Migration = {
  version: 17,
  name: 'split-replies',
  up(db) {
    for (const sql of [TABLES, VECTORS, QUEUE]) db.exec(sql);
    moveWords(db);
  },
};

function moveWords(db: WritableDb): void {
  const [remove, add] = [db.prepare('DELETE FROM messages_fts WHERE rowid = ?'), db.prepare('INSERT INTO replies_fts (rowid, tokens) VALUES (?, ?)')];
  const next = db.prepare<[number], { seq: number; text: string }>("SELECT seq, text FROM messages WHERE seq > ? AND role = 'rep' AND trim(text) <> '' ORDER BY seq LIMIT 1000");
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
