import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId, OutboxId, SuggestionId } from '../../../shared/contract/ids.contract.ts';
import type { GuardViolation, MacroMatch } from '../../../shared/contract/suggestion.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import { adjustMarks, editBetween, macroToken, placeholdersIn, type Mark } from './draft-marks.ts';
import { createDraftSaver, type DraftSaver } from './draft-saver.ts';

export type MacroList = { start: number; query: string; items: readonly MacroMatch[]; activeIndex: number; isLoading: boolean };
export type ComposerState = {
  conversationId: ConversationId | null;
  /** False until the stored draft has been read. */
  isReady: boolean;
  text: string;
  caret: number;
  marks: readonly Mark[];
  /** Suggestions inserted into this reply, edited since or not. */
  usedIds: readonly SuggestionId[];
  /** True for `checkedText` only. */
  violations: readonly GuardViolation[];
  checkedText: string;
  /** The text for which the rep is asked whether to send it all the same. */
  askedText: string | null;
  isSending: boolean;
  sendFailure: CallFailure | null;
  saveState: 'idle' | 'saved' | 'failed';
  macros: MacroList | null;
  /** Raised whenever the text was set from outside the field, which then starts afresh. */
  revision: number;
};
type Insertion = { start: number; text: string; suggestionId: SuggestionId | null };

const CHECK_DELAY_MS = 400;
const CHECK_PATIENCE_MS = 800;
const MACRO_DELAY_MS = 60;

const EMPTY = { text: '', caret: 0, marks: [], usedIds: [], violations: [], checkedText: '', askedText: null, isSending: false, sendFailure: null, saveState: 'idle', macros: null } as const satisfies Partial<ComposerState>;

/** The reply being written. Text changes come from the field; this keeps the draft, the marks, the checks and the sending. */
export function createComposerStore(client: Client, options: { newOutboxId: () => OutboxId; now: () => number }) {
  const store = createStore<ComposerState>(() => ({ ...EMPTY, conversationId: null, isReady: false, revision: 0 }));
  const saver = createDraftSaver(client, (conversationId, saveState) => {
    if (store.getState().conversationId === conversationId) store.setState({ saveState });
  });
  const checker = createChecker(client, store);
  const macros = createMacroList(client, store);
  let expected: Insertion | null = null;

  const load = (draft: Omit<Draft, 'updatedAt'>): void => {
    store.setState((state) => ({ ...EMPTY, conversationId: draft.conversationId, isReady: true, text: draft.text, caret: Math.min(draft.caret, draft.text.length), marks: draft.marks, usedIds: [...new Set(draft.marks.map((mark) => mark.suggestionId))], revision: state.revision + 1 }));
    checker.schedule();
  };
  return {
    store,
    load,
    async open(conversationId: ConversationId) {
      if (store.getState().conversationId === conversationId) return;
      saver.flush();
      store.setState((state) => ({ ...EMPTY, conversationId, isReady: false, revision: state.revision + 1 }));
      const empty = { conversationId, text: '', caret: 0, marks: [] };
      const draft = saver.unsaved(conversationId) ?? (await client.draft.get({ conversationId }).catch(() => null)) ?? empty;
      const state = store.getState();
      if (state.conversationId === conversationId && !state.isReady) load(draft);
    },
    /** Says that the next change is an insertion, so that it is marked exactly. */
    expectInsertion(insertion: Insertion) {
      expected = insertion;
    },
    change(text: string, caret: number, isComposing: boolean) {
      const state = store.getState();
      const edit = expected === null ? editBetween(state.text, text, caret) : { start: expected.start, oldEnd: expected.start + state.text.length + expected.text.length - text.length, newEnd: expected.start + expected.text.length };
      const marks = adjustMarks(state.marks, edit);
      const usedIds = new Set(state.usedIds);
      if (expected !== null && expected.suggestionId !== null && expected.text !== '') {
        marks.push({ start: edit.start, end: edit.newEnd, suggestionId: expected.suggestionId });
        usedIds.add(expected.suggestionId);
      }
      expected = null;
      store.setState({ text, caret, marks, usedIds: text === '' ? [] : [...usedIds], askedText: null, sendFailure: null, saveState: 'idle' });
      saver.schedule(draftOf(store.getState()));
      checker.schedule();
      if (!isComposing) macros.follow();
    },
    moveCaret(caret: number) {
      if (store.getState().caret === caret) return;
      store.setState({ caret });
      macros.follow();
    },
    flush: () => saver.flush(),
    check: checker.check,
    macros,
    send: createSender(client, store, saver, checker.check, options.newOutboxId),
    dropQuestion: () => store.setState({ askedText: null }),
    /** Puts a reply that was taken back into the field, when its conversation is open. */
    takeBack(draft: Draft) {
      if (store.getState().conversationId === draft.conversationId) load(draft);
    },
  };
}

