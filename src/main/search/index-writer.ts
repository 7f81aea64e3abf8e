import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { SearchKind } from '../../shared/contract/search.contract.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { ftsDocument } from '../text/tokens.ts';

/** What is indexed apart: a message of a customer is `message`, one of a rep is `reply`; both are rows of `messages`. */
export type IndexKind = SearchKind | 'reply';

/** In the order of what is wanted first: knowledge, what customers asked, what reps wrote. */
export const INDEX_KINDS: readonly IndexKind[] = ['passage', 'macro', 'message', 'reply'];

/** The tables of one indexed kind; names are constants, never input. */
export const SEARCH_TABLES = {
  passage: { fts: 'passages_fts', vocab: 'passages_vocab', vectors: 'passage_vectors', nextVectors: 'passage_vectors_next', rows: 'passages' },
  macro: { fts: 'macros_fts', vocab: 'macros_vocab', vectors: 'macro_vectors', nextVectors: 'macro_vectors_next', rows: 'macros' },
  message: { fts: 'messages_fts', vocab: 'messages_vocab', vectors: 'message_vectors', nextVectors: 'message_vectors_next', rows: 'messages' },
  reply: { fts: 'replies_fts', vocab: 'replies_vocab', vectors: 'reply_vectors', nextVectors: 'reply_vectors_next', rows: 'messages' },
} as const satisfies Record<IndexKind, { fts: string; vocab: string; vectors: string; nextVectors: string; rows: string }>;

// Built once: imports run it for every message.
const INSERT_WORDS = {
  passage: `INSERT INTO ${SEARCH_TABLES.passage.fts} (rowid, tokens) VALUES (?, ?)`,
  macro: `INSERT INTO ${SEARCH_TABLES.macro.fts} (rowid, tokens) VALUES (?, ?)`,
  message: `INSERT INTO ${SEARCH_TABLES.message.fts} (rowid, tokens) VALUES (?, ?)`,
  reply: `INSERT INTO ${SEARCH_TABLES.reply.fts} (rowid, tokens) VALUES (?, ?)`,
} as const satisfies Record<IndexKind, string>;

/** Undefined for what a bot or the system said: it is not searched. */
export function indexKindOf(role: MessageRole): 'message' | 'reply' | undefined {
  return ({ customer: 'message', rep: 'reply', bot: undefined, system: undefined } as const)[role];
}

/** Makes one stored text findable by words now and queues it for its vector; call inside the transaction that stores the text. */
export function indexText(db: WritableDb, kind: IndexKind, seq: number, text: string): void {
  prepared(db, INSERT_WORDS[kind]).run(seq, ftsDocument(normaliseForMatch(text)));
  prepared(db, 'INSERT OR IGNORE INTO pending_vectors (kind, seq) VALUES (?, ?)').run(kind, seq);
}

/** Removes words, vector and queue entry of one text; call inside the transaction that removes or changes it. */
export function unindexText(db: WritableDb, kind: IndexKind, seq: number): void {
  const tables = SEARCH_TABLES[kind];
  prepared(db, `DELETE FROM ${tables.fts} WHERE rowid = ?`).run(seq);
  for (const table of [tables.vectors, tables.nextVectors]) prepared(db, `DELETE FROM ${table} WHERE seq = ?`).run(seq);
  prepared(db, 'DELETE FROM pending_vectors WHERE kind = ? AND seq = ?').run(kind, seq);
}
