import { ORPCError } from '@orpc/server';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { ConversationSummary, Message } from '../../shared/contract/conversation.contract.ts';
import { labelIdSchema, noteIdSchema, repIdSchema, workActionIdSchema, type ConversationId, type WorkActionId } from '../../shared/contract/ids.contract.ts';
import type { RiskSignal } from '../../shared/contract/risk.contract.ts';
import type { Disposition, HandoverLine, Label, Note, Promised, WorkEvent, WorkKind } from '../../shared/contract/work.contract.ts';
import type { FakeAccess } from './fake-access.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

type StoredNote = Omit<Note, 'isMine'> & { isDeleted: boolean };
type StoredAction = { id: WorkActionId; conversationId: ConversationId; event: WorkEvent; before: Partial<ConversationSummary>; after: Partial<ConversationSummary>; noteBefore: StoredNote | null; noteId: string | null; isUndone: boolean };
export type FakeWork = { labels: Label[]; deletedLabels: Label[]; dispositions: Disposition[]; notes: StoredNote[]; actions: StoredAction[]; promises: Promised[]; settled: Set<string> };
/** The parts of the fake backend that work looks at and changes. */
export type FakeDesk = { work: FakeWork; access: FakeAccess; conversations: ConversationSummary[]; messages: (conversationId: string) => Message[]; signals: (conversationId: string) => RiskSignal[] };

const CODES = ['solved', 'no_reply', 'duplicate', 'return_7d', 'freight_insurance', 'price_protection', 'trade_in', 'repair', 'refund_only', 'resend', 'exchange', 'invoice', 'logistics', 'size_advice', 'scheduled_shipping', 'promotion', 'quality', 'cancel_or_address', 'complaint'];
const SHAPES = ['circle', 'square', 'diamond', 'star', 'flag', 'hexagon'] as const;

export function createFakeWork(change: Partial<FakeWork> = {}): FakeWork {
  return {
    labels: [{ id: labelIdSchema.parse(sampleId('B', 1)), name: '加急', shape: 'flag', tone: 'info' }, { id: labelIdSchema.parse(sampleId('B', 2)), name: '团购', shape: 'diamond', tone: 'gold' }],
    deletedLabels: [], dispositions: CODES.map((code) => ({ code, titleZh: null, titleEn: null, isActive: true })), notes: [], actions: [], promises: [], settled: new Set(), ...change,
  };
}

const refuse = (code: string, message: string): never => {
  throw new ORPCError(code, { message });
};

type Doing = { kind: WorkKind; change: (row: ConversationSummary) => Partial<ConversationSummary> | null; values?: WorkEvent['values'] };

/** Makes a change to conversations, notes how to take it back, and tells the page; those that are as wanted have no action. */
function createDoer(state: FakeDesk, emit: (event: AppEvent) => void) {
  const rowOf = (id: string): ConversationSummary => state.conversations.find((row) => row.id === id) ?? refuse('not_found', 'There is no such conversation.');
  const setRow = (id: string, change: Partial<ConversationSummary>): void => {
    state.conversations = state.conversations.map((row) => (row.id === id ? { ...row, ...change } : row));
  };
  const record = (conversationId: ConversationId, { kind, values = {} }: Doing, more: Pick<StoredAction, 'before' | 'after' | 'noteBefore' | 'noteId'>): WorkActionId => {
    const id = workActionIdSchema.parse(sampleId('Z', state.work.actions.length + 1));
    const repName = state.access.reps.find((rep) => rep.id === state.access.repId)?.name ?? '';
    state.work.actions.push({ id, conversationId, event: { id, conversationId, kind, repName, at: SAMPLE_NOW, values }, isUndone: false, ...more });
    emit({ type: 'conversation.changed', conversationId });
    return id;
  };
  const run = (ids: readonly ConversationId[], doing: Doing, note: Pick<StoredAction, 'noteBefore' | 'noteId'> = { noteBefore: null, noteId: null }) => ({
    actionIds: ids.flatMap((id) => {
      const row = rowOf(id);
      const after = doing.change(row);
      if (after === null) return [];
      const before = Object.fromEntries(Object.keys(after).map((key) => [key, row[key as keyof ConversationSummary]])) as Partial<ConversationSummary>;
      if (note.noteId === null && JSON.stringify(before) === JSON.stringify(after)) return [];
      setRow(id, after);
      return [record(id, doing, { before, after, ...note })];
    }),
  });
  const undo = (actionIds: readonly string[]) => {
    const actions = state.work.actions.filter((action) => actionIds.includes(action.id) && !action.isUndone).toReversed();
    for (const action of actions) {
      action.isUndone = true;
      setRow(action.conversationId, action.before);
      const { noteBefore, noteId } = action;
      if (noteId !== null) state.work.notes = state.work.notes.flatMap((note) => (note.id !== noteId ? [note] : noteBefore === null ? [] : [noteBefore]));
      emit({ type: 'conversation.changed', conversationId: action.conversationId });
    }
    return { undoneCount: actions.length, keptCount: actionIds.length - actions.length };
  };
  return { rowOf, run, undo };
}

