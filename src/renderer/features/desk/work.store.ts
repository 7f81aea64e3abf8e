import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RiskReason } from '../../../shared/contract/risk.contract.ts';
import type { ConversationId, LabelId, RepId, WorkActionId } from '../../../shared/contract/ids.contract.ts';
import type { Disposition, HandoverLine, Label, Note, WorkDone } from '../../../shared/contract/work.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { ToastStore, ToastText } from '../../base/toast.store.ts';
import type { Client } from '../../connection/connection.ts';

export type WorkSetup = Awaited<ReturnType<Client['work']['setup']>>;
export type Agenda = Awaited<ReturnType<Client['work']['agenda']>>;
export type WorkDialog =
  | { kind: 'snooze' | 'close' | 'label' | 'assign'; conversationIds: readonly ConversationId[] }
  | { kind: 'note'; conversationId: ConversationId; note: Note | null }
  | { kind: 'handover'; conversationId: ConversationId };
export type WorkState = {
  /** Null until read. */
  setup: WorkSetup | null;
  setupFailure: CallFailure | null;
  dialog: WorkDialog | null;
  agenda: Agenda | null;
  /** What Ctrl+Z takes back, the newest last. */
  undoable: readonly { actionIds: readonly WorkActionId[] }[];
  /** A note that was begun and not saved, by who began it and the conversation or, when it changes one, the note. */
  noteDrafts: ReadonlyMap<string, string>;
};
export type WorkStore = ReturnType<typeof createWorkStore>;

type Toasts = Pick<ToastStore, 'show' | 'problem' | 'retract'>;

const UNDO_STEPS = 20;
/** The command that takes the newest step back. */
const UNDO_COMMAND = 'desk.undo';
const SETUP_EVENTS: ReadonlySet<FeedEvent['type']> = new Set(['feed.opened', 'data.changed', 'session.changed', 'settings.changed']);

/** Snooze, close, labels, notes, assigning and handing over: the dialogs, the calls, and what can be undone. */
export function createWorkStore(client: Client, toasts: Toasts) {
  const store = createStore<WorkState>(() => ({ setup: null, setupFailure: null, dialog: null, agenda: null, undoable: [], noteDrafts: new Map() }));
  const readSetup = async (): Promise<void> => {
    try {
      store.setState({ setup: await client.work.setup({}), setupFailure: null });
    } catch (error) {
      store.setState({ setupFailure: callFailure(error) });
    }
  };
  const steps = createSteps(client, store, toasts);
  return {
    store,
    readSetup,
    receive(event: FeedEvent) {
      if (SETUP_EVENTS.has(event.type)) void readSetup();
      // the next rep must not take back what this one did
      if (event.type === 'session.changed') store.setState({ undoable: [], dialog: null });
    },
    show(dialog: WorkDialog) {
      store.setState({ dialog });
      void readSetup();
    },
    hide: () => store.setState({ dialog: null }),
    ...steps,
    ...workCalls(client, store, steps.run, readSetup, toasts),
    async readAgenda() {
      const agenda = await client.work.agenda({}).catch(() => null);
      if (agenda !== null) store.setState({ agenda });
    },
    keepNoteDraft(key: string, text: string) {
      store.setState(({ noteDrafts }) => {
        const next = new Map(noteDrafts);
        if (text === '') next.delete(key);
        else next.set(key, text);
        return { noteDrafts: next };
      });
    },
  };
}

type Store = StoreApi<WorkState>;
type Run = (call: Promise<WorkDone>, text: ToastText) => Promise<boolean>;

/** Each step is told with a way back; `undoLast` takes back the newest that is left. */
function createSteps(client: Client, store: Store, toasts: Toasts) {
  const undo = async (actionIds: readonly WorkActionId[]): Promise<void> => {
    store.setState(({ undoable }) => ({ undoable: undoable.filter((step) => step.actionIds !== actionIds) }));
    toasts.retract(UNDO_COMMAND);
    try {
      const { undoneCount } = await client.work.undo({ actionIds: [...actionIds] });
      toasts.show({ key: undoneCount > 0 ? 'work.undone' : 'work.undoneNone' });
    } catch (error) {
      store.setState(({ undoable }) => ({ undoable: [...undoable, { actionIds }] }));
      toasts.problem({ key: 'work.failed' }, callFailure(error).sentence);
    }
  };
  const run: Run = async (call, text) => {
    try {
      const { actionIds } = await call;
      if (actionIds.length === 0) {
        toasts.show({ key: 'work.unchanged' });
        return true;
      }
      store.setState(({ undoable }) => ({ undoable: [...undoable, { actionIds }].slice(-UNDO_STEPS) }));
      toasts.show(text, { labelKey: 'action.undo', commandId: UNDO_COMMAND, run: () => void undo(actionIds) });
      return true;
    } catch (error) {
      toasts.problem({ key: 'work.failed' }, callFailure(error).sentence);
      return false;
    }
  };
  return {
    run,
    async undoLast() {
      const last = store.getState().undoable.at(-1);
      if (last === undefined) toasts.show({ key: 'work.nothingToUndo' });
      else await undo(last.actionIds);
    },
  };
}

