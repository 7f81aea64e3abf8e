import type { Settings } from '../../shared/contract/app.contract.ts';
import type { ConversationSummary, Draft, Message, OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, MessageId, OutboxId, RepId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import type { GuardViolation, MacroMatch, SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import type { AttachmentId } from '../../shared/contract/attachment.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { ownDetails } from '../assist/compose.ts';
import { checkReply } from '../assist/guard/guard.ts';
import { guardRulesOf } from '../assist/guard/pack-guard-rules.ts';
import type { SuggestService } from '../assist/suggest.service.ts';
import { getSummary, listSummaries, markRead, type QueueFilter } from '../conversations/conversation.repository.ts';
import { noteAnswered } from '../conversations/snooze.repository.ts';
import { findDraft, saveDraft } from '../conversations/draft.repository.ts';
import { listMessages, listTurns } from '../conversations/message.repository.ts';
import { getReply, insertReply, listOutbox, setOutboxState, takeBack } from '../conversations/outbox.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { countMacroUse } from '../knowledge/macro-mark.repository.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { SyncService } from '../sync/sync.service.ts';
import { checkSendable } from './attachment.service.ts';
import { scopeOf, type MessagePipeline } from './message-pipeline.ts';
import { viewerOf } from './work-wiring.ts';

export type DeskDeps = {
  db: WritableDb;
  context: () => WriteContext;
  repId: () => RepId;
  settings: () => Settings;
  suggestions: SuggestService;
  pipeline: MessagePipeline;
  sync: SyncService;
  onConversation: (conversationId: ConversationId) => void;
  onOutbox: (entry: OutboxEntry) => void;
};

const TURN_LIMIT = 40;

/** What the Desk page does, each change one transaction followed by its event. */
export function createDeskService(deps: DeskDeps) {
  const { db, context, onConversation } = deps;
  return {
    list: (filter: Omit<QueueFilter, 'nowMs' | 'viewer'>): ConversationSummary[] => listSummaries(db, { ...filter, nowMs: context().nowMs, viewer: viewerOf(db, deps.repId()) }),
    get: (conversationId: ConversationId): ConversationSummary => getSummary(db, conversationId, context().nowMs, viewerOf(db, deps.repId())),
    messages: (page: { conversationId: ConversationId; before?: MessageId | undefined; limit: number }): { messages: Message[]; hasMore: boolean } => listMessages(db, page),
    markRead(conversationId: ConversationId): Record<string, never> {
      markRead(db, conversationId);
      onConversation(conversationId);
      return {};
    },
    draft: (conversationId: ConversationId): Draft | null => findDraft(db, conversationId) ?? null,
    saveDraft(draft: Omit<Draft, 'updatedAt'>): { updatedAt: number } {
      const hadDraft = findDraft(db, draft.conversationId) !== undefined;
      const saved = saveDraft(db, draft, context().nowMs);
      // the queue marks conversations with a draft; every keystroke would be too much
      if (hadDraft !== (draft.text !== '')) onConversation(draft.conversationId);
      return saved;
    },
    suggestions: (conversationId: ConversationId): SuggestionSet => currentSuggestions(deps, conversationId),
    macros: ({ conversationId, query, limit }: { conversationId: ConversationId; query: string; limit: number }): Promise<MacroMatch[]> => deps.suggestions.macros(conversationId, query, scopeOf(deps, conversationId), limit),
    check: ({ conversationId, text }: { conversationId: ConversationId; text: string }): GuardViolation[] =>
      checkReply(text, { allowedPii: ownDetails(scopeOf(deps, conversationId)), rules: guardRulesOf(deps.db) }).map(({ ruleId, kind, severity, start, end, text: found, rewrite }) => ({ ruleId, kind, severity, start, end, text: found, rewrite: rewrite ?? null })),
    ...replyService(deps),
  };
}

type SentReply = { id: OutboxId; conversationId: ConversationId; text: string; suggestionIds: SuggestionId[]; attachmentIds?: AttachmentId[] | undefined; replyToId?: MessageId | undefined; macroIds?: string[] | undefined };

/** Replies on their way out. */
function replyService(deps: DeskDeps) {
  const { db, context, onConversation } = deps;
  return {
    replies: (conversationId: ConversationId): OutboxEntry[] => listOutbox(db, conversationId).map(toEntry),
    /** Queues the reply, clears the draft and settles its suggestions in one transaction; sending follows. */
    send(sent: SentReply): OutboxEntry {
      const { id, conversationId, text, suggestionIds } = sent;
      const ctx = context();
      const entry = db.transaction(() => {
        const isNew = !listOutbox(db, conversationId).some((one) => one.id === id);
        const reply = insertReply(db, { ...sent, repId: deps.repId() }, ctx.nowMs);
        if (isNew) {
          noteAnswered(db, conversationId, deps.repId());
          for (const fileId of sent.attachmentIds ?? []) checkSendable(db, conversationId, fileId);
          deps.suggestions.settle(conversationId, suggestionIds, text);
          for (const macroId of new Set(sent.macroIds)) countMacroUse(db, macroId, deps.repId(), ctx.nowMs);
          insertAudit(db, ctx, { repId: deps.repId(), action: 'reply.queued', entity: 'outbox', entityId: id });
        }
        return toEntry(reply);
      })();
      deps.onOutbox(entry);
      onConversation(conversationId);
      deps.sync.replyQueued();
      return entry;
    },
    retry(id: OutboxId): OutboxEntry {
      const before = getReply(db, id);
      const entry = toEntry(before.state === 'failed' ? setOutboxState(db, id, { state: 'queued' }, context().nowMs) : before);
      deps.onOutbox(entry);
      deps.sync.replyQueued();
      return entry;
    },
    takeBack(id: OutboxId): Draft {
      const draft = takeBack(db, id, context().nowMs);
      onConversation(draft.conversationId);
      return draft;
    },
  };
}

function toEntry({ id, conversationId, text, state, attemptCount, error, messageId, createdAt, attachments, replyTo }: OutboxEntry): OutboxEntry {
  return { id, conversationId, text, state, attemptCount, error, messageId, createdAt, ...(attachments === undefined ? {} : { attachments }), ...(replyTo === undefined ? {} : { replyTo }) };
}

/** The stored suggestions of the newest customer message; one that was never matched (imported, or the engine was away) is matched now. */
function currentSuggestions(deps: DeskDeps, conversationId: ConversationId): SuggestionSet {
  const last = listTurns(deps.db, conversationId, TURN_LIMIT).findLast((turn) => turn.role !== 'system');
  const messageId = last?.role === 'customer' ? last.id : null;
  const set = deps.suggestions.current(conversationId, messageId);
  if (set.state !== 'idle' || messageId === null || deps.settings().quietMode === 'off' || deps.suggestions.isMatched(conversationId, messageId)) return set;
  deps.pipeline.refresh(conversationId);
  return { ...set, state: 'matching' };
}
