import { nameWords } from '../../text/name-words.ts';
import type { WritableDb } from '../database.ts';
import type { Migration } from '../migrate.ts';

/** Names and notes by their words; rows go with what they name, so erasing a customer takes them along. */
const WORDS = `
CREATE TABLE customer_words (
  word TEXT NOT NULL, customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE, PRIMARY KEY (word, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_words_by_customer ON customer_words (customer_id);
CREATE TABLE product_words (
  word TEXT NOT NULL, product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE, PRIMARY KEY (word, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_words_by_product ON product_words (product_id);
CREATE TABLE note_words (
  word TEXT NOT NULL, note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE, PRIMARY KEY (word, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_words_by_note ON note_words (note_id);
`;

/**
 * Numbers as people type them, whole and by their last four characters. Indexes on expressions need no upkeep: they are true whoever
 * writes the row. The expressions are those of `numberKeySql` and `numberEndSql`, spelled out because a shipped step is never edited.
 */
const NUMBERS = `
CREATE INDEX orders_by_number ON orders (lower(replace(replace(external_id, '-', ''), ' ', '')));
CREATE INDEX orders_by_number_end ON orders (substr(lower(replace(replace(external_id, '-', ''), ' ', '')), -4));
CREATE INDEX orders_by_waybill ON orders (lower(replace(replace(waybill, '-', ''), ' ', '')));
CREATE INDEX orders_by_waybill_end ON orders (substr(lower(replace(replace(waybill, '-', ''), ' ', '')), -4));
CREATE INDEX customers_by_number ON customers (lower(replace(replace(external_id, '-', ''), ' ', '')));
CREATE INDEX products_by_number ON products (lower(replace(replace(external_id, '-', ''), ' ', '')));
CREATE INDEX skus_by_number ON skus (lower(replace(replace(external_id, '-', ''), ' ', '')));
CREATE INDEX conversations_by_number ON conversations (lower(replace(replace(external_id, '-', ''), ' ', '')));
`;

/** What a rep looked for and opened lately. `opened` names a row of the store by kind and id, never its words. */
const RECENTS = `
CREATE TABLE recent_searches (
  rep_id TEXT NOT NULL REFERENCES reps (id) ON DELETE CASCADE, text TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (rep_id, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE recently_opened (
  rep_id TEXT NOT NULL REFERENCES reps (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('customer','order','conversation','note','article','product','macro')), entity_id TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (rep_id, kind, entity_id)
) STRICT, WITHOUT ROWID;
`;

export const searchEverywhere: Migration = {
  version: 19,
  name: 'search-everywhere',
  up(db) {
    for (const sql of [WORDS, NUMBERS, RECENTS]) db.exec(sql);
    fill(db, 'SELECT id, name AS a, external_id AS b, NULL AS c, NULL AS d, NULL AS e FROM customers', 'INSERT INTO customer_words (word, customer_id) VALUES (?, ?)');
    fill(
      db,
      `SELECT id, title AS a, title_en AS b, category AS c, brand AS d,
         (SELECT group_concat(DISTINCT colour) FROM skus WHERE product_id = products.id) AS e FROM products`,
      'INSERT INTO product_words (word, product_id) VALUES (?, ?)',
    );
    fill(db, "SELECT id, text AS a, (SELECT group_concat(value ->> '$.text', ' ') FROM json_each(lines)) AS b, NULL AS c, NULL AS d, NULL AS e FROM notes", 'INSERT INTO note_words (word, note_id) VALUES (?, ?)');
  },
};

type Texts = { id: string; a: string | null; b: string | null; c: string | null; d: string | null; e: string | null };

function fill(db: WritableDb, select: string, insert: string): void {
  const add = db.prepare(insert);
  // read whole: the connection cannot write while it steps through a result
  for (const { id, a, b, c, d, e } of db.prepare(select).all() as Texts[]) for (const word of nameWords([a, b, c, d, e])) add.run(word, id);
}
