import type { StoreApi } from 'zustand/vanilla';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { GuardViolation } from '../../../shared/contract/suggestion.contract.ts';
import type { Client } from '../../connection/connection.ts';

/** What of the composer the checker reads and writes. */
type Checked = { conversationId: ConversationId | null; text: string; checkedText: string; violations: readonly GuardViolation[] };

const CHECK_DELAY_MS = 400;

/** Asks the guard about the reply once the rep pauses, and again before it is sent. */
export function createDraftChecker(client: Client, store: Pick<StoreApi<Checked>, 'getState'> & { setState(change: Partial<Checked>): void }) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = async (): Promise<readonly GuardViolation[]> => {
    const { conversationId, text, checkedText, violations } = store.getState();
    if (conversationId === null || text.trim() === '') return [];
    if (checkedText === text) return violations;
    const found = await client.suggestion.check({ conversationId, text });
    const now = store.getState();
    if (now.conversationId === conversationId && now.text === text) store.setState({ violations: found, checkedText: text });
    return found;
  };
  return {
    check,
    schedule() {
      clearTimeout(timer);
      // Advice only: without an answer the rep types and sends as before.
      timer = setTimeout(() => void check().catch(() => {}), CHECK_DELAY_MS);
    },
  };
}
