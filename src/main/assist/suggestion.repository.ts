import type { ConversationId, MessageId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import { suggestionSchema, type Suggestion } from '../../shared/contract/suggestion.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';

type SuggestionRow = { id: string; conversation_id: string; message_id: string; kind: Suggestion['kind']; text: string; rank: number; score: number; body: string; status: Suggestion['status'] };
type Action = 'inserted' | 'sent' | 'dismissed' | 'ignored';

const bodySchema = suggestionSchema.pick({ fit: true, sources: true, why: true, missingVariables: true, warnings: true });

function rowToSuggestion(row: SuggestionRow): Suggestion {
  return {
    id: row.id as SuggestionId,
    conversationId: row.conversation_id as ConversationId,
    messageId: row.message_id as MessageId,
    kind: row.kind,
    text: row.text,
    rank: row.rank,
    score: row.score,
    status: row.status,
    ...bodySchema.parse(JSON.parse(row.body)),
  };
}

/** `isRare`: few past conversations asked for the same when it was found. */
export function insertSuggestion(db: WritableDb, suggestion: Suggestion, nowMs: number, isRare = true): void {
  const body = bodySchema.parse(suggestion);
  prepared(db, `INSERT INTO suggestions (id, conversation_id, message_id, kind, text, rank, score, body, status, is_rare, created_at, updated_at)
    VALUES (@id, @conversationId, @messageId, @kind, @text, @rank, @score, @body, @status, @isRare, @nowMs, @nowMs)`)
    .run({ id: suggestion.id, conversationId: suggestion.conversationId, messageId: suggestion.messageId, kind: suggestion.kind, text: suggestion.text, rank: suggestion.rank, score: suggestion.score, body: JSON.stringify(body), status: suggestion.status, isRare: isRare ? 1 : 0, nowMs });
  countOutcome(db, suggestion, 'shown_count');
}

/** @throws DeskmateError not_found */
export function getSuggestion(db: ReadableDb, id: SuggestionId): Suggestion {
  const row = prepared(db, 'SELECT * FROM suggestions WHERE id = ?').get(id) as SuggestionRow | undefined;
  if (row === undefined) throw new DeskmateError('not_found', 'This suggestion is not stored any more.');
  return rowToSuggestion(row);
}

/** Whether what is stored for this message answers a problem seldom seen before. */
export function isRareMessage(db: ReadableDb, messageId: MessageId): boolean {
  return prepared(db, 'SELECT 1 FROM suggestions WHERE message_id = ? AND is_rare = 1 LIMIT 1').get(messageId) !== undefined;
}

/** The suggestions of one customer message, best first. */
export function listSuggestions(db: ReadableDb, messageId: MessageId): Suggestion[] {
  return (prepared(db, 'SELECT * FROM suggestions WHERE message_id = ? ORDER BY rank').all(messageId) as SuggestionRow[]).map(rowToSuggestion);
}

/** Suggestions of the conversation whose outcome is still open, and those of `usedIds` that were put aside but are sent after all. */
export function listUnsettled(db: ReadableDb, conversationId: ConversationId, usedIds: readonly SuggestionId[]): Suggestion[] {
  const rows = prepared(db, `SELECT * FROM suggestions WHERE conversation_id = ? AND (status IN ('shown', 'inserted') OR (status <> 'sent' AND id IN (SELECT value FROM json_each(?)))) ORDER BY seq`)
    .all(conversationId, JSON.stringify(usedIds)) as SuggestionRow[];
  return rows.map(rowToSuggestion);
}

/** Takes back what was shown for a message and not acted on, also from the counts: it was one showing, not two. Call inside a transaction. */
export function deleteSuggestions(db: WritableDb, messageId: MessageId): void {
  const uncount = prepared(db, 'UPDATE source_outcomes SET shown_count = max(shown_count - 1, 0) WHERE source_kind = ? AND source_id = ?');
  const rows = prepared(db, `DELETE FROM suggestions WHERE message_id = ? AND status = 'shown' RETURNING *`).all(messageId) as SuggestionRow[];
  for (const { sources } of rows.map(rowToSuggestion)) for (const source of sources) uncount.run(source.kind, source.id);
}

export type Outcome = { action: Action; feedbackId: string; editRatio: number | null; reason: string | null; repId: string | null; nowMs: number };

/** Records what became of a suggestion, once per action, and counts it for its sources; a sent one stays sent. Call inside a transaction. */
export function recordOutcome(db: WritableDb, id: SuggestionId, outcome: Outcome): Suggestion {
  const suggestion = getSuggestion(db, id);
  if (suggestion.status === 'sent') return suggestion;
  const { changes } = prepared(db, `INSERT INTO feedback (id, suggestion_id, action, edit_ratio, reason, rep_id, at) VALUES (@feedbackId, @id, @action, @editRatio, @reason, @repId, @nowMs) ON CONFLICT (suggestion_id, action) DO NOTHING`)
    .run({ ...outcome, id });
  prepared(db, 'UPDATE suggestions SET status = ?, updated_at = ? WHERE id = ?').run(outcome.action, outcome.nowMs, id);
  if (changes === 0) return { ...suggestion, status: outcome.action };
  if (outcome.action === 'sent') countOutcome(db, suggestion, 'sent_count');
  if (outcome.action === 'dismissed') countOutcome(db, suggestion, 'dismissed_count');
  return { ...suggestion, status: outcome.action };
}

function countOutcome(db: WritableDb, suggestion: Suggestion, column: 'shown_count' | 'sent_count' | 'dismissed_count'): void {
  const statement = prepared(db, `INSERT INTO source_outcomes (source_kind, source_id, ${column}) VALUES (?, ?, 1) ON CONFLICT (source_kind, source_id) DO UPDATE SET ${column} = ${column} + 1`);
  for (const source of suggestion.sources) statement.run(source.kind, source.id);
}
