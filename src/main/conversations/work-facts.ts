import type { ConversationId, LabelId, NoteId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { findWaitingSince } from './conversation.repository.ts';
import { hasLabel, setLabel } from './label.repository.ts';
import { indexNote } from './note.repository.ts';

/** The columns of a conversation that work changes. */
type ConversationFacts = {
  state: 'open' | 'closed'; disposition: string | null; disposition_note: string | null; closed_at: number | null; snoozed_until: number | null; woken_at: number | null;
  handed_over_at: number | null; rep_id: string | null; unread_count: number;
};
type NoteFacts = { text: string; deleted_at: number | null; edited_at: number | null };
/** What an action changes, as plain JSON: columns of the conversation, whether it has one label, columns of one note. */
export type WorkFacts = { conversation?: Partial<ConversationFacts>; label?: { id: string; isOn: boolean }; note?: Partial<NoteFacts> };
export type FactsTarget = { conversationId: ConversationId; noteId: NoteId | null };

const SELECT_FACTS = 'SELECT state, disposition, disposition_note, closed_at, snoozed_until, woken_at, handed_over_at, rep_id, unread_count FROM conversations WHERE id = ?';
const UPDATE_FACTS = `UPDATE conversations SET state = @state, disposition = @disposition, disposition_note = @disposition_note, closed_at = @closed_at, snoozed_until = @snoozed_until,
  woken_at = @woken_at, handed_over_at = @handed_over_at, rep_id = @rep_id, unread_count = @unread_count WHERE id = @id`;

/** The present values of exactly the facts that `like` names. @throws DeskmateError not_found */
export function readFacts(db: ReadableDb, target: FactsTarget, like: WorkFacts): WorkFacts {
  const facts: WorkFacts = {};
  if (like.conversation !== undefined) facts.conversation = pick(getConversationFacts(db, target.conversationId), like.conversation);
  if (like.label !== undefined) facts.label = { id: like.label.id, isOn: hasLabel(db, target.conversationId, like.label.id as LabelId) };
  if (like.note !== undefined) facts.note = pick(getNoteFacts(db, target.noteId), like.note);
  return facts;
}

/** The part of `wanted` whose present value is still the one that `expected` says: what nobody changed since. */
export function unchangedSince(present: WorkFacts, expected: WorkFacts, wanted: WorkFacts): WorkFacts {
  const facts: WorkFacts = {};
  const conversation = keep(present.conversation, expected.conversation, wanted.conversation);
  if (conversation !== undefined) facts.conversation = conversation;
  if (wanted.label !== undefined && present.label?.isOn === expected.label?.isOn) facts.label = wanted.label;
  const note = keep(present.note, expected.note, wanted.note);
  if (note !== undefined) facts.note = note;
  return facts;
}

/** Writes the facts; a conversation that opens again waits from its oldest unanswered message, a closed one does not wait. */
export function writeFacts(db: WritableDb, target: FactsTarget, facts: WorkFacts): void {
  if (facts.conversation !== undefined) writeConversation(db, target.conversationId, facts.conversation);
  if (facts.label !== undefined) setLabel(db, target.conversationId, facts.label.id as LabelId, facts.label.isOn);
  if (facts.note !== undefined) {
    prepared(db, 'UPDATE notes SET text = @text, deleted_at = @deleted_at, edited_at = @edited_at WHERE id = @id').run({ ...getNoteFacts(db, target.noteId), ...facts.note, id: target.noteId });
    if (facts.note.text !== undefined && target.noteId !== null) indexNote(db, target.noteId);
  }
}

function writeConversation(db: WritableDb, conversationId: ConversationId, change: Partial<ConversationFacts>): void {
  const before = getConversationFacts(db, conversationId);
  prepared(db, UPDATE_FACTS).run({ ...before, ...change, id: conversationId });
  if (change.state === undefined || change.state === before.state) return;
  prepared(db, 'UPDATE conversations SET waiting_since = ? WHERE id = ?').run(change.state === 'closed' ? null : findWaitingSince(db, conversationId), conversationId);
}

function getConversationFacts(db: ReadableDb, conversationId: ConversationId): ConversationFacts {
  const row = prepared<ConversationFacts>(db, SELECT_FACTS).get(conversationId);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such conversation.');
  return row;
}

function getNoteFacts(db: ReadableDb, noteId: NoteId | null): NoteFacts {
  const row = prepared<NoteFacts>(db, 'SELECT text, deleted_at, edited_at FROM notes WHERE id = ?').get(noteId);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such note.');
  return row;
}

function pick<T extends object>(all: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in like)) as Partial<T>;
}

function keep<T extends object>(present: T | undefined, expected: T | undefined, wanted: T | undefined): T | undefined {
  if (present === undefined || expected === undefined || wanted === undefined) return undefined;
  const kept = Object.entries(wanted).filter(([key, value]) => present[key as keyof T] === expected[key as keyof T] && present[key as keyof T] !== value);
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as T);
}
