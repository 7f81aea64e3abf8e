import { clearAuditContent } from '../access/audit.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import { indexKindOf, unindexText, type IndexKind } from '../search/index-writer.ts';

/** Counts by kind of row, and the time of the oldest of them. */
export type OldRows = { counts: Record<string, number>; oldestAt: number | null };
export type RemovedRows = { conversationCount: number; seqs: Record<'message' | 'reply', number[]> };

/** Closed, on no way out any more, and holding no evidence of an after-sale that is not settled: what is open is still worked on, however old. */
const IS_OVER = `c.state = 'closed'
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('queued','sending','unknown'))
  AND NOT EXISTS (SELECT 1 FROM attachments a JOIN evidence e ON e.attachment_id = a.id JOIN after_sales s ON s.id = e.after_sale_id WHERE a.conversation_id = c.id AND s.closed_at IS NULL)`;
const OLD_CONVERSATIONS = `SELECT c.id FROM conversations c WHERE c.last_at < @before AND ${IS_OVER}`;
/** Files whose bytes are here and whose every message is old; evidence of an after-sale stays with it, and what a reply still has to carry. */
const OLD_FILES = `SELECT a.id FROM attachments a WHERE a.state = 'stored' AND a.conversation_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM message_attachments x WHERE x.attachment_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM message_attachments x JOIN messages m ON m.id = x.message_id WHERE x.attachment_id = a.id AND m.sent_at >= @before)
  AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attachment_id = a.id) AND NOT EXISTS (SELECT 1 FROM draft_attachments d WHERE d.attachment_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM outbox_attachments x JOIN outbox o ON o.id = x.outbox_id WHERE x.attachment_id = a.id AND o.state <> 'sent')`;

const COUNTED = {
  conversations: `SELECT count(*) AS conversations, (SELECT count(*) FROM messages WHERE conversation_id IN (${OLD_CONVERSATIONS})) AS messages,
    (SELECT count(*) FROM attachments WHERE conversation_id IN (${OLD_CONVERSATIONS})) AS attachments, min(last_at) AS oldestAt FROM conversations WHERE id IN (${OLD_CONVERSATIONS})`,
  attachments: `SELECT count(*) AS attachments, (SELECT min(m.sent_at) FROM messages m JOIN message_attachments x ON x.message_id = m.id WHERE x.attachment_id IN (${OLD_FILES})) AS oldestAt FROM (${OLD_FILES})`,
  audit: 'SELECT count(*) AS auditLines, min(at) AS oldestAt FROM audit_entries WHERE at < @before',
  suggestions: 'SELECT count(*) AS suggestions, (SELECT count(*) FROM feedback f JOIN suggestions s ON s.id = f.suggestion_id WHERE s.created_at < @before) AS feedback, min(created_at) AS oldestAt FROM suggestions WHERE created_at < @before',
  riskSignals: 'SELECT count(*) AS riskSignals, min(created_at) AS oldestAt FROM risk_signals WHERE created_at < @before',
  logs: `SELECT (SELECT count(*) FROM jobs WHERE ended_at < @before) AS jobs, (SELECT count(*) FROM contacts WHERE last_at < @before) AS contacts,
    (SELECT min(at) FROM (SELECT min(ended_at) AS at FROM jobs WHERE ended_at < @before UNION ALL SELECT min(last_at) FROM contacts WHERE last_at < @before)) AS oldestAt`,
} as const;
export type CountedKind = keyof typeof COUNTED;

/** What is older than `before` (epoch ms). */
export function countOldRows(db: ReadableDb, kind: CountedKind, before: number): OldRows {
  const { oldestAt = null, ...counts } = prepared<Record<string, number | null>>(db, COUNTED[kind]).get({ before }) ?? {};
  return { counts: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count ?? 0])), oldestAt };
}

export function listOldConversationIds(db: ReadableDb, before: number): string[] {
  return prepared<{ id: string }>(db, `${OLD_CONVERSATIONS} ORDER BY c.last_at`).all({ before }).map(({ id }) => id);
}

const ULID_IN_JSON = /"([0-9A-HJKMNP-TV-Z]{26})"/g;

/** Suggestions made elsewhere that quote what is about to go; call before removing, so that a crash between leaves nothing unquoted behind. */
export function deleteQuotingSuggestions(db: WritableDb, conversationIds: readonly string[]): number {
  const gone = new Set(conversationIds);
  const messagesOf = prepared<{ id: string }>(db, 'SELECT id FROM messages WHERE conversation_id = ?');
  for (const conversationId of conversationIds) for (const { id } of messagesOf.all(conversationId)) gone.add(id);
  const quoting: string[] = [];
  for (const { id, body } of prepared<{ id: string; body: string }>(db, 'SELECT id, body FROM suggestions').iterate()) {
    if ([...body.matchAll(ULID_IN_JSON)].some(([, quoted]) => quoted !== undefined && gone.has(quoted))) quoting.push(id);
  }
  return db.transaction(() => quoting.reduce((count, id) => count + prepared(db, 'DELETE FROM suggestions WHERE id = ?').run(id).changes, 0))();
}

/** Removes these conversations with words, vectors, notes, files and what the audit says about them. One transaction: call for a few at a time. */
export function removeConversations(db: WritableDb, ids: readonly string[]): RemovedRows {
  const seqs: RemovedRows['seqs'] = { message: [], reply: [] };
  const conversationCount = db.transaction(() => ids.reduce((count, id) => count + removeOne(db, id, seqs), 0))();
  return { conversationCount, seqs };
}

function removeOne(db: WritableDb, id: string, seqs: Record<string, number[]>): number {
  // somebody may have reopened it or answered in it since it was listed
  if (prepared(db, `SELECT 1 FROM conversations c WHERE c.id = ? AND ${IS_OVER}`).get(id) === undefined) return 0;
  const messages = prepared<{ seq: number; id: string; role: MessageRole }>(db, 'SELECT seq, id, role FROM messages WHERE conversation_id = ?').all(id);
  for (const message of messages) {
    const kind: IndexKind | undefined = indexKindOf(message.role);
    if (kind === undefined) continue;
    unindexText(db, kind, message.seq);
    seqs[kind]?.push(message.seq);
  }
  for (const message of messages) prepared(db, "DELETE FROM source_outcomes WHERE source_kind = 'message' AND source_id = ?").run(message.id);
  clearAuditContent(db, [id, ...messages.map((message) => message.id)], []);
  return prepared(db, 'DELETE FROM conversations WHERE id = ?').run(id).changes;
}

/** Drops the bytes; the message still says that a file was there. */
export function removeOldFiles(db: WritableDb, before: number): number {
  return db.transaction(() => {
    const ids = prepared<{ id: string }>(db, OLD_FILES).all({ before });
    for (const { id } of ids) {
      prepared(db, 'DELETE FROM attachment_chunks WHERE attachment_id = ?').run(id);
      prepared(db, "UPDATE attachments SET state = 'missing', reason = 'not_kept', url = NULL WHERE id = ?").run(id);
    }
    return ids.length;
  })();
}

export function deleteOldSuggestions(db: WritableDb, before: number): number {
  return prepared(db, 'DELETE FROM suggestions WHERE created_at < ?').run(before).changes;
}

export function deleteOldRiskSignals(db: WritableDb, before: number): number {
  return prepared(db, 'DELETE FROM risk_signals WHERE created_at < ?').run(before).changes;
}
