import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { MacroMatch } from '../../../shared/contract/suggestion.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { macroToken } from './draft-marks.ts';

/** The list that `;` opens; `start` is the place of the semicolon. */
export type MacroSuggestions = { start: number; query: string; items: readonly MacroMatch[]; activeIndex: number; isLoading: boolean };

/** What of the composer the list follows. */
type Followed = { conversationId: ConversationId | null; text: string; caret: number; macros: MacroSuggestions | null };
type FollowedStore = { getState(): Followed; setState(change: { macros: MacroSuggestions | null }): void };

const MACRO_DELAY_MS = 60;

/** Macros for what stands between the semicolon and the caret. */
export function createMacroSuggestions(client: Client, store: FollowedStore) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closedStart: number | null = null;
  const ask = async (conversationId: ConversationId, query: string): Promise<void> => {
    const items = await client.suggestion.macros({ conversationId, query }).catch(() => []);
    const { macros } = store.getState();
    if (macros?.query === query) store.setState({ macros: { ...macros, items, activeIndex: 0, isLoading: false } });
  };
  const close = (): void => {
    clearTimeout(timer);
    store.setState({ macros: null });
  };
  return {
    /** Opens, narrows or closes the list to fit the text before the caret. */
    follow() {
      const { text, caret, macros, conversationId } = store.getState();
      const token = macroToken(text, caret);
      if (token === null || conversationId === null) {
        closedStart = null;
        if (macros !== null) close();
        return;
      }
      if (token.start === closedStart || macros?.query === token.query) return;
      store.setState({ macros: { ...token, items: macros?.items ?? [], activeIndex: 0, isLoading: true } });
      clearTimeout(timer);
      timer = setTimeout(() => void ask(conversationId, token.query), MACRO_DELAY_MS);
    },
    move(step: 1 | -1) {
      const { macros } = store.getState();
      if (macros !== null && macros.items.length > 0) store.setState({ macros: { ...macros, activeIndex: (macros.activeIndex + step + macros.items.length) % macros.items.length } });
    },
    /** Closes the list and keeps it closed for this semicolon. */
    dismiss() {
      closedStart = store.getState().macros?.start ?? null;
      close();
    },
    close,
  };
}
