import type { Draft } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { quoteOfDraft } from './message-extras.ts';

type DraftRow = { text: string; caret: number; marks: string; updated_at: number };

export function findDraft(db: ReadableDb, conversationId: ConversationId): Draft | undefined {
  const row = prepared<DraftRow>(db, 'SELECT text, caret, marks, updated_at FROM drafts WHERE conversation_id = ?').get(conversationId);
  if (row === undefined) return undefined;
  return { conversationId, text: row.text, caret: row.caret, marks: JSON.parse(row.marks) as Draft['marks'], ...quoteOfDraft(db, conversationId), updatedAt: row.updated_at };
}

/** Saving an empty text that quotes nothing deletes the draft. */
export function saveDraft(db: WritableDb, draft: Omit<Draft, 'updatedAt'>, nowMs: number): { updatedAt: number } {
  if (draft.text === '' && draft.replyTo === undefined) deleteDraft(db, draft.conversationId);
  else {
    prepared(
      db,
      `INSERT INTO drafts (conversation_id, text, caret, marks, reply_to, updated_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, caret = excluded.caret, marks = excluded.marks, reply_to = excluded.reply_to, updated_at = excluded.updated_at`,
    ).run(draft.conversationId, draft.text, draft.caret, JSON.stringify(draft.marks), draft.replyTo?.messageId ?? null, nowMs);
  }
  return { updatedAt: nowMs };
}

export function deleteDraft(db: WritableDb, conversationId: ConversationId): void {
  prepared(db, 'DELETE FROM drafts WHERE conversation_id = ?').run(conversationId);
}
