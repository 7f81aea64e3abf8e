import type { ConversationId, LabelId, NoteId, RepId, WorkActionId } from '../../shared/contract/ids.contract.ts';
import type { Disposition, HandoverLine, Label, WorkDone } from '../../shared/contract/work.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { listReps } from '../access/rep.repository.ts';
import { listChannels } from '../conversations/channel.repository.ts';
import { findConversation } from '../conversations/conversation.repository.ts';
import { isDisposition, listDispositions, saveDisposition } from '../conversations/disposition.repository.ts';
import { deleteLabel, ensureLabel, getLabel, listLabels, restoreLabel, updateLabel } from '../conversations/label.repository.ts';
import { getNote, insertHiddenNote, listNotes } from '../conversations/note.repository.ts';
import { listPromisesDue, settlePromise } from '../conversations/promise.repository.ts';
import { countViews, listSnoozedSoon } from '../conversations/snooze.repository.ts';
import { applyWork, listWorkEvents, undoWork, type NewWork } from '../conversations/work-action.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { draftHandover } from './handover-facts.ts';

/** `utcOffsetMs` is how far this machine's zone is ahead of UTC at a time: 今天18点 is the rep's own 18:00. */
export type WorkDeps = {
  db: WritableDb;
  context: () => WriteContext;
  repId: () => RepId;
  utcOffsetMs: (at: number) => number;
  onConversation: (conversationId: ConversationId) => void;
  onSetup: () => void;
};
export type WorkService = ReturnType<typeof createWorkService>;

const AGENDA_MS = 8 * 3_600_000;
const AGENDA_ROWS = 8;

/** Work on conversations beside answering: each call is one transaction, one action per conversation, and its events. */
export function createWorkService(deps: WorkDeps) {
  const { db } = deps;
  const run = (conversationIds: readonly ConversationId[], workOf: (id: ConversationId, ctx: WriteContext) => Omit<NewWork, 'conversationId' | 'repId'> | null): WorkDone => runWork(deps, conversationIds, workOf);
  return {
    setup: () => ({
      meId: deps.repId(), reps: listReps(db).filter(({ isActive }) => isActive).map(({ id, name, role }) => ({ id, name, role })),
      labels: listLabels(db), dispositions: listDispositions(db), channelKinds: [...new Set(listChannels(db).map(({ kind }) => kind))].toSorted(),
    }),
    counts: () => countViews(db, deps.context().nowMs, deps.repId()),
    /** @throws DeskmateError bad_request for a time that is over. */
    snooze(conversationIds: readonly ConversationId[], until: number): WorkDone {
      if (until <= deps.context().nowMs) throw new DeskmateError('bad_request', 'A conversation can only be snoozed until a time to come.');
      return run(conversationIds, (id) => (isClosed(db, id) ? null : { kind: 'snoozed', change: { conversation: { snoozed_until: until, woken_at: null } } }));
    },
    unsnooze: (conversationIds: readonly ConversationId[]): WorkDone => run(conversationIds, () => ({ kind: 'unsnoozed', change: { conversation: { snoozed_until: null, woken_at: null } } })),
    /** @throws DeskmateError bad_request for a reason that is not on the list. */
    close(conversationIds: readonly ConversationId[], disposition: string | null, note: string | null): WorkDone {
      if (disposition !== null && !isDisposition(db, disposition)) throw new DeskmateError('bad_request', 'This reason is not on the list.');
      const words = { disposition, disposition_note: note === '' ? null : note };
      // a closed one only takes the new reason: it was not closed now
      return run(conversationIds, (id, ctx) => ({
        kind: 'closed',
        change: { conversation: isClosed(db, id) ? words : { ...words, state: 'closed', closed_at: ctx.nowMs, snoozed_until: null, woken_at: null, handed_over_at: null, unread_count: 0 } },
      }));
    },
    reopen: (conversationIds: readonly ConversationId[]): WorkDone =>
      run(conversationIds, () => ({ kind: 'reopened', change: { conversation: { state: 'open', disposition: null, disposition_note: null, closed_at: null } } })),
    /** @throws DeskmateError not_found for a rep who does not work here. */
    assign(conversationIds: readonly ConversationId[], repId: RepId | null): WorkDone {
      requireRep(db, repId);
      return run(conversationIds, () => ({ kind: 'assigned', change: { conversation: { rep_id: repId, handed_over_at: null } } }));
    },
    label(conversationIds: readonly ConversationId[], labelId: LabelId, isOn: boolean): WorkDone {
      getLabel(db, labelId);
      return run(conversationIds, () => ({ kind: 'labelled', change: { label: { id: labelId, isOn } } }));
    },
    markUnread: (conversationIds: readonly ConversationId[], isUnread: boolean): WorkDone => run(conversationIds, () => ({ kind: 'marked', change: { conversation: { unread_count: isUnread ? 1 : 0 } } })),
    undo: (actionIds: readonly WorkActionId[]) => undo(deps, actionIds),
    ...labelService(deps),
    ...noteService(deps),
    agenda() {
      const { nowMs } = deps.context();
      return {
        promises: listPromisesDue(db, { nowMs, until: nowMs + AGENDA_MS, utcOffsetMs: deps.utcOffsetMs(nowMs), limit: AGENDA_ROWS }),
        snoozed: listSnoozedSoon(db, nowMs, AGENDA_MS, AGENDA_ROWS),
      };
    },
    settlePromise(promise: Omit<Parameters<typeof settlePromise>[1], 'repId'>): Record<string, never> {
      settlePromise(db, { ...promise, repId: deps.repId() }, deps.context().nowMs);
      return {};
    },
  };
}

