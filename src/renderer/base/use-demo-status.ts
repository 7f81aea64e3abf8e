import { useEffect, useState } from 'react';
import type { DemoStatus } from '../../shared/contract/demo.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { Client } from '../connection/connection.ts';

/** Changes when a job that writes the shop's rows began or ended: what was read before may be another then. */
export function importStamp(jobs: readonly Job[]): string {
  return jobs.filter(({ kind }) => kind === 'import').map(({ id, state }) => `${id}${state}`).join();
}

/** Whether this is a demo store, read again when an import ended; null while it is not known. */
export function useDemoStatus(client: Client, jobs: readonly Job[]): DemoStatus | null {
  const [status, setStatus] = useState<DemoStatus | null>(null);
  const stamp = importStamp(jobs);
  useEffect(() => {
    let isCurrent = true;
    client.demo.status({}).then((found) => isCurrent && setStatus(found), () => {});
    return () => {
      isCurrent = false;
    };
  }, [client, stamp]);
  return status;
}
