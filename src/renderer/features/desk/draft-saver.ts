import type { Draft } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';

export type UnsavedDraft = Omit<Draft, 'updatedAt'>;
export type DraftSaver = ReturnType<typeof createDraftSaver>;

const SAVE_DELAY_MS = 300;
const RETRY_DELAY_MS = 2000;

/**
 * Saves drafts shortly after the last change. A draft counts as unsaved until the backend has confirmed exactly it. Saves go one after the other,
 * so that an older one never arrives behind a newer one or behind a reply.
 */
export function createDraftSaver(client: Client, onState: (conversationId: ConversationId, state: 'saved' | 'failed') => void) {
  const unsaved = new Map<ConversationId, UnsavedDraft>();
  const running = new Map<ConversationId, Promise<void>>();
  const held = new Set<ConversationId>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = async (draft: UnsavedDraft): Promise<void> => {
    try {
      await client.draft.save(draft);
      if (unsaved.get(draft.conversationId) !== draft) return;
      unsaved.delete(draft.conversationId);
      onState(draft.conversationId, 'saved');
    } catch {
      if (unsaved.get(draft.conversationId) !== draft) return;
      onState(draft.conversationId, 'failed');
      timer ??= setTimeout(flush, RETRY_DELAY_MS);
    }
  };
  const saveNext = (conversationId: ConversationId): void => {
    const draft = unsaved.get(conversationId);
    if (draft === undefined || running.has(conversationId) || held.has(conversationId)) return;
    const run = save(draft).finally(() => {
      running.delete(conversationId);
      // changed meanwhile: that is due too, unless the timer waits for it
      if (unsaved.has(conversationId) && timer === undefined) saveNext(conversationId);
    });
    running.set(conversationId, run);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const conversationId of unsaved.keys()) saveNext(conversationId);
  };
  return {
    schedule(draft: UnsavedDraft | null) {
      if (draft === null) return;
      unsaved.set(draft.conversationId, draft);
      clearTimeout(timer);
      timer = setTimeout(flush, SAVE_DELAY_MS);
    },
    flush,
    unsaved: (conversationId: ConversationId): UnsavedDraft | null => unsaved.get(conversationId) ?? null,
    /** Saves what is due and waits for it; false when that failed. */
    async settle(conversationId: ConversationId): Promise<boolean> {
      flush();
      await running.get(conversationId);
      return !unsaved.has(conversationId);
    },
    /** Before sending, which clears the stored draft: until `release` nothing is saved, neither an older text behind the reply nor one typed on before it. */
    async hold(conversationId: ConversationId): Promise<void> {
      held.add(conversationId);
      unsaved.delete(conversationId);
      await running.get(conversationId);
    },
    release(conversationId: ConversationId) {
      held.delete(conversationId);
      saveNext(conversationId);
    },
  };
}
