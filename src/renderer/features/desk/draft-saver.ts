import type { Draft } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';

type UnsavedDraft = Omit<Draft, 'updatedAt'>;
export type DraftSaver = ReturnType<typeof createDraftSaver>;

const SAVE_DELAY_MS = 300;
const RETRY_DELAY_MS = 2000;

/** Saves drafts shortly after the last change. A draft counts as unsaved until the backend has confirmed exactly it. */
export function createDraftSaver(client: Client, onState: (conversationId: ConversationId, state: 'saved' | 'failed') => void) {
  const unsaved = new Map<ConversationId, UnsavedDraft>();
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
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const draft of unsaved.values()) void save(draft);
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
    /** Before sending: the backend clears the draft itself, so no late save may bring it back. */
    forget(conversationId: ConversationId) {
      unsaved.delete(conversationId);
    },
  };
}
