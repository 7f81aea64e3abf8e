import { createStore } from 'zustand/vanilla';
import type { ConversationSummary, Message, OutboxEntry } from '../../../shared/contract/conversation.contract.ts';
import type { CustomerCard } from '../../../shared/contract/customer.contract.ts';
import type { ConversationId, CustomerId, OutboxId, RiskSignalId, SuggestionId } from '../../../shared/contract/ids.contract.ts';
import type { RiskSignal } from '../../../shared/contract/risk.contract.ts';
import type { SuggestionSet } from '../../../shared/contract/suggestion.contract.ts';
import type { Note, WorkEvent } from '../../../shared/contract/work.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import { mergeMessages, upsertById } from './merge-messages.ts';

export type CardState = { kind: 'loading' } | { kind: 'ready'; card: CustomerCard } | { kind: 'failed'; failure: CallFailure };
export type OpenConversation = {
  kind: 'ready';
  id: ConversationId;
  summary: ConversationSummary;
  messages: readonly Message[];
  hasMore: boolean;
  outbox: readonly OutboxEntry[];
  signals: readonly RiskSignal[];
  suggestions: SuggestionSet;
  notes: readonly Note[];
  events: readonly WorkEvent[];
  card: CardState;
};
export type ConversationState = { kind: 'none' } | { kind: 'loading'; id: ConversationId } | { kind: 'failed'; id: ConversationId; failure: CallFailure } | OpenConversation;

const REFRESH_MS = 60;

/** The conversation on screen: everything beside its draft. Events bring parts at once; the whole is then read again. */
export function createConversationStore(client: Client) {
  const store = createStore<{ open: ConversationState }>(() => ({ open: { kind: 'none' } }));
  /** Changes the open conversation, and only it: answers that arrive after a switch are dropped. */
  const patch = (id: ConversationId, change: (open: OpenConversation) => Partial<OpenConversation>): void =>
    store.setState(({ open }) => (open.kind === 'ready' && open.id === id ? { open: { ...open, ...change(open) } } : { open }));
  const readCard = async (id: ConversationId, customerId: CustomerId): Promise<void> => {
    const card: CardState = await client.customer.card({ customerId }).then(
      (found): CardState => ({ kind: 'ready', card: found }),
      (error: unknown): CardState => ({ kind: 'failed', failure: callFailure(error) }),
    );
    patch(id, () => ({ card }));
  };
  const read = async (id: ConversationId): Promise<void> => {
    try {
      const [summary, page, outbox, signals, suggestions, { notes, events }] = await readParts(client, id);
      store.setState(({ open }) => {
        if (open.kind === 'none' || open.id !== id) return { open };
        const shown = open.kind === 'ready' ? open : null;
        const messages = mergeMessages(shown?.messages ?? [], page.messages);
        const hasMore = shown === null ? page.hasMore : shown.hasMore;
        return { open: { kind: 'ready', id, summary, messages, hasMore, outbox, signals, suggestions, notes, events, card: shown?.card ?? { kind: 'loading' } } };
      });
      void readCard(id, summary.customerId);
      if (summary.unreadCount > 0) void client.conversation.markRead({ conversationId: id }).catch(() => {});
    } catch (error) {
      store.setState(({ open }) => (open.kind === 'loading' && open.id === id ? { open: { kind: 'failed', id, failure: callFailure(error) } } : { open }));
    }
  };
  const refresh = coalesce(async () => {
    const { open } = store.getState();
    if (open.kind !== 'none') await read(open.id);
  }, REFRESH_MS);

  return {
    store,
    open(id: ConversationId): Promise<void> {
      store.setState({ open: { kind: 'loading', id } });
      return read(id);
    },
    close: () => store.setState({ open: { kind: 'none' } }),
    receive(event: FeedEvent) {
      applyEvent(event, patch, refresh);
    },
    async loadOlder() {
      const { open } = store.getState();
      const first = open.kind === 'ready' ? open.messages[0] : undefined;
      if (open.kind !== 'ready' || !open.hasMore || first === undefined) return;
      const page = await client.conversation.messages({ conversationId: open.id, before: first.id });
      patch(open.id, (now) => ({ messages: mergeMessages(page.messages, now.messages), hasMore: page.hasMore }));
    },
    ...conversationActions(client, store.getState, patch, refresh),
  };
}

type Patch = (id: ConversationId, change: (open: OpenConversation) => Partial<OpenConversation>) => void;

function readParts(client: Client, conversationId: ConversationId) {
  return Promise.all([
    client.conversation.get({ conversationId }),
    client.conversation.messages({ conversationId }),
    client.outbox.list({ conversationId }),
    client.risk.list({ conversationId }),
    client.suggestion.current({ conversationId }),
    client.work.history({ conversationId }),
  ]);
}

function applyEvent(event: FeedEvent, patch: Patch, refresh: () => void): void {
  switch (event.type) {
    case 'feed.opened':
    case 'data.changed':
    case 'conversation.changed':
    case 'session.changed':
      refresh();
      return;
    case 'message.received':
      patch(event.message.conversationId, (open) => ({ messages: mergeMessages(open.messages, [event.message]) }));
      refresh();
      return;
    case 'suggestion.shown':
      patch(event.set.conversationId, () => ({ suggestions: event.set }));
      return;
    case 'risk.scored':
      patch(event.signal.conversationId, (open) => ({ signals: upsertById(open.signals, event.signal) }));
      return;
    case 'outbox.changed':
      patch(event.entry.conversationId, (open) => ({ outbox: upsertById(open.outbox, event.entry) }));
      refresh();
      return;
    case 'app.changed':
    case 'job.changed':
    case 'settings.changed':
  }
}

function conversationActions(client: Client, getState: () => { open: ConversationState }, patch: Patch, refresh: () => void) {
  const ready = (): OpenConversation | null => {
    const { open } = getState();
    return open.kind === 'ready' ? open : null;
  };
  return {
    async labelFalseAlarm(id: RiskSignalId, isFalseAlarm: boolean) {
      const signal = await client.risk.label({ id, label: isFalseAlarm ? 'false_alarm' : null });
      patch(signal.conversationId, (open) => ({ signals: upsertById(open.signals, signal) }));
    },
    async disputeTag(isDisputed: boolean) {
      const open = ready();
      if (open?.card.kind !== 'ready') return;
      const { card } = open.card;
      const tag = await client.customer.disputeTag({ customerId: card.id, isDisputed });
      patch(open.id, () => ({ card: { kind: 'ready', card: { ...card, tag } } }));
      refresh();
    },
    async retryOutbox(id: OutboxId) {
      const entry = await client.outbox.retry({ id });
      patch(entry.conversationId, (open) => ({ outbox: upsertById(open.outbox, entry) }));
    },
    async dismissSuggestion(id: SuggestionId) {
      const suggestion = await client.suggestion.dismiss({ id, reason: null });
      patch(suggestion.conversationId, (open) => ({ suggestions: { ...open.suggestions, suggestions: upsertById(open.suggestions.suggestions, suggestion) } }));
    },
    async noteInserted(id: SuggestionId) {
      const suggestion = await client.suggestion.insert({ id });
      patch(suggestion.conversationId, (open) => ({ suggestions: { ...open.suggestions, suggestions: upsertById(open.suggestions.suggestions, suggestion) } }));
    },
  };
}