/** `work` of the contract, over conversations in memory. */
export function fakeWorkHandlers(os: FakeOs, state: FakeDesk, emit: (event: AppEvent) => void) {
  const { run, undo } = createDoer(state, emit);
  const isOpen = (row: ConversationSummary): boolean => row.state === 'open' && row.snoozedUntil === null;
  const me = (): string => state.access.repId;
  const nameOf = (id: string | null): string => state.access.reps.find((rep) => rep.id === id)?.name ?? '';
  const ownerOf = (id: string | null): ConversationSummary['rep'] => (id === null ? null : { id: repIdSchema.parse(id), name: nameOf(id) });
  return {
    work: {
      setup: os.work.setup.handler(() => ({ meId: repIdSchema.parse(me()), reps: state.access.reps.filter((rep) => rep.isActive).map(({ id, name, role }) => ({ id, name, role })), labels: state.work.labels, dispositions: state.work.dispositions, channelKinds: [...new Set(state.conversations.map((row) => row.channelKind))] })),
      counts: os.work.counts.handler(() => ({ mine: state.conversations.filter((row) => isOpen(row) && row.rep?.id === me()).length, unassigned: state.conversations.filter((row) => isOpen(row) && row.rep === null).length, all: state.conversations.filter(isOpen).length, snoozed: state.conversations.filter((row) => row.snoozedUntil !== null).length })),
      snooze: os.work.snooze.handler(({ input }) => run(input.conversationIds, { kind: 'snoozed', values: { until: input.until }, change: (row) => (row.state === 'closed' ? null : { snoozedUntil: input.until, wokenAt: null }) })),
      unsnooze: os.work.unsnooze.handler(({ input }) => run(input.conversationIds, { kind: 'unsnoozed', change: () => ({ snoozedUntil: null, wokenAt: null }) })),
      close: os.work.close.handler(({ input }) => {
        if (input.disposition !== null && !state.work.dispositions.some(({ code }) => code === input.disposition)) refuse('bad_request', 'This reason is not on the list.');
        return run(input.conversationIds, { kind: 'closed', values: { disposition: input.disposition, note: input.note }, change: () => ({ state: 'closed', disposition: input.disposition, waitingSince: null, unreadCount: 0, snoozedUntil: null, wokenAt: null, handedOverAt: null }) });
      }),
      reopen: os.work.reopen.handler(({ input }) => run(input.conversationIds, { kind: 'reopened', change: () => ({ state: 'open', disposition: null }) })),
      assign: os.work.assign.handler(({ input }) => run(input.conversationIds, { kind: 'assigned', values: { repId: input.repId, toName: nameOf(input.repId) }, change: () => ({ rep: ownerOf(input.repId), handedOverAt: null }) })),
      label: os.work.label.handler(({ input }) => {
        const label = state.work.labels.find(({ id }) => id === input.labelId) ?? refuse('not_found', 'There is no such label.');
        return run(input.conversationIds, { kind: 'labelled', values: { label: label.name, isOn: input.isOn ? 1 : 0 }, change: (row) => ({ labels: [...row.labels.filter(({ id }) => id !== label.id), ...(input.isOn ? [label] : [])] }) });
      }),
      markUnread: os.work.markUnread.handler(({ input }) => run(input.conversationIds, { kind: 'marked', change: () => ({ unreadCount: input.isUnread ? 1 : 0 }) })),
      undo: os.work.undo.handler(({ input }) => undo(input.actionIds)),
      ...listHandlers(os, state, emit),
      ...noteHandlers(os, state, run, ownerOf),
    },
  };
}

