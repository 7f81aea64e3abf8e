import { createContext, useContext } from 'react';
import type { DesktopStore } from './desktop.store.ts';

export const DesktopContext = createContext<DesktopStore | null>(null);

export function useDesktopStore(): DesktopStore {
  const store = useContext(DesktopContext);
  if (store === null) throw new Error('useDesktopStore needs a DesktopContext above it');
  return store;
}
