import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { TestStore } from '../db/open-test-store.ts';
import { ensureChannel } from './channel.repository.ts';
import { ensureConversation } from './conversation.repository.ts';
import { insertMessage, type NewMessage } from './message.repository.ts';

/** For tests: a conversation of customer `name` with the given turns, one minute apart from `ctx.nowMs`. */
export function addConversation({ db, ctx }: TestStore, name: string, turns: readonly [NewMessage['role'], string][], options: { isLive?: boolean } = {}): ConversationId {
  const channel = ensureChannel(db, ctx, { kind: 'file', title: 'Test' });
  const { id } = ensureConversation(db, ctx, { channelId: channel.id, externalId: `conversation of ${name}`, customerExternalId: `id of ${name}`, customerName: name, openedAt: ctx.nowMs });
  for (const [index, [role, text]] of turns.entries()) {
    insertMessage(db, ctx, {
      conversationId: id, externalId: `m${index}`, role, text, sentAt: ctx.nowMs + index * 60_000, language: 'zh', piiSpans: [], isLive: options.isLive ?? false,
    });
  }
  return id;
}