function listHandlers(os: FakeOs, { work, conversations }: FakeDesk, emit: (event: AppEvent) => void) {
  const told = <T>(result: T): T => {
    emit({ type: 'data.changed' });
    return result;
  };
  const labelOf = (id: string, among: Label[]): Label => among.find((label) => label.id === id) ?? refuse('not_found', 'There is no such label.');
  return {
    createLabel: os.work.createLabel.handler(({ input }) => {
      const known = work.labels.find(({ name }) => name.toLowerCase() === input.name.toLowerCase());
      if (known !== undefined) return known;
      const label: Label = { id: labelIdSchema.parse(sampleId('B', 10 + work.labels.length)), name: input.name, shape: input.shape ?? SHAPES[work.labels.length % SHAPES.length] ?? 'circle', tone: input.tone ?? 'plain' };
      work.labels = [...work.labels, label];
      return told(label);
    }),
    saveLabel: os.work.saveLabel.handler(({ input }) => {
      work.labels = work.labels.map((label) => (label.id === input.id ? input : label));
      return told(input);
    }),
    deleteLabel: os.work.deleteLabel.handler(({ input }) => {
      work.deletedLabels.push(labelOf(input.id, work.labels));
      work.labels = work.labels.filter(({ id }) => id !== input.id);
      return told({ conversationCount: conversations.filter((row) => row.labels.some(({ id }) => id === input.id)).length });
    }),
    restoreLabel: os.work.restoreLabel.handler(({ input }) => {
      const label = labelOf(input.id, work.deletedLabels);
      work.labels = [...work.labels, label];
      return told(label);
    }),
    saveDisposition: os.work.saveDisposition.handler(({ input }) => {
      const { code, ...rest } = input;
      work.dispositions = code === null ? [...work.dispositions, { code: `own.${work.dispositions.length}`, ...rest }] : work.dispositions.map((one) => (one.code === code ? { code, ...rest } : one));
      return told(work.dispositions);
    }),
  };
}

type Run = ReturnType<typeof createDoer>['run'];

