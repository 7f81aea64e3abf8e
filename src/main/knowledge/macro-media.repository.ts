import type { Attachment, AttachmentId } from '../../shared/contract/attachment.contract.ts';
import { deleteAttachment, getAttachment } from '../conversations/attachment.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';

/** The file of every macro that has one, by the macro's id. */
export function listMacroMedia(db: ReadableDb): Map<string, Attachment> {
  const rows = prepared<{ id: string; attachmentId: AttachmentId }>(db, 'SELECT id, attachment_id AS attachmentId FROM macros WHERE attachment_id IS NOT NULL').all();
  return new Map(rows.map((row) => [row.id, mediaOf(db, row.attachmentId)]));
}

function mediaOf(db: ReadableDb, id: AttachmentId): Attachment {
  const { conversationId: _conversation, isComplete: _complete, ...media } = getAttachment(db, id);
  return media;
}

const DAY_MS = 24 * 60 * 60_000;
const IS_USED = ['macros WHERE attachment_id', 'message_attachments WHERE attachment_id', 'draft_attachments WHERE attachment_id', 'outbox_attachments WHERE attachment_id', 'evidence WHERE attachment_id']
  .map((place) => `EXISTS (SELECT 1 FROM ${place} = @id)`)
  .join(' OR ');

/**
 * Gives a macro a stored file of no conversation, or takes its file away; a file that nothing else carries goes. The caller owns the transaction.
 * @throws DeskmateError not_found, or bad_request for a file that is not stored or belongs to a conversation
 */
export function setMacroMedia(db: WritableDb, macroId: string, attachmentId: AttachmentId | null): void {
  if (attachmentId !== null) {
    const { conversationId, isComplete, state } = getAttachment(db, attachmentId);
    // a file of a conversation goes with its customer; a macro outlives both
    if (conversationId !== null || !isComplete || state !== 'stored') throw new DeskmateError('bad_request', 'This file cannot go with a macro. Add it again from a file.');
  }
  const before = prepared<{ attachmentId: AttachmentId | null }>(db, 'SELECT attachment_id AS attachmentId FROM macros WHERE id = ?').get(macroId)?.attachmentId ?? null;
  prepared(db, 'UPDATE macros SET attachment_id = ? WHERE id = ?').run(attachmentId, macroId);
  if (before === null || before === attachmentId) return;
  dropUnused(db, before);
}

/** Files of no conversation that were never given to a macro, or whose macro went for good, a day after they came. Returns how many. */
export function deleteLooseMedia(db: WritableDb, nowMs: number): number {
  const ids = prepared<{ id: AttachmentId }>(db, 'SELECT id FROM attachments WHERE conversation_id IS NULL AND created_at < ?').all(nowMs - DAY_MS);
  return ids.reduce((count, { id }) => count + dropUnused(db, id), 0);
}

function dropUnused(db: WritableDb, id: AttachmentId): number {
  if (prepared<{ isUsed: number }>(db, `SELECT ${IS_USED} AS isUsed`).get({ id })?.isUsed !== 0) return 0;
  deleteAttachment(db, id);
  return 1;
}
