import type { IndexCounts } from '../../shared/contract/trust.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { ftsDocument } from '../text/tokens.ts';
import { INDEX_KINDS, SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { SEARCHABLE_TEXT } from './searchable-text.ts';
import type { Slices } from './slices.ts';

const STATE_KEY = 'index_rebuild';
const ROWS_PER_SLICE = 500;

/** Which rows of a kind are searched: the same ones that `indexText` is called for. */
const SEARCHED_ROWS = {
  passage: `SELECT p.seq, ${SEARCHABLE_TEXT.passage} AS text FROM passages p JOIN articles a ON a.id = p.article_id AND a.deleted_at IS NULL WHERE true`,
  macro: `SELECT seq, ${SEARCHABLE_TEXT.macro} AS text FROM macros p WHERE deleted_at IS NULL`,
  message: `SELECT seq, ${SEARCHABLE_TEXT.message} AS text FROM messages p WHERE role = 'customer' AND trim(text) <> ''`,
  reply: `SELECT seq, ${SEARCHABLE_TEXT.reply} AS text FROM messages p WHERE role = 'rep' AND trim(text) <> ''`,
} as const satisfies Record<IndexKind, string>;

/** What is still to do: this kind from the row after `doneSeq` up to `lastSeq` (rows stored later index themselves), then the kinds behind it. */
type RebuildState = { kind: IndexKind; doneSeq: number; lastSeq: number };

function readState(db: ReadableDb): RebuildState | undefined {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(STATE_KEY);
  return row === undefined ? undefined : (JSON.parse(row.value) as RebuildState);
}

function writeState(db: WritableDb, state: RebuildState | undefined): void {
  if (state === undefined) prepared(db, 'DELETE FROM settings WHERE key = ?').run(STATE_KEY);
  else prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(STATE_KEY, JSON.stringify(state));
}

/** True while an index is half written; `rebuildIndex` goes on where it was. */
export function isRebuildDue(db: ReadableDb): boolean {
  return readState(db) !== undefined;
}

export function countSearchedRows(db: ReadableDb): number {
  return INDEX_KINDS.reduce((sum, kind) => sum + countRows(db, kind), 0);
}

function countRows(db: ReadableDb, kind: IndexKind): number {
  return prepared<{ count: number }>(db, `SELECT count(*) AS count FROM (${SEARCHED_ROWS[kind]})`).get()?.count ?? 0;
}

/** Rows there are, found by words, found by meaning; equal but for texts in the queue when the index is whole. */
export function countIndexRows(db: ReadableDb): IndexCounts[] {
  return INDEX_KINDS.map((kind) => {
    const { fts, vectors } = SEARCH_TABLES[kind];
    const counts = prepared<{ words: number; vectors: number }>(db, `SELECT (SELECT count(*) FROM ${fts}_docsize) AS words, (SELECT count(*) FROM ${vectors}) AS vectors`).get();
    return { kind, textCount: countRows(db, kind), wordCount: counts?.words ?? 0, vectorCount: counts?.vectors ?? 0 };
  });
}

/**
 * Writes the words of every searched text anew and queues the vectors that are missing, orphaned or of a wrong length. What is done is in the
 * store: killed or cancelled anywhere, the next call goes on from there. A kind that is being written is found by words only in part until it is done.
 */
export function* rebuildIndex(db: WritableDb, onRows: (count: number) => void = () => {}): Slices<void> {
  let state = readState(db) ?? begin(db, INDEX_KINDS[0] as IndexKind);
  for (;;) {
    const current = state;
    const next = prepared<{ seq: number; text: string }>(db, `${SEARCHED_ROWS[current.kind]} AND p.seq > ? AND p.seq <= ? ORDER BY p.seq LIMIT ${ROWS_PER_SLICE}`);
    const rows = next.all(current.doneSeq, current.lastSeq);
    db.transaction(() => {
      writeWords(db, current.kind, rows);
      state = { ...current, doneSeq: rows.at(-1)?.seq ?? current.lastSeq };
      writeState(db, state);
    })();
    onRows(rows.length);
    yield;
    if (rows.length === ROWS_PER_SLICE) continue;
    const following = INDEX_KINDS[INDEX_KINDS.indexOf(current.kind) + 1];
    if (following === undefined) return finish(db);
    state = begin(db, following);
    yield;
  }
}

function begin(db: WritableDb, kind: IndexKind): RebuildState {
  const { fts, rows } = SEARCH_TABLES[kind];
  return db.transaction(() => {
    const lastSeq = prepared<{ seq: number | null }>(db, `SELECT max(seq) AS seq FROM ${rows}`).get()?.seq ?? 0;
    db.exec(`INSERT INTO ${fts} (${fts}) VALUES ('delete-all')`);
    const state: RebuildState = { kind, doneSeq: 0, lastSeq };
    writeState(db, state);
    return state;
  })();
}

function writeWords(db: WritableDb, kind: IndexKind, rows: readonly { seq: number; text: string }[]): void {
  const { fts } = SEARCH_TABLES[kind];
  const [remove, add] = [prepared(db, `DELETE FROM ${fts} WHERE rowid = ?`), prepared(db, `INSERT INTO ${fts} (rowid, tokens) VALUES (?, ?)`)];
  for (const { seq, text } of rows) {
    // a text changed while this runs has written its own words
    remove.run(seq);
    add.run(seq, ftsDocument(normaliseForMatch(text)));
  }
}

function finish(db: WritableDb): void {
  db.transaction(() => {
    for (const kind of INDEX_KINDS) mendVectors(db, kind);
    writeState(db, undefined);
  })();
}

function mendVectors(db: WritableDb, kind: IndexKind): void {
  const { vectors } = SEARCH_TABLES[kind];
  prepared(db, `DELETE FROM ${vectors} WHERE seq NOT IN (SELECT seq FROM (${SEARCHED_ROWS[kind]})) OR NOT EXISTS (SELECT 1 FROM embedding_models m WHERE m.id = model AND m.dims = length(vector))`).run();
  prepared(db, 'DELETE FROM pending_vectors WHERE kind = ? AND seq NOT IN (SELECT seq FROM (' + SEARCHED_ROWS[kind] + '))').run(kind);
  prepared(
    db,
    `INSERT OR IGNORE INTO pending_vectors (kind, seq) SELECT @kind, seq FROM (${SEARCHED_ROWS[kind]})
      WHERE seq NOT IN (SELECT seq FROM ${vectors}) AND seq NOT IN (SELECT seq FROM set_aside_texts WHERE kind = @kind AND strike_count >= 2)`,
  ).run({ kind });
}

/** Problems SQLite finds in the full-text indexes; none when they are sound. */
export function checkWordIndexes(db: WritableDb): string[] {
  return INDEX_KINDS.flatMap((kind) => {
    const { fts } = SEARCH_TABLES[kind];
    try {
      db.exec(`INSERT INTO ${fts} (${fts}) VALUES ('integrity-check')`);
      return [];
    } catch (error) {
      return [`${fts}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
