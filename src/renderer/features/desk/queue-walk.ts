import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { ToastStore } from '../../base/toast.store.ts';
import type { Client } from '../../connection/connection.ts';
import type { createConversationStore } from './conversation.store.ts';
import type { createQueueStore } from './queue.store.ts';
import type { WorkStore } from './work.store.ts';

export type WalkStores = { queue: ReturnType<typeof createQueueStore>; conversation: ReturnType<typeof createConversationStore>; work: WorkStore };

/** Which conversations a key means, and which one is next. */
export function createQueueWalk(client: Client, { queue, conversation, work }: WalkStores, toasts: Pick<ToastStore, 'show'>) {
  return {
    /** The selected ones, else the one at the cursor while the list has the focus, else the open one. */
    workTargets(isListFocused: boolean): ConversationId[] {
      const { selectedIds, cursorId, openId } = queue.store.getState();
      if (selectedIds.size > 0) return [...selectedIds];
      const id = isListFocused ? (cursorId ?? openId) : (openId ?? cursorId);
      return id === null ? [] : [id];
    },
    /** What is known of these conversations on screen. */
    summariesOf(ids: readonly ConversationId[]): ConversationSummary[] {
      const { open } = conversation.store.getState();
      const known = [...queue.store.getState().rows, ...(open.kind === 'ready' ? [open.summary] : [])];
      return ids.flatMap((id) => known.findLast((row) => row.id === id) ?? []);
    },
    /** The conversation of mine, or of nobody, that wants an answer most, besides the open one; null when none does. Asked of the backend: the list may be filtered. */
    async findNextUrgent(): Promise<ConversationId | null> {
      const rows = await client.conversation.list({}).catch(() => []);
      const { openId } = queue.store.getState();
      const meId = work.store.getState().setup?.meId;
      const next = rows.find((row) => row.id !== openId && row.waitingSince !== null && (row.rep === null || row.rep.id === meId));
      if (next === undefined) toasts.show({ key: 'work.nobodyWaits' });
      return next?.id ?? null;
    },
    /** Leaves the open conversation, so that it can stay unread. */
    leave() {
      conversation.close();
      queue.setOpen(null);
    },
  };
}
