import { z } from 'zod';
import type { ConversationId, NoteId, RepId } from '../../shared/contract/ids.contract.ts';
import { handoverLineSchema, type HandoverLine, type Note } from '../../shared/contract/work.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexShortText } from '../search/short-text-index.ts';

export type NewNote = { conversationId: ConversationId; repId: RepId; kind: Note['kind']; text: string; lines?: readonly HandoverLine[] };
/** What decides whether a note may be changed, and by whom. */
export type StoredNote = { id: NoteId; conversationId: ConversationId; repId: RepId | null; kind: Note['kind']; text: string };

type NoteRow = { id: string; conversation_id: string; rep_id: string | null; rep_name: string | null; kind: Note['kind']; text: string; lines: string; created_at: number; edited_at: number | null };

const MAX_NOTES = 500;
const linesSchema = z.array(handoverLineSchema);

function rowToNote(row: NoteRow, readerId: RepId): Note {
  return {
    id: row.id as NoteId, conversationId: row.conversation_id as ConversationId, repId: row.rep_id as RepId | null, repName: row.rep_name ?? '', kind: row.kind, text: row.text,
    lines: linesSchema.parse(JSON.parse(row.lines)), createdAt: row.created_at, editedAt: row.edited_at, isMine: row.rep_id === readerId,
  };
}

/** Stored deleted: the action that adds it makes it seen, so that undo and redo are one and the same change. */
export function insertHiddenNote(db: WritableDb, ctx: WriteContext, note: NewNote): NoteId {
  const id = ctx.newId() as NoteId;
  prepared(db, 'INSERT INTO notes (id, conversation_id, rep_id, kind, text, lines, created_at, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, note.conversationId, note.repId, note.kind, note.text, JSON.stringify(note.lines ?? []), ctx.nowMs, ctx.nowMs);
  indexShortText(db, 'note', id, [note.text, ...(note.lines ?? []).map(({ text }) => text)]);
  return id;
}

/** The newest 500 of a conversation, oldest first. `readerId` decides `isMine`. */
export function listNotes(db: ReadableDb, conversationId: ConversationId, readerId: RepId): Note[] {
  return prepared<NoteRow>(
    db,
    `SELECT n.id, n.conversation_id, n.rep_id, r.name AS rep_name, n.kind, n.text, n.lines, n.created_at, n.edited_at FROM notes n LEFT JOIN reps r ON r.id = n.rep_id
     WHERE n.conversation_id = ? AND n.deleted_at IS NULL ORDER BY n.created_at DESC, n.id DESC LIMIT ${MAX_NOTES}`,
  ).all(conversationId).map((row) => rowToNote(row, readerId)).reverse();
}

/** @throws DeskmateError not_found, also for a deleted note. */
export function getNote(db: ReadableDb, id: NoteId): StoredNote {
  const row = prepared<StoredNote>(db, 'SELECT id, conversation_id AS conversationId, rep_id AS repId, kind, text FROM notes WHERE id = ? AND deleted_at IS NULL').get(id);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such note.');
  return row;
}

/** After its text was changed; call inside that transaction. */
export function indexNote(db: WritableDb, id: NoteId): void {
  const row = prepared<{ text: string; lines: string }>(db, 'SELECT text, lines FROM notes WHERE id = ?').get(id);
  if (row !== undefined) indexShortText(db, 'note', id, [row.text, ...linesSchema.parse(JSON.parse(row.lines)).map(({ text }) => text)]);
}

/** Removes for good what was deleted before this time, with the actions that still hold its words. */
export function purgeDeletedNotes(db: WritableDb, before: number): void {
  prepared(db, 'DELETE FROM notes WHERE deleted_at < ?').run(before);
}
