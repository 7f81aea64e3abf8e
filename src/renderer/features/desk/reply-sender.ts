import type { AttachmentId } from '../../../shared/contract/attachment.contract.ts';
import type { ConversationId, OutboxId, SuggestionId } from '../../../shared/contract/ids.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import type { UnsavedDraft } from './draft-saver.ts';

/** One reply as it was when the rep pressed Send. */
export type ReplyToSend = { draft: UnsavedDraft; attachmentIds: readonly AttachmentId[]; suggestionIds: readonly SuggestionId[]; macroIds: readonly string[] };
export type ReplySender = ReturnType<typeof createReplySender>;

type Pending = { id: OutboxId; key: string; reply: ReplyToSend };

/** As many as the contract takes. */
const MOST_SUGGESTIONS = 20;

const keyOf = ({ draft, attachmentIds }: ReplyToSend): string => JSON.stringify([draft.text, draft.replyTo?.messageId ?? null, attachmentIds]);

/**
 * Sends replies so that none goes out twice: a reply keeps its id until the backend has confirmed it, so that the same reply again is the same one,
 * and after a lost answer the outbox is asked before anything else is sent from that conversation. `onSent` is called once for each reply,
 * `onReturned` for one whose answer was lost and that turned out not to have gone out.
 */
export function createReplySender(client: Client, newOutboxId: () => OutboxId, on: { sent: (reply: ReplyToSend) => void; returned: (reply: ReplyToSend) => void }) {
  const pending = new Map<ConversationId, Pending>();
  /** Drafts of replies under way or of an unknown fate, as long as nothing was typed on. */
  const drafts = new Map<ConversationId, UnsavedDraft>();
  const running = new Set<ConversationId>();
  const forget = (conversationId: ConversationId): boolean => pending.delete(conversationId) && drafts.delete(conversationId);
  const settle = (conversationId: ConversationId, one: Pending): void => {
    if (pending.get(conversationId) !== one) return;
    forget(conversationId);
    on.sent(one.reply);
  };
  const deliver = async (conversationId: ConversationId, one: Pending): Promise<void> => {
    try {
      await callSend(client, one);
    } catch (error) {
      if (!isLost(error)) forget(conversationId);
      if (!isLost(error) || !(await isQueued(client, one).catch(() => false))) throw error;
    }
    settle(conversationId, one);
  };
  const sendOnce = async (conversationId: ConversationId, reply: ReplyToSend): Promise<void> => {
    const before = pending.get(conversationId);
    const isSame = before?.key === keyOf(reply);
    // the earlier one did go out: the rep sees that, and what is left of the text, before anything else is sent
    if (before !== undefined && !isSame && (await isQueued(client, before))) return settle(conversationId, before);
    const one = isSame ? before : { id: newOutboxId(), key: keyOf(reply), reply };
    pending.set(conversationId, one);
    await deliver(conversationId, one);
  };
  return {
    /** The draft of a reply that is on its way, or of which nobody knows yet: it is neither saved nor gone. */
    heldDraft: (conversationId: ConversationId): UnsavedDraft | null => drafts.get(conversationId) ?? null,
    isRunning: (conversationId: ConversationId): boolean => running.has(conversationId),
    /** The rep typed on: from now on the saved draft is the newer one. */
    typedOn: (conversationId: ConversationId): void => void drafts.delete(conversationId),
    /** Sends it after `prepare`. @throws what the call threw; the reply may be sent again then. */
    async send(conversationId: ConversationId, reply: ReplyToSend, prepare: () => Promise<void>): Promise<void> {
      drafts.set(conversationId, reply.draft);
      running.add(conversationId);
      try {
        await prepare();
        await sendOnce(conversationId, reply);
      } finally {
        running.delete(conversationId);
      }
    },
    /** After a new connection: replies whose answer was lost are looked up. One that cannot be looked up stays as it is. */
    async resolveLost(): Promise<void> {
      for (const [conversationId, one] of pending) {
        if (running.has(conversationId)) continue;
        const wasQueued = await isQueued(client, one).catch(() => null);
        if (wasQueued === true) settle(conversationId, one);
        else if (wasQueued === false && pending.get(conversationId) === one && !running.has(conversationId)) {
          if (forget(conversationId)) on.returned(one.reply);
        }
      }
    },
  };
}

async function callSend(client: Client, { id, reply: { draft, attachmentIds, suggestionIds, macroIds } }: Pending): Promise<void> {
  await client.outbox.send({
    id,
    conversationId: draft.conversationId,
    text: draft.text,
    suggestionIds: suggestionIds.slice(0, MOST_SUGGESTIONS),
    ...(macroIds.length === 0 ? {} : { macroIds: [...macroIds] }),
    ...(attachmentIds.length === 0 ? {} : { attachmentIds: [...attachmentIds] }),
    ...(draft.replyTo === undefined ? {} : { replyToId: draft.replyTo.messageId }),
  });
}

/** True when the backend has queued it, whatever became of the answer. @throws when it cannot be asked. */
async function isQueued(client: Client, { id, reply }: Pending): Promise<boolean> {
  return (await client.outbox.list({ conversationId: reply.draft.conversationId })).some((entry) => entry.id === id);
}

/** A refusal is an answer; without one the reply may be queued all the same. */
function isLost(error: unknown): boolean {
  const { code } = callFailure(error);
  return code === 'connection' || code === 'internal';
}
