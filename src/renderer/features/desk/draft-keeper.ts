import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { draftOf, EMPTY_REPLY, type ComposerApi, type ComposerState } from './composer-state.ts';
import type { DraftSaver, UnsavedDraft } from './draft-saver.ts';
import type { ReplySender } from './reply-sender.ts';

type KeeperParts = { client: Client; store: ComposerApi; saver: DraftSaver; sender: () => ReplySender; onLoaded: () => void };

const LOAD_RETRY_MS = 1000;

/** Which draft stands in the field: read when its conversation is opened, emptied when it went out, and never another one's. */
export function createDraftKeeper({ client, store, saver, sender, onLoaded }: KeeperParts) {
  /** Replies that went out while another conversation was open: their words may still stand in the stored draft. */
  const wentOut = new Map<ConversationId, UnsavedDraft>();
  /** The text each conversation was left with. */
  const leftTexts = new Map<ConversationId, string>();
  const isShown = (conversationId: ConversationId): boolean => store.getState().conversationId === conversationId && store.getState().isReady;
  const isWanted = (conversationId: ConversationId): boolean => store.getState().conversationId === conversationId && !store.getState().isReady;

  const load = (draft: UnsavedDraft): void => {
    const sent = wentOut.get(draft.conversationId);
    wentOut.delete(draft.conversationId);
    store.setState(({ revision }) => ({ ...loadedState(draft), isSending: sender().isRunning(draft.conversationId), revision: revision + 1 }));
    if (sent !== undefined && draft.text !== '' && draft.text.startsWith(sent.text)) clear(sent);
    onLoaded();
  };
  /** Empties the field; what was typed on while the reply was on its way stays. The stored draft follows. */
  const clear = (sent: UnsavedDraft): void => {
    const state = store.getState();
    const rest = state.text.startsWith(sent.text) ? state.text.slice(sent.text.length) : state.text;
    const replyTo = state.replyTo?.messageId === sent.replyTo?.messageId ? null : state.replyTo;
    store.setState({ ...EMPTY_REPLY, isSending: state.isSending, text: rest, replyTo, caret: rest.length, revision: state.revision + 1 });
    saver.schedule(draftOf(store.getState()));
  };
  const read = async (conversationId: ConversationId): Promise<void> => {
    const local = saver.unsaved(conversationId) ?? sender().heldDraft(conversationId);
    if (local !== null) return load(local);
    try {
      const draft = await client.draft.get({ conversationId });
      if (isWanted(conversationId)) load(draft ?? { conversationId, text: '', caret: 0, marks: [] });
    } catch {
      // typing over a draft that is only unread would lose it
      if (!isWanted(conversationId)) return;
      store.setState({ isLoadFailing: true });
      setTimeout(() => { if (isWanted(conversationId)) void read(conversationId); }, LOAD_RETRY_MS);
    }
  };
  return {
    isShown,
    isWanted,
    load,
    read,
    /** Leaves the draft on screen for that of another conversation; false when it is that one already. */
    turnTo(conversationId: ConversationId): boolean {
      const left = store.getState();
      if (left.conversationId === conversationId) return false;
      if (left.conversationId !== null && left.isReady) leftTexts.set(left.conversationId, left.text);
      saver.flush();
      store.setState((state) => ({ ...EMPTY_REPLY, conversationId, isReady: false, revision: state.revision + 1 }));
      return true;
    },
    /** The reply made of this draft went out. */
    sent(draft: UnsavedDraft): void {
      if (isShown(draft.conversationId)) clear(draft);
      else wentOut.set(draft.conversationId, draft);
    },
    /** What stands in the field of a conversation, or stood when it was left. */
    textOf: (conversationId: ConversationId): string | undefined => (isShown(conversationId) ? store.getState().text : leftTexts.get(conversationId)),
  };
}

function loadedState({ conversationId, text, caret, marks, replyTo }: UnsavedDraft): Partial<ComposerState> {
  const usedIds = [...new Set(marks.map(({ suggestionId }) => suggestionId))];
  return { ...EMPTY_REPLY, conversationId, isReady: true, text, caret: Math.min(caret, text.length), marks, replyTo: replyTo ?? null, usedIds };
}