function runWork(deps: WorkDeps, conversationIds: readonly ConversationId[], workOf: (id: ConversationId, ctx: WriteContext) => Omit<NewWork, 'conversationId' | 'repId'> | null): WorkDone {
  const ctx = deps.context();
  const changed: ConversationId[] = [];
  const actionIds = deps.db.transaction(() =>
    [...new Set(conversationIds)].flatMap((conversationId) => {
      const work = workOf(conversationId, ctx);
      const actionId = work === null ? undefined : applyWork(deps.db, ctx, { ...work, conversationId, repId: deps.repId() });
      if (actionId === undefined) return [];
      changed.push(conversationId);
      return [actionId];
    }))();
  changed.forEach(deps.onConversation);
  return { actionIds };
}

function undo(deps: WorkDeps, actionIds: readonly WorkActionId[]): { undoneCount: number; keptCount: number } {
  const { changedIds, undoneCount, keptCount } = deps.db.transaction(() => undoWork(deps.db, deps.context(), deps.repId(), actionIds))();
  changedIds.forEach(deps.onConversation);
  return { undoneCount, keptCount };
}

function labelService({ db, context, repId, onSetup }: WorkDeps) {
  /** Labels and reasons are the shop's: who changed them is noted. */
  const audited = <T>(action: string, entityId: string, after: unknown, change: () => T): T => {
    const result = db.transaction(() => {
      insertAudit(db, context(), { repId: repId(), action, entity: 'desk', entityId, after });
      return change();
    })();
    onSetup();
    return result;
  };
  return {
    createLabel: ({ name, shape, tone }: { name: string; shape?: Label['shape'] | undefined; tone?: Label['tone'] | undefined }): Label =>
      audited('label.created', 'label', null, () => ensureLabel(db, context(), { name, shape, tone })),
    saveLabel: (label: Label): Label => audited('label.saved', label.id, label, () => updateLabel(db, label)),
    deleteLabel: (id: LabelId) => audited('label.deleted', id, null, () => ({ conversationCount: deleteLabel(db, id, context().nowMs) })),
    restoreLabel: (id: LabelId): Label => audited('label.restored', id, null, () => restoreLabel(db, id)),
    saveDisposition: (disposition: Omit<Disposition, 'code'> & { code: string | null }): Disposition[] =>
      audited('disposition.saved', disposition.code ?? '', disposition, () => {
        saveDisposition(db, context(), disposition);
        return listDispositions(db);
      }),
  };
}

function noteService(deps: WorkDeps) {
  const { db } = deps;
  return {
    history: (conversationId: ConversationId) => ({ notes: listNotes(db, conversationId, deps.repId()), events: listWorkEvents(db, conversationId) }),
    addNote(conversationId: ConversationId, text: string): WorkDone {
      return db.transaction(() => {
        requireConversation(db, conversationId);
        const noteId = insertHiddenNote(db, deps.context(), { conversationId, repId: deps.repId(), kind: 'note', text });
        return runWork(deps, [conversationId], () => ({ kind: 'noted', noteId, change: { note: { deleted_at: null } } }));
      })();
    },
    /** @throws DeskmateError not_found, or conflict for another rep's note. */
    editNote(id: NoteId, text: string): WorkDone {
      const { conversationId } = ownNote(deps, id);
      return runWork(deps, [conversationId], (_id, ctx) => ({ kind: 'note_edited', noteId: id, change: { note: { text, edited_at: ctx.nowMs } } }));
    },
    /** @throws DeskmateError not_found, or conflict for another rep's note. */
    deleteNote(id: NoteId): WorkDone {
      const { conversationId } = ownNote(deps, id);
      return runWork(deps, [conversationId], (_id, ctx) => ({ kind: 'note_deleted', noteId: id, change: { note: { deleted_at: ctx.nowMs } } }));
    },
    handoverDraft: (conversationId: ConversationId) => ({
      lines: draftHandover(db, conversationId, deps.utcOffsetMs(deps.context().nowMs)),
      suggestedRepId: listReps(db).find((rep) => rep.isActive && rep.id !== deps.repId() && rep.role !== 'rep')?.id ?? null,
    }),
    /** The summary becomes a note, the conversation the lead's; nothing is sent to the customer. @throws DeskmateError not_found for a rep who does not work here. */
    handOver({ conversationId, repId, lines, comment }: { conversationId: ConversationId; repId: RepId | null; lines: readonly HandoverLine[]; comment: string }): WorkDone {
      requireRep(db, repId);
      return db.transaction(() => {
        requireConversation(db, conversationId);
        const noteId = insertHiddenNote(db, deps.context(), { conversationId, repId: deps.repId(), kind: 'handover', text: comment, lines });
        return runWork(deps, [conversationId], (_id, ctx) => ({
          kind: 'handed_over', noteId,
          change: { note: { deleted_at: null }, conversation: { rep_id: repId, handed_over_at: ctx.nowMs, snoozed_until: null, woken_at: null } },
        }));
      })();
    },
  };
}

function isClosed(db: WritableDb, conversationId: ConversationId): boolean {
  return requireConversation(db, conversationId).state === 'closed';
}

function requireConversation(db: WritableDb, conversationId: ConversationId) {
  const conversation = findConversation(db, conversationId);
  if (conversation === undefined) throw new DeskmateError('not_found', 'There is no such conversation.');
  return conversation;
}

function requireRep(db: WritableDb, repId: RepId | null): void {
  if (repId !== null && !listReps(db).some((rep) => rep.id === repId && rep.isActive)) throw new DeskmateError('not_found', 'There is no such rep at this desk.');
}

function ownNote(deps: WorkDeps, id: NoteId) {
  const note = getNote(deps.db, id);
  if (note.repId !== deps.repId()) throw new DeskmateError('conflict', 'Only the rep who wrote a note can change it.');
  return note;
}
