import { ulid } from 'ulid';
import { outboxIdSchema, type ConversationId, type CustomerId, type OutboxId } from '../../../shared/contract/ids.contract.ts';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import type { MacroMatch, Suggestion } from '../../../shared/contract/suggestion.contract.ts';
import type { Client } from '../../connection/connection.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { ToastStore } from '../../base/toast.store.ts';
import { createComposerStore } from './composer.store.ts';
import { createConversationStore } from './conversation.store.ts';
import { createMacroKeys } from './macro-keys.store.ts';
import { createMessageMedia } from './message-media.store.ts';
import { createQueueStore } from './queue.store.ts';
import { createQueueWalk } from './queue-walk.ts';
import { createWorkStore } from './work.store.ts';

export type Desk = ReturnType<typeof createDesk>;
/** What the reply field lets others do while it is on screen. */
export type ComposerField = { insert(text: string, suggestion: Suggestion | null): void; focus(): void };

/** The Desk's stores and what joins them. */
export function createDesk(client: Client, options: { now: () => number; toasts: ToastStore; newOutboxId?: () => OutboxId }) {
  const newOutboxId = options.newOutboxId ?? (() => outboxIdSchema.parse(ulid(options.now())));
  const queue = createQueueStore(client);
  const conversation = createConversationStore(client);
  const composer = createComposerStore(client, { newOutboxId, now: options.now });
  const work = createWorkStore(client, options.toasts);
  const macroKeys = createMacroKeys(client);
  return {
    queue,
    conversation,
    composer,
    media: createMessageMedia(client),
    /** For erasing the customer whose card is shown. */
    eraseCalls: { adapt: client.adapt, customer: client.customer, session: client.session },
    work,
    macroKeys,
    ...createQueueWalk(client, { queue, conversation, work }, options.toasts),
    ...createWriting({ conversation, composer, macroKeys }, options.toasts),
    receive(event: FeedEvent) {
      if (event.type === 'feed.opened') composer.reconnected();
      queue.receive(event);
      work.receive(event);
      conversation.receive(event);
      macroKeys.receive(event);
    },
    async open(id: ConversationId) {
      queue.setOpen(id);
      await Promise.all([composer.open(id), conversation.open(id)]);
      queue.refresh();
    },
    segmentSteps: (customerId: CustomerId) => client.customerHistory.segmentSteps({ customerId }),
    async takeBack(id: OutboxId) {
      await composer.takeBack(() => client.outbox.takeBack({ id }));
    },
  };
}

type WritingStores = { conversation: ReturnType<typeof createConversationStore>; composer: ReturnType<typeof createComposerStore>; macroKeys: ReturnType<typeof createMacroKeys> };

/** What may be put into the reply while it is on screen. */
function createWriting({ conversation, composer, macroKeys }: WritingStores, toasts: ToastStore) {
  let field: ComposerField | null = null;
  const notePicked = ({ id, text, media }: MacroMatch): void => {
    const { conversationId } = composer.store.getState();
    if (conversationId === null) return;
    composer.macroUses.note(conversationId, { id, text });
    if (media !== null) composer.files.attach(conversationId, media.id).catch(() => toasts.problem({ key: 'composer.mediaFailed', values: { name: media.name } }));
  };
  const shownSuggestions = (): Suggestion[] => {
    const { open } = conversation.store.getState();
    return open.kind === 'ready' ? visibleSuggestions(open.suggestions.suggestions) : [];
  };
  return {
    setField(next: ComposerField | null) {
      field = next;
    },
    focusField: () => field?.focus(),
    /** Inserts text at the caret; false when no reply is being written. */
    insertText(text: string): boolean {
      if (field === null) return false;
      field.insert(text, null);
      return true;
    },
    suggestionCount: () => shownSuggestions().length,
    /** Inserts the suggestion with this number, from 1, at the caret; false when there is none. */
    insertSuggestion(number: number): boolean {
      const suggestion = shownSuggestions()[number - 1];
      if (suggestion === undefined || field === null) return false;
      field.insert(suggestion.text, suggestion);
      void conversation.noteInserted(suggestion.id).catch(() => {});
      return true;
    },
    /** A macro went into the reply of the open conversation: its use is counted when that goes out, and what it carries goes along. */
    notePicked,
    /** Inserts a macro at the caret with its variables filled; nothing happens while no reply is being written. */
    async insertMacro(macro: Pick<Macro, 'id' | 'code'>) {
      const { conversationId } = composer.store.getState();
      if (conversationId === null || field === null) return;
      const match = await macroKeys.filled(conversationId, macro).catch(() => undefined);
      if (match === undefined || field === null || composer.store.getState().conversationId !== conversationId) return;
      field.insert(match.text, null);
      notePicked(match);
    },
  };
}

/** Suggestions on offer: dismissed ones are gone, their numbers too. */
export function visibleSuggestions(suggestions: readonly Suggestion[]): Suggestion[] {
  return suggestions.filter(({ status }) => status !== 'dismissed').toSorted((a, b) => a.rank - b.rank);
}
