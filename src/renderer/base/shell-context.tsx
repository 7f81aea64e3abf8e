import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ClockStore } from './clock.store.ts';
import type { ToastStore } from './toast.store.ts';

/** What every screen may use of the shell around it. */
export type Shell = { clock: ClockStore; toasts: ToastStore };

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell needs a ShellContext above it');
  return shell;
}

/** Epoch ms, renewed each second. */
export function useNow(): number {
  return useStore(useShell().clock.store, (state) => state.nowMs);
}