/** Making, renaming and deleting labels; each can be undone. */
function labelCalls(client: Client, readSetup: () => Promise<void>, toasts: Toasts) {
  const failed = (error: unknown): void => toasts.problem({ key: 'work.failed' }, callFailure(error).sentence);
  return {
    async createLabel(name: string): Promise<Label | null> {
      const label = await client.work.createLabel({ name }).catch((error: unknown) => {
        failed(error);
        return null;
      });
      await readSetup();
      return label;
    },
    async renameLabel(label: Label, name: string): Promise<void> {
      const save = (next: Label) => client.work.saveLabel(next).then(readSetup);
      const undo = (): void => void save(label).catch(failed);
      await save({ ...label, name }).then(() => toasts.show({ key: 'label.renamed', values: { from: label.name, to: name } }, { labelKey: 'action.undo', run: undo }), failed);
    },
    async deleteLabel(id: LabelId, name: string): Promise<void> {
      try {
        const { conversationCount } = await client.work.deleteLabel({ id });
        const restore = (): void => void client.work.restoreLabel({ id }).then(readSetup, failed);
        toasts.show({ key: 'label.deleted', values: { name, count: conversationCount } }, { labelKey: 'action.undo', run: restore });
      } catch (error) {
        failed(error);
      }
      await readSetup();
    },
  };
}

function workCalls(client: Client, store: Store, run: Run, readSetup: () => Promise<void>, toasts: Toasts) {
  const ids = (conversationIds: readonly ConversationId[]): { conversationIds: ConversationId[] } => ({ conversationIds: [...conversationIds] });
  return {
    snooze: (conversationIds: readonly ConversationId[], until: number, time: string) =>
      run(client.work.snooze({ ...ids(conversationIds), until }), conversationIds.length > 1 ? { key: 'snooze.doneMany', values: { time, count: conversationIds.length } } : { key: 'snooze.done', values: { time } }),
    unsnooze: (conversationIds: readonly ConversationId[]) => run(client.work.unsnooze(ids(conversationIds)), { key: 'snooze.ended' }),
    close: (conversationIds: readonly ConversationId[], reason: { code: string | null; words: string; note: string }) =>
      run(
        client.work.close({ ...ids(conversationIds), disposition: reason.code, note: reason.note.trim() === '' ? null : reason.note }),
        conversationIds.length > 1 ? { key: 'close.doneMany', values: { count: conversationIds.length, reason: reason.words } } : { key: 'close.done', values: { reason: reason.words } },
      ),
    reopen: (conversationIds: readonly ConversationId[]) => run(client.work.reopen(ids(conversationIds)), { key: 'close.reopened' }),
    assign: (conversationIds: readonly ConversationId[], repId: RepId | null, name: string) =>
      run(client.work.assign({ ...ids(conversationIds), repId }), repId === null ? { key: 'assign.cleared' } : { key: 'assign.done', values: { name } }),
    markUnread: (conversationIds: readonly ConversationId[], isUnread: boolean) => run(client.work.markUnread({ ...ids(conversationIds), isUnread }), { key: isUnread ? 'unread.on' : 'unread.off' }),
    label: (conversationIds: readonly ConversationId[], label: Label, isOn: boolean) =>
      run(client.work.label({ ...ids(conversationIds), labelId: label.id, isOn }), { key: isOn ? 'label.added' : 'label.removed', values: { name: label.name } }),
    ...labelCalls(client, readSetup, toasts),
    async saveDisposition(disposition: Omit<Disposition, 'code'> & { code: string | null }): Promise<CallFailure | null> {
      try {
        const dispositions = await client.work.saveDisposition(disposition);
        store.setState(({ setup }) => ({ setup: setup && { ...setup, dispositions } }));
        return null;
      } catch (error) {
        return callFailure(error);
      }
    },
    addNote: (conversationId: ConversationId, text: string) => run(client.work.addNote({ conversationId, text }), { key: 'note.added' }),
    editNote: (note: Note, text: string) => run(client.work.editNote({ id: note.id, text }), { key: 'note.changed' }),
    deleteNote: (note: Note) => run(client.work.deleteNote({ id: note.id }), { key: 'note.deleted' }),
    handoverDraft: (conversationId: ConversationId) => client.work.handoverDraft({ conversationId }),
    handOver: (handover: { conversationId: ConversationId; repId: RepId | null; lines: HandoverLine[]; comment: string }, name: string) => run(client.work.handOver(handover), { key: 'handover.done', values: { name } }),
    async settlePromise(promise: Agenda['promises'][number]): Promise<void> {
      const settle = (isSettled: boolean) => client.work.settlePromise({ messageId: promise.messageId, quote: promise.quote, isSettled });
      const reread = async (): Promise<void> => store.setState({ agenda: await client.work.agenda({}) });
      const failed = (error: unknown): void => toasts.problem({ key: 'work.failed' }, callFailure(error).sentence);
      await settle(true).then(reread).then(() => toasts.show({ key: 'queue.agenda.settled' }, { labelKey: 'action.undo', run: () => void settle(false).then(reread).catch(failed) }), failed);
    },
  };
}

/** A risk line as the reason it was made from, so that the page words both alike. */
export function reasonOfLine(line: HandoverLine): RiskReason {
  return { feature: line.code ?? '', weight: 1, messageId: line.messageId, quote: line.quote, values: line.values };
}
