import type { Message } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, CustomerId } from '../../shared/contract/ids.contract.ts';
import { macroScope } from '../assist/scope.ts';
import type { MacroScope } from '../assist/macro-text.ts';
import type { SuggestService } from '../assist/suggest.service.ts';
import { findConversation } from '../conversations/conversation.repository.ts';
import { listTurns } from '../conversations/message.repository.ts';
import { getCustomerCard } from '../customers/customer.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { RiskService } from '../insight/risk.service.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Settings } from '../../shared/contract/app.contract.ts';

export type PipelineDeps = { db: ReadableDb; suggestions: SuggestService; risk: RiskService; settings: () => Settings; log: Log };

export type MessagePipeline = ReturnType<typeof createMessagePipeline>;

const TURN_LIMIT = 40;

/** The path of one message after it is stored: warning and suggestions, side by side, newest message of a conversation first. */
export function createMessagePipeline(deps: PipelineDeps) {
  const due = new Set<ConversationId>();
  let running: Promise<void> | undefined;
  let isStopped = false;

  const work = async (conversationId: ConversationId) => {
    const turns = listTurns(deps.db, conversationId, TURN_LIMIT);
    const last = turns.findLast((turn) => turn.role !== 'system');
    if (last?.role !== 'customer') return;
    // who wants only what is rare or about to be lost: the risk decides, so it comes first
    const isRiskFirst = deps.settings().quietMode === 'rare';
    if (isRiskFirst) await deps.risk.score(conversationId);
    await Promise.all([
      deps.suggestions.suggest({ conversationId, messageId: last.id, turns, scope: scopeOf(deps, conversationId), excludedConversationIds: [conversationId, ...replayedFrom(deps.db, conversationId)] }),
      isRiskFirst ? undefined : deps.risk.score(conversationId),
    ]);
  };
  const drain = async () => {
    // the newest arrival first: a burst (a replay, a reconnect) must not make the rep wait for the whole of it
    for (let next = [...due].at(-1); next !== undefined; next = [...due].at(-1)) {
      due.delete(next);
      await work(next).catch((error: unknown) => deps.log.error('pipeline.failed', { message: messageOf(error) }));
    }
  };
  const kick = () => {
    running ??= drain().finally(() => {
      running = undefined;
      if (due.size > 0) kick();
    });
  };
  const queue = (conversationId: ConversationId) => {
    if (isStopped) return;
    // what is asked for again goes to the front
    due.delete(conversationId);
    due.add(conversationId);
    kick();
  };
  return {
    /** Queues the conversation of a received message; several messages of one conversation are worked on once. */
    received(message: Message): void {
      if (message.role === 'customer') queue(message.conversationId);
    },
    /** Works on one conversation now, for example when it is opened without suggestions yet. */
    refresh: queue,
    idle: async () => await running,
    /** Ends after the conversation under way; what is still queued is matched when it is opened. */
    async stop(): Promise<void> {
      isStopped = true;
      due.clear();
      await running;
    },
  };
}

/** What macros may name for this conversation's customer. */
export function scopeOf(deps: { db: ReadableDb; settings: () => Settings }, conversationId: ConversationId): MacroScope {
  const customerId: CustomerId | undefined = findConversation(deps.db, conversationId)?.customerId;
  return macroScope(customerId === undefined ? undefined : getCustomerCard(deps.db, customerId), deps.settings());
}

const REPLAYED = /^[0-9A-HJKMNP-TV-Z]{26}:(.+)$/;

/** The stored conversation that a replay plays again: its own answer must not be offered as if it came from elsewhere. */
function replayedFrom(db: ReadableDb, conversationId: ConversationId): string[] {
  const source = REPLAYED.exec(findConversation(db, conversationId)?.externalId ?? '')?.[1];
  return source === undefined ? [] : prepared<{ id: string }>(db, 'SELECT id FROM conversations WHERE external_id = ?').all(source).map(({ id }) => id);
}
