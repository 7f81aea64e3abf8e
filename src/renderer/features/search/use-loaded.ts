import { useEffect, useState } from 'react';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';

export type Loaded<Value> = { kind: 'loading' } | { kind: 'ready'; value: Value } | { kind: 'failed'; failure: CallFailure };

/** Walking through a list must not ask for every line passed. */
const REST_MS = 120;

/** Reads what `key` names once the reader rests on it; `load` must read the same for the same key. An answer that is no longer asked for is dropped. */
export function useLoaded<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ key: string; loaded: Loaded<Value> }>({ key, loaded: { kind: 'loading' } });
  useEffect(() => {
    let isWanted = true;
    const take = (loaded: Loaded<Value>): void => {
      if (isWanted) setState({ key, loaded });
    };
    const timer = setTimeout(() => void load().then((value) => take({ kind: 'ready', value }), (error: unknown) => take({ kind: 'failed', failure: callFailure(error) })), REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
    // the key says all that loading depends on
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new function at each drawing loads the same
  }, [key]);
  return state.key === key ? state.loaded : { kind: 'loading' };
}
