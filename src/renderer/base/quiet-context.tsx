import { createContext, useContext } from 'react';
import type { Settings } from '../../shared/contract/app.contract.ts';

/** How much the rep wants to be told unasked. */
export const QuietContext = createContext<Settings['quietMode']>('full');

export function useQuietMode(): Settings['quietMode'] {
  return useContext(QuietContext);
}
