import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DemoStatus } from '../../../shared/contract/demo.contract.ts';
import type { Job } from '../../../shared/contract/job.contract.ts';
import { resolveLanguage } from '../../../shared/i18n/language.ts';
import type { Page } from '../page.ts';

export type Demo = { canInstall: boolean; isInstalled: boolean; job: Job | null; install: () => Promise<void>; letCustomersIn: () => void };

/** The demo shop as it is now; read again whenever its job moves on. */
export function useDemo({ connection, app }: Pick<Page, 'connection' | 'app'>): Demo {
  const { client } = connection;
  const [status, setStatus] = useState<DemoStatus | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useStore(app.store, ({ jobs }) => jobs.find(({ id }) => id === (jobId ?? status?.jobId)) ?? null);
  const jobState = job?.state;
  useEffect(() => {
    // without an answer nothing is offered; the other choices stand
    void client.demo.status({}).then(setStatus, () => setStatus(null));
  }, [client, jobState]);
  const install = useCallback(async () => setJobId((await client.demo.install({})).id), [client]);
  const letCustomersIn = (): void => startWhenReady({ connection, app }, status?.state === 'installed', job);
  return { canInstall: status !== null && (status.canInstall || status.state !== 'none'), isInstalled: status?.state === 'installed', job, install, letCustomersIn };
}

/** Customers of the demo shop write once it is there; also when the rep went on before it was. */
function startWhenReady({ connection, app }: Pick<Page, 'connection' | 'app'>, isInstalled: boolean, job: Job | null): void {
  // who reads English is written to in English; who reads Chinese meets both
  const isEnglish = resolveLanguage(app.store.getState().settings.language, navigator.languages) === 'en';
  const start = (): void => void connection.client.channel.startDemo(isEnglish ? { language: 'en' } : {}).catch(() => {});
  // the job may be done a moment before the status says so
  if (isInstalled || job?.state === 'done') return start();
  if (job?.state !== 'running') return;
  const stop = app.store.subscribe(({ jobs }) => {
    const now = jobs.find(({ id }) => id === job.id);
    if (now === undefined || now.state === 'running') return;
    stop();
    if (now.state === 'done') start();
  });
}
