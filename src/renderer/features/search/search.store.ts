import { createStore } from 'zustand/vanilla';
import type { SearchHit } from '../../../shared/contract/search.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';

export type SearchState = { text: string; hits: readonly SearchHit[]; isWordsOnly: boolean; isSearching: boolean; failure: CallFailure | null; activeIndex: number };
export type SearchStore = ReturnType<typeof createSearchStore>;

const DELAY_MS = 120;
const EMPTY: SearchState = { text: '', hits: [], isWordsOnly: false, isSearching: false, failure: null, activeIndex: 0 };

/** One box over passages, macros and messages. Only the newest question's answer is shown. */
export function createSearchStore(client: Client) {
  const store = createStore<SearchState>(() => EMPTY);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (text: string): Promise<void> => {
    try {
      const { hits, isWordsOnly } = await client.search.query({ text, limit: 12 });
      if (store.getState().text.trim() === text) store.setState({ hits, isWordsOnly, isSearching: false, failure: null });
    } catch (error) {
      if (store.getState().text.trim() === text) store.setState({ hits: [], isSearching: false, failure: callFailure(error) });
    }
  };
  return {
    store,
    type(text: string) {
      clearTimeout(timer);
      const query = text.trim().slice(0, 2000);
      store.setState({ text, activeIndex: 0, failure: null, ...(query === '' ? { hits: [], isSearching: false } : { isSearching: true }) });
      if (query !== '') timer = setTimeout(() => void ask(query), DELAY_MS);
    },
    move(step: 1 | -1, count: number) {
      if (count > 0) store.setState(({ activeIndex }) => ({ activeIndex: (Math.min(activeIndex, count - 1) + step + count) % count }));
    },
    reset() {
      clearTimeout(timer);
      store.setState(EMPTY);
    },
  };
}
