import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useDesk } from './desk-context.tsx';
import type { MessageMediaState } from './message-media.store.ts';

/** Searches everything for these words; given by the screen, because the search is not the Desk's. */
export const SearchForContext = createContext<(text: string) => void>(() => {});

export function useSearchFor(): (text: string) => void {
  return useContext(SearchForContext);
}

export function useMessageMedia<T>(select: (state: MessageMediaState) => T): T {
  return useStore(useDesk().media.store, select);
}
