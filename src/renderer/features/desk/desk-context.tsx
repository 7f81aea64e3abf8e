import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ConversationState, OpenConversation } from './conversation.store.ts';
import type { ComposerState } from './composer-state.ts';
import type { Desk } from './desk.store.ts';
import type { QueueState } from './queue.store.ts';
import type { WorkState } from './work.store.ts';

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskContext above it');
  return desk;
}

export function useQueue<T>(select: (state: QueueState) => T): T {
  return useStore(useDesk().queue.store, select);
}

export function useConversation(): ConversationState {
  return useStore(useDesk().conversation.store, (state) => state.open);
}

/** One part of the open conversation; null while none is open or read. */
export function useOpen<T>(select: (open: OpenConversation) => T): T | null {
  return useStore(useDesk().conversation.store, ({ open }) => (open.kind === 'ready' ? select(open) : null));
}

export function useComposer<T>(select: (state: ComposerState) => T): T {
  return useStore(useDesk().composer.store, select);
}

export function useWork<T>(select: (state: WorkState) => T): T {
  return useStore(useDesk().work.store, select);
}
