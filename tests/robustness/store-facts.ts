// What a store holds after everything that was done to it, read from its files directly.
import { readFileSync } from 'node:fs';
import type { ReadableDb } from '../../src/main/db/database.ts';
import { unlock } from '../../src/main/db/key-store.ts';
import { openReader } from '../../src/main/db/open-db.ts';
import { storePaths } from '../../src/main/platform/paths.ts';
import { SEARCH_TABLES } from '../../src/main/search/index-writer.ts';

const SEARCHABLE = { message: "messages WHERE role = 'customer' AND trim(text) <> ''", reply: "messages WHERE role = 'rep' AND trim(text) <> ''", passage: 'passages', macro: 'macros' } as const;

export async function readStore<T>(storeDir: string, read: (db: ReadableDb) => T): Promise<T> {
  const paths = storePaths(storeDir);
  const db = openReader(paths.store, await unlock(paths.key, {}));
  try {
    return read(db);
  } finally {
    db.close();
  }
}

const countOf = (db: ReadableDb, what: string) => db.prepare(`SELECT count(*) FROM ${what}`).pluck().get() as number;

export const countPending = (db: ReadableDb) => countOf(db, 'pending_vectors');

/** Empty when the files are sound and every searchable row has its words and its vector, once. */
export function faultsOf(db: ReadableDb): string[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const orphans = (db.pragma('foreign_key_check') as unknown[]).map((row) => `foreign key: ${JSON.stringify(row)}`);
  const search = (['message', 'reply', 'passage', 'macro'] as const).flatMap((kind) => {
    const [rows, { fts, vectors }] = [SEARCHABLE[kind], SEARCH_TABLES[kind]];
    const rowCount = countOf(db, rows);
    const counts = { words: countOf(db, `${fts}_docsize`), vectors: countOf(db, vectors) };
    const both = countOf(db, `${vectors} WHERE seq NOT IN (SELECT seq FROM ${rows}) OR seq NOT IN (SELECT id FROM ${fts}_docsize)`);
    return counts.words === rowCount && counts.vectors === rowCount && both === 0 ? [] : [`${kind}: ${rowCount} rows, ${JSON.stringify(counts)}, ${both} strays`];
  });
  const models = countOf(db, 'embedding_models');
  return [...integrity, ...orphans, ...search, ...(countPending(db) === 0 ? [] : [`${countPending(db)} texts wait for a vector`]), ...(models <= 1 ? [] : [`${models} models`])];
}

/** Messages the file channel brought in, in the order of their ids. */
export function liveMessages(db: ReadableDb): { conversation: string; id: string; text: string }[] {
  const sql = `SELECT c.external_id AS conversation, m.external_id AS id, m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN channels h ON h.id = c.channel_id
    WHERE h.kind = 'file' AND m.external_id NOT LIKE 'reply:%' ORDER BY CAST(substr(m.external_id, 2) AS INTEGER)`;
  return db.prepare(sql).all() as { conversation: string; id: string; text: string }[];
}

export type StoredReply = { id: string; conversationId: string; text: string; state: string; messageCount: number; auditCount: number };

/** Every reply with how often it became a message and how often its queueing was noted; oldest first. */
export function storedReplies(db: ReadableDb): StoredReply[] {
  const sql = `SELECT o.id, o.conversation_id AS conversationId, o.text, o.state,
      (SELECT count(*) FROM messages m WHERE m.conversation_id = o.conversation_id AND m.external_id = 'reply:' || o.id AND m.text = o.text AND m.role = 'rep') AS messageCount,
      (SELECT count(*) FROM audit_entries a WHERE a.entity_id = o.id AND a.action = 'reply.queued') AS auditCount
    FROM outbox o ORDER BY o.id`;
  return db.prepare(sql).all() as StoredReply[];
}

/** Ids of the whole lines of `<file>.out.jsonl`, as delivered. */
export function deliveredIds(liveFile: string): string[] {
  return readFileSync(`${liveFile}.out.jsonl`, 'utf8').split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [(JSON.parse(line) as { id: string }).id];
    } catch {
      return [];
    }
  });
}

export function storedDrafts(db: ReadableDb): Map<string, string> {
  return new Map((db.prepare('SELECT conversation_id AS id, text FROM drafts').all() as { id: string; text: string }[]).map(({ id, text }) => [id, text]));
}

/** `<suggestion> <action>` of every outcome. */
export function storedFeedback(db: ReadableDb): string[] {
  return (db.prepare('SELECT suggestion_id AS id, action FROM feedback').all() as { id: string; action: string }[]).map(({ id, action }) => `${id} ${action}`);
}

/** Sources whose counted outcomes differ from the feedback they were counted from. */
export function miscountedSources(db: ReadableDb): unknown[] {
  const sql = `WITH told AS (
      SELECT json_extract(e.value, '$.kind') AS kind, json_extract(e.value, '$.id') AS id, sum(f.action = 'sent') AS sent, sum(f.action = 'dismissed') AS dismissed
      FROM feedback f JOIN suggestions s ON s.id = f.suggestion_id, json_each(s.body, '$.sources') e GROUP BY 1, 2)
    SELECT o.* FROM source_outcomes o LEFT JOIN told t ON t.kind = o.source_kind AND t.id = o.source_id WHERE o.sent_count <> coalesce(t.sent, 0) OR o.dismissed_count <> coalesce(t.dismissed, 0)`;
  return db.prepare(sql).all();
}
