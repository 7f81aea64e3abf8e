import { ulid } from 'ulid';
import { outboxIdSchema, type ConversationId, type OutboxId } from '../../../shared/contract/ids.contract.ts';
import type { Suggestion } from '../../../shared/contract/suggestion.contract.ts';
import type { Client } from '../../connection/connection.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import { createComposerStore } from './composer.store.ts';
import { createConversationStore } from './conversation.store.ts';
import { createQueueStore } from './queue.store.ts';

export type Desk = ReturnType<typeof createDesk>;
/** What the reply field lets others do while it is on screen. */
export type ComposerField = { insert(text: string, suggestion: Suggestion | null): void; focus(): void };

/** The Desk's three stores and what joins them. */
export function createDesk(client: Client, options: { now: () => number; newOutboxId?: () => OutboxId }) {
  const newOutboxId = options.newOutboxId ?? (() => outboxIdSchema.parse(ulid(options.now())));
  const queue = createQueueStore(client);
  const conversation = createConversationStore(client);
  const composer = createComposerStore(client, { newOutboxId, now: options.now });
  let field: ComposerField | null = null;

  const shownSuggestions = (): Suggestion[] => {
    const { open } = conversation.store.getState();
    return open.kind === 'ready' ? visibleSuggestions(open.suggestions.suggestions) : [];
  };
  return {
    queue,
    conversation,
    composer,
    receive(event: FeedEvent) {
      queue.receive(event);
      conversation.receive(event);
    },
    async open(id: ConversationId) {
      queue.setOpen(id);
      await Promise.all([composer.open(id), conversation.open(id)]);
      queue.refresh();
    },
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
    /** Inserts the suggestion with this number (1–3) at the caret; false when there is none. */
    insertSuggestion(number: number): boolean {
      const suggestion = shownSuggestions()[number - 1];
      if (suggestion === undefined || field === null) return false;
      field.insert(suggestion.text, suggestion);
      void conversation.noteInserted(suggestion.id).catch(() => {});
      return true;
    },
    async takeBack(id: OutboxId) {
      const draft = await client.outbox.takeBack({ id });
      composer.takeBack(draft);
    },
  };
}

/** Suggestions on offer: dismissed ones are gone, their numbers too. */
export function visibleSuggestions(suggestions: readonly Suggestion[]): Suggestion[] {
  return suggestions.filter(({ status }) => status !== 'dismissed').toSorted((a, b) => a.rank - b.rank);
}
