import { createStore } from 'zustand/vanilla';
import type { Quote } from '../../../shared/contract/attachment.contract.ts';
import type { Draft } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId, OutboxId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { draftOf, EMPTY_REPLY, type ComposerApi, type ComposerState } from './composer-state.ts';
import { createDraftChecker } from './draft-checker.ts';
import { createDraftFiles } from './draft-files.store.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { createDraftSaver } from './draft-saver.ts';
import { createDraftText } from './draft-text.ts';
import { createMacroUses } from './macro-uses.ts';
import { createMacroSuggestions } from './macro-suggestions.ts';
import { createReplySender, type ReplySender } from './reply-sender.ts';
import { sendReply } from './reply-sending.ts';

type ComposerParts = ReturnType<typeof createParts>;

/** The reply being written. Text changes come from the field; this keeps the draft, its files, the marks, the checks and the sending. */
export function createComposerStore(client: Client, options: { newOutboxId: () => OutboxId; now: () => number }) {
  const store: ComposerApi = createStore<ComposerState>(() => ({ ...EMPTY_REPLY, conversationId: null, isReady: false, revision: 0 }));
  const parts = createParts(client, store, options.newOutboxId);
  const { saver, files, checker, macros, macroUses, keeper, sender, text } = parts;
  return {
    store,
    files,
    macros,
    macroUses,
    load: keeper.load,
    async open(conversationId: ConversationId) {
      if (!keeper.turnTo(conversationId)) return;
      void files.load(conversationId).catch(() => {});
      await keeper.read(conversationId);
    },
    /** A new connection: what was lost with the old one is looked up. */
    reconnected() {
      const { conversationId } = store.getState();
      if (conversationId !== null) void files.load(conversationId).catch(() => {});
      void sender.resolveLost();
    },
    /** Says that the next change is an insertion, so that it is marked exactly. */
    expectInsertion: text.expectInsertion,
    change(next: string, caret: number, isComposing: boolean) {
      text.change(next, caret);
      checker.schedule();
      if (!isComposing) macros.follow();
    },
    moveCaret(caret: number) {
      if (store.getState().caret === caret) return;
      store.setState({ caret });
      macros.follow();
    },
    quote(replyTo: Quote | null) {
      if (store.getState().conversationId === null || !store.getState().isReady) return;
      store.setState({ replyTo });
      parts.save();
    },
    flush: () => saver.flush(),
    check: checker.check,
    send: () => sendReply(store, { saver, sender, files, macroUses, check: checker.check, textOf: keeper.textOf }),
    dropQuestion: () => store.setState({ askedText: null }),
    takeBack: (run: () => Promise<Draft>) => takeBack(store, parts, run),
  };
}

function createParts(client: Client, store: ComposerApi, newOutboxId: () => OutboxId) {
  const saver = createDraftSaver(client, (conversationId, saveState) => {
    const state = store.getState();
    // that nothing is stored any more needs no word
    if (state.conversationId === conversationId) store.setState({ saveState: saveState === 'saved' && state.text === '' && state.replyTo === null ? 'idle' : saveState });
  });
  const files = createDraftFiles(client);
  const checker = createDraftChecker(client, store);
  const macroUses = createMacroUses();
  const keeper = createDraftKeeper({ client, store, saver, sender: () => sender, onLoaded: checker.schedule });
  const sender: ReplySender = createReplySender(client, newOutboxId, {
    sent({ draft, attachmentIds }) {
      files.sent(draft.conversationId, attachmentIds);
      macroUses.forget(draft.conversationId);
      keeper.sent(draft);
    },
    returned: ({ draft }) => saver.schedule(keeper.isShown(draft.conversationId) ? draftOf(store.getState()) : draft),
  });
  const save = (): void => {
    const draft = draftOf(store.getState());
    if (draft !== null) sender.typedOn(draft.conversationId);
    saver.schedule(draft);
  };
  return { saver, files, checker, macroUses, keeper, sender, save, macros: createMacroSuggestions(client, store), text: createDraftText(store, save) };
}

/**
 * Puts a reply of the open conversation back into the field; `run` takes it back. What was typed since is stored first, and nothing is typed
 * meanwhile, or it would be lost under it. @throws what `run` threw, or when the draft could not be stored
 */
async function takeBack(store: ComposerApi, { keeper, saver, sender, files }: ComposerParts, run: () => Promise<Draft>): Promise<void> {
  const { conversationId, isReady } = store.getState();
  await sender.resolveLost();
  const isSettled = conversationId !== null && isReady && !sender.isRunning(conversationId) && (await saver.settle(conversationId));
  if (conversationId === null || !isSettled || !keeper.isShown(conversationId) || sender.isRunning(conversationId)) throw new Error('the draft could not be saved');
  store.setState({ isReady: false });
  try {
    const draft = await run();
    void files.load(conversationId).catch(() => {});
    if (keeper.isWanted(conversationId)) keeper.load(draft);
  } catch (error) {
    // nobody knows whether it was taken back: the stored draft does
    if (keeper.isWanted(conversationId)) void keeper.read(conversationId);
    throw error;
  }
}