function noteHandlers(os: FakeOs, state: FakeDesk, run: Run, ownerOf: (id: string | null) => ConversationSummary['rep']) {
  const { work } = state;
  const addNote = (conversationId: ConversationId, note: Pick<StoredNote, 'kind' | 'text' | 'lines'>): StoredNote => {
    const id = noteIdSchema.parse(sampleId('N', work.notes.length + 1));
    const repId = repIdSchema.parse(state.access.repId);
    const made = { ...note, id, conversationId, repId, repName: ownerOf(repId)?.name ?? '', createdAt: SAMPLE_NOW, editedAt: null, isDeleted: false };
    work.notes = [...work.notes, made];
    return made;
  };
  const changeNote = (id: string, kind: WorkKind, change: Partial<StoredNote>) => {
    const note = work.notes.find((one) => one.id === id && !one.isDeleted) ?? refuse('not_found', 'There is no such note.');
    if (note.repId !== state.access.repId) refuse('conflict', 'Only the rep who wrote a note can change it.');
    work.notes = work.notes.map((one) => (one.id === id ? { ...one, ...change } : one));
    return run([note.conversationId], { kind, change: () => ({}) }, { noteBefore: note, noteId: id });
  };
  const told: ReadonlySet<WorkKind> = new Set(['snoozed', 'unsnoozed', 'woken', 'closed', 'reopened', 'assigned', 'handed_over', 'labelled']);
  return {
    history: os.work.history.handler(({ input }) => ({
      notes: work.notes.filter((note) => note.conversationId === input.conversationId && !note.isDeleted).map(({ isDeleted: _isDeleted, ...note }) => ({ ...note, isMine: note.repId === state.access.repId })),
      events: work.actions.filter((action) => action.conversationId === input.conversationId && !action.isUndone && told.has(action.event.kind)).map(({ event }) => event),
    })),
    addNote: os.work.addNote.handler(({ input }) => {
      const { id } = addNote(input.conversationId, { kind: 'note', text: input.text, lines: [] });
      return run([input.conversationId], { kind: 'noted', change: () => ({}) }, { noteBefore: null, noteId: id });
    }),
    editNote: os.work.editNote.handler(({ input }) => changeNote(input.id, 'note_edited', { text: input.text, editedAt: SAMPLE_NOW })),
    deleteNote: os.work.deleteNote.handler(({ input }) => changeNote(input.id, 'note_deleted', { isDeleted: true })),
    handoverDraft: os.work.handoverDraft.handler(({ input }) => ({ lines: sampleLines(state, input.conversationId), suggestedRepId: state.access.reps.find((rep) => rep.role === 'lead' && rep.id !== state.access.repId)?.id ?? null })),
    handOver: os.work.handOver.handler(({ input }) => {
      const { id } = addNote(input.conversationId, { kind: 'handover', text: input.comment, lines: input.lines });
      return run([input.conversationId], { kind: 'handed_over', values: { repId: input.repId, toName: ownerOf(input.repId)?.name ?? null }, change: () => ({ rep: ownerOf(input.repId), handedOverAt: SAMPLE_NOW }) }, { noteBefore: null, noteId: id });
    }),
    agenda: os.work.agenda.handler(() => ({
      promises: work.promises.filter(({ messageId, quote }) => !work.settled.has(`${messageId}${quote}`)),
      snoozed: state.conversations.flatMap((row) => (row.snoozedUntil === null ? [] : [{ conversationId: row.id, customerName: row.customerName, until: row.snoozedUntil }])),
    })),
    settlePromise: os.work.settlePromise.handler(({ input }) => {
      work.settled[input.isSettled ? 'add' : 'delete'](`${input.messageId}${input.quote}`);
      return {};
    }),
  };
}

function sampleLines(state: FakeDesk, conversationId: string): HandoverLine[] {
  const messages = state.messages(conversationId);
  const ask = messages.findLast(({ role }) => role === 'customer');
  const first = messages.find(({ role }) => role === 'customer');
  const reply = messages.findLast(({ role }) => role === 'rep');
  const shared = { code: null, values: {}, dueAt: null };
  const lineOf = (kind: HandoverLine['kind'], message: Message | undefined, text: string, more: Partial<HandoverLine> = {}): HandoverLine[] =>
    message === undefined ? [] : [{ ...shared, kind, text, messageId: message.id, quote: message.text, at: message.sentAt, ...more }];
  const risks = (state.signals(conversationId).at(-1)?.reasons ?? []).map((reason): HandoverLine => ({ ...shared, kind: 'risk', code: reason.feature, values: reason.values, text: reason.feature, messageId: reason.messageId, quote: reason.quote, at: null }));
  return [...lineOf('ask', ask, ask?.text.split('\n')[0] ?? ''), ...lineOf('promise', reply, reply?.text ?? '', { dueAt: SAMPLE_NOW + 3_600_000 }), ...risks, ...lineOf('slot', first, '三年前', { code: 'date' })];
}
