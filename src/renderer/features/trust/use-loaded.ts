import { useCallback, useEffect, useState } from 'react';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';

export type Loaded<T> = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'ready'; value: T };

/** Reads at once and whenever `stamp` changes; what is shown stays until the next answer. `load` must keep its identity. */
export function useLoaded<T>(load: () => Promise<T>, stamp = ''): { state: Loaded<T>; reload: () => void; put: (value: T) => void } {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (value) => { if (isCurrent) setState({ kind: 'ready', value }); },
      (error: unknown) => { if (isCurrent) setState({ kind: 'failed', failure: callFailure(error) }); },
    );
    return () => {
      isCurrent = false;
    };
  }, [load, round, stamp]);
  return { state, reload: useCallback(() => setRound((now) => now + 1), []), put: useCallback((value: T) => setState({ kind: 'ready', value }), []) };
}
