import type { ConversationId, NoteId, RepId, WorkActionId } from '../../shared/contract/ids.contract.ts';
import type { WorkEvent, WorkKind } from '../../shared/contract/work.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { readFacts, unchangedSince, writeFacts, type WorkFacts } from './work-facts.ts';

/** `repId` is null for what a clock did. */
export type NewWork = { conversationId: ConversationId; repId: RepId | null; kind: WorkKind; change: WorkFacts; noteId?: NoteId };

type ActionRow = { id: string; conversation_id: string; note_id: string | null; before: string; after: string };
type EventRow = { id: string; kind: WorkKind; at: number; after: string; rep_name: string | null };

/** What the transcript tells by a line of its own; notes are shown themselves, an unread mark is nobody's business. */
const TOLD_KINDS = "('snoozed', 'unsnoozed', 'woken', 'closed', 'reopened', 'assigned', 'handed_over', 'labelled')";
const MAX_EVENTS = 300;

/** Makes the change, notes how to take it back, and writes the audit line; undefined when everything is as wanted already. The caller owns the transaction. @throws DeskmateError not_found */
export function applyWork(db: WritableDb, ctx: WriteContext, work: NewWork): WorkActionId | undefined {
  const target = { conversationId: work.conversationId, noteId: work.noteId ?? null };
  const before = readFacts(db, target, work.change);
  if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(work.change))) return undefined;
  writeFacts(db, target, work.change);
  const id = ctx.newId() as WorkActionId;
  prepared(db, 'INSERT INTO work_actions (id, conversation_id, rep_id, kind, note_id, before, after, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, work.conversationId, work.repId, work.kind, target.noteId, JSON.stringify(before), JSON.stringify(work.change), ctx.nowMs);
  // the audit names who did it: what a clock did is told by the action itself
  if (work.repId !== null) insertAudit(db, ctx, { repId: work.repId, action: `conversation.${work.kind}`, entity: 'conversation', entityId: work.conversationId, after: withoutWords(work.change, target.noteId) });
  return id;
}

/** Takes the actions back, the newest first, each as far as its facts are still as it left them; a note only by who wrote it. The caller owns the transaction. */
export function undoWork(db: WritableDb, ctx: WriteContext, repId: RepId, actionIds: readonly WorkActionId[]): { changedIds: ConversationId[]; undoneCount: number; keptCount: number } {
  const rows = prepared<ActionRow>(
    db,
    `SELECT id, conversation_id, note_id, before, after FROM work_actions WHERE id IN (SELECT value FROM json_each(?)) AND undone_at IS NULL
       AND (kind NOT IN ('noted', 'note_edited', 'note_deleted') OR rep_id = ?) ORDER BY seq DESC`,
  ).all(JSON.stringify(actionIds), repId);
  const changed = new Set<ConversationId>();
  let undoneCount = 0;
  for (const row of rows) {
    const target = { conversationId: row.conversation_id as ConversationId, noteId: row.note_id as NoteId | null };
    const after = JSON.parse(row.after) as WorkFacts;
    const back = unchangedSince(readFacts(db, target, after), after, JSON.parse(row.before) as WorkFacts);
    if (Object.keys(back).length === 0) continue;
    writeFacts(db, target, back);
    prepared(db, 'UPDATE work_actions SET undone_at = ? WHERE id = ?').run(ctx.nowMs, row.id);
    insertAudit(db, ctx, { repId, action: 'conversation.undone', entity: 'conversation', entityId: row.conversation_id, after: { actionId: row.id } });
    changed.add(target.conversationId);
    undoneCount += 1;
  }
  return { changedIds: [...changed], undoneCount, keptCount: actionIds.length - undoneCount };
}

/** What was done to a conversation and still stands: the newest 300, oldest first. */
export function listWorkEvents(db: ReadableDb, conversationId: ConversationId): WorkEvent[] {
  const rows = prepared<EventRow>(
    db,
    `SELECT a.id, a.kind, a.at, a.after, r.name AS rep_name FROM work_actions a LEFT JOIN reps r ON r.id = a.rep_id
     WHERE a.conversation_id = ? AND a.undone_at IS NULL AND a.kind IN ${TOLD_KINDS} ORDER BY a.seq DESC LIMIT ${MAX_EVENTS}`,
  ).all(conversationId);
  return rows.reverse().map((row) => ({ id: row.id as WorkActionId, conversationId, kind: row.kind, repName: row.rep_name ?? '', at: row.at, values: EVENT_VALUES[row.kind]?.(db, JSON.parse(row.after) as WorkFacts) ?? {} }));
}

type ToValues = (db: ReadableDb, after: WorkFacts) => WorkEvent['values'];

const givenTo: ToValues = (db, { conversation }) => ({ repId: conversation?.rep_id ?? null, toName: repName(db, conversation?.rep_id ?? null) });

/** Kinds that say no more than their name have none. */
const EVENT_VALUES: Partial<Record<WorkKind, ToValues>> = {
  snoozed: (_db, { conversation }) => ({ until: conversation?.snoozed_until ?? null }),
  closed: (_db, { conversation }) => ({ disposition: conversation?.disposition ?? null, note: conversation?.disposition_note ?? null }),
  assigned: givenTo,
  handed_over: givenTo,
  labelled: (db, { label }) => ({ label: labelName(db, label?.id ?? ''), isOn: label?.isOn === true ? 1 : 0 }),
};

function repName(db: ReadableDb, repId: string | null): string | null {
  return prepared<{ name: string }>(db, 'SELECT name FROM reps WHERE id = ?').get(repId)?.name ?? null;
}

function labelName(db: ReadableDb, labelId: string): string | null {
  return prepared<{ name: string }>(db, 'SELECT name FROM labels WHERE id = ?').get(labelId)?.name ?? null;
}

/** The audit tells what was done; what was written stays with the conversation. */
function withoutWords({ conversation, label }: WorkFacts, noteId: NoteId | null): Record<string, unknown> {
  const { disposition_note: _words, ...facts } = conversation ?? {};
  return { ...facts, ...(label === undefined ? {} : { labelId: label.id, isOn: label.isOn }), ...(noteId === null ? {} : { noteId }) };
}

function sorted(facts: WorkFacts): unknown {
  return Object.entries(facts).map(([key, part]) => [key, Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
