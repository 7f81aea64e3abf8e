import { useCallback, useEffect, useState } from 'react';
import type { Job } from '../../../shared/contract/job.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';

export type FoundStatus<Status> = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'read'; status: Status };

/**
 * Read at once, and again when a job of this kind begins or ends. `ask` must stay the same function. `call` shows what it answers, and tells whether it did;
 * `start` waits for no answer but the job.
 */
export function useJobStatus<Status>(ask: () => Promise<Status>, jobs: readonly Job[], kind: Job['kind']) {
  const [found, setFound] = useState<FoundStatus<Status>>({ kind: 'loading' });
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const read = useCallback(() => {
    ask().then((status) => setFound({ kind: 'read', status }), (error: unknown) => setFound({ kind: 'failed', failure: callFailure(error) }));
  }, [ask]);
  const last = jobs.find((job) => job.kind === kind);
  const stamp = `${last?.id ?? ''} ${last?.state ?? ''}`;
  useEffect(read, [read, stamp]);
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      setFailure(null);
      return true;
    } catch (error) {
      setFailure(callFailure(error));
      return false;
    }
  };
  return {
    found, failure, read,
    /** The newest job of this kind. */
    last,
    call: (work: Promise<Status>) => attempt(async () => setFound({ kind: 'read', status: await work })),
    start: (begin: () => Promise<Job>) => void attempt(async () => void (await begin())),
  };
}