function draftOf(state: ComposerState): Omit<Draft, 'updatedAt'> | null {
  return state.conversationId === null ? null : { conversationId: state.conversationId, text: state.text, caret: state.caret, marks: [...state.marks] };
}

type ComposerApi = StoreApi<ComposerState>;

function createChecker(client: Client, store: ComposerApi) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = async (): Promise<readonly GuardViolation[]> => {
    const { conversationId, text, checkedText, violations } = store.getState();
    if (conversationId === null || text.trim() === '') return [];
    if (checkedText === text) return violations;
    const found = await client.suggestion.check({ conversationId, text });
    const now = store.getState();
    if (now.conversationId === conversationId && now.text === text) store.setState({ violations: found, checkedText: text });
    return found;
  };
  return {
    check,
    schedule() {
      clearTimeout(timer);
      // Advice only: without an answer the rep types and sends as before.
      timer = setTimeout(() => void check().catch(() => {}), CHECK_DELAY_MS);
    },
  };
}

function createMacroList(client: Client, store: ComposerApi) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closedStart: number | null = null;
  const ask = async (conversationId: ConversationId, query: string): Promise<void> => {
    const items = await client.suggestion.macros({ conversationId, query }).catch(() => []);
    store.setState(({ macros }) => (macros?.query === query ? { macros: { ...macros, items, activeIndex: 0, isLoading: false } } : { macros }));
  };
  const close = (): void => {
    clearTimeout(timer);
    store.setState({ macros: null });
  };
  return {
    /** Opens, narrows or closes the list to fit the text before the caret. */
    follow() {
      const { text, caret, macros, conversationId } = store.getState();
      const token = macroToken(text, caret);
      if (token === null || conversationId === null) {
        closedStart = null;
        if (macros !== null) close();
        return;
      }
      if (token.start === closedStart || macros?.query === token.query) return;
      store.setState({ macros: { ...token, items: macros?.items ?? [], activeIndex: 0, isLoading: true } });
      clearTimeout(timer);
      timer = setTimeout(() => void ask(conversationId, token.query), MACRO_DELAY_MS);
    },
    move(step: 1 | -1) {
      store.setState(({ macros }) => (macros === null || macros.items.length === 0 ? {} : { macros: { ...macros, activeIndex: (macros.activeIndex + step + macros.items.length) % macros.items.length } }));
    },
    /** Closes the list and keeps it closed for this semicolon. */
    dismiss() {
      closedStart = store.getState().macros?.start ?? null;
      close();
    },
    close,
  };
}

function createSender(client: Client, store: ComposerApi, saver: DraftSaver, check: () => Promise<readonly GuardViolation[]>, newOutboxId: () => OutboxId) {
  /** Kept until the backend has confirmed: the same text again is the same reply, so a lost answer cannot send twice. */
  let pending: { id: OutboxId; conversationId: ConversationId; text: string } | null = null;
  const needsAsking = async (text: string): Promise<boolean> => {
    if (store.getState().askedText === text) return false;
    const patience = new Promise<readonly GuardViolation[]>((done) => setTimeout(() => done([]), CHECK_PATIENCE_MS));
    const violations = await Promise.race([check().catch(() => []), patience]);
    return violations.some(({ severity }) => severity === 'block') || placeholdersIn(text).length > 0;
  };
  const deliver = async (conversationId: ConversationId, text: string): Promise<void> => {
    if (pending?.text !== text || pending.conversationId !== conversationId) pending = { id: newOutboxId(), conversationId, text };
    saver.forget(conversationId);
    await client.outbox.send({ id: pending.id, conversationId, text, suggestionIds: store.getState().usedIds.slice(0, 20) });
    pending = null;
    clearSent(store, saver, conversationId, text);
  };
  return async (): Promise<void> => {
    const { conversationId, text, isSending } = store.getState();
    if (conversationId === null || isSending || text.trim() === '') return;
    store.setState({ isSending: true, sendFailure: null, macros: null });
    const isStill = (): boolean => store.getState().conversationId === conversationId && store.getState().text === text;
    try {
      const isAsking = await needsAsking(text);
      if (isAsking && isStill()) store.setState({ askedText: text });
      if (!isAsking && isStill()) await deliver(conversationId, text);
    } catch (error) {
      if (store.getState().conversationId === conversationId) store.setState({ sendFailure: callFailure(error) });
      saver.schedule(draftOf(store.getState()));
    } finally {
      store.setState({ isSending: false });
    }
  };
}

/** Empties the field; what was typed on while the reply was on its way stays. */
function clearSent(store: ComposerApi, saver: DraftSaver, conversationId: ConversationId, sentText: string): void {
  const state = store.getState();
  if (state.conversationId !== conversationId) return;
  const rest = state.text.startsWith(sentText) ? state.text.slice(sentText.length) : state.text;
  store.setState({ ...EMPTY, isSending: true, text: rest, caret: rest.length, revision: state.revision + 1 });
  if (rest !== '') saver.schedule(draftOf(store.getState()));
}
