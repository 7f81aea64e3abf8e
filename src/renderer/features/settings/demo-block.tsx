import { useState } from 'react';
import type { DemoStatus } from '../../../shared/contract/demo.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { useDemoStatus } from '../../base/use-demo-status.ts';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { JobLine } from '../../ui/job-line.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

/** The demo shop: bring it in, take it out, see how far that is. */
export function DemoBlock({ client, jobs, onCancelJob, isAllowed }: SettingsPageProps & { isAllowed: boolean }) {
  const { t } = useTexts();
  const status = useDemoStatus(client, jobs);
  const running = jobs.find(({ id, state }) => id === status?.jobId && state === 'running');
  return (
    <FramedBlock title={t('demo.title')}>
      <p className="text-ink-2">{t('demo.body')}</p>
      {status !== null && <p role="status">{t(`demo.state.${status.state}`)}</p>}
      {status?.canInstall === false && <p role="note" className="text-ink-2">{t('demo.notHere')}</p>}
      {running !== undefined && <JobLine job={running} onCancel={() => onCancelJob(running.id)} />}
      {status !== null && running === undefined && <DemoActions client={client} status={status} isAllowed={isAllowed} />}
    </FramedBlock>
  );
}

function DemoActions({ client, status, isAllowed }: { client: Client; status: DemoStatus; isAllowed: boolean }) {
  const { t } = useTexts();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const call = (work: Promise<unknown>): void => {
    setIsAsking(false);
    work.then(() => setFailure(null), (error: unknown) => setFailure(callFailure(error)));
  };
  const canInstall = status.canInstall && status.state !== 'installed';
  const canRemove = isAllowed && status.state !== 'none';
  if (isAsking) return <RemoveQuestion body={t('demo.removeBody')} confirm={t('demo.remove')} onConfirm={() => call(client.demo.remove({}))} onCancel={() => setIsAsking(false)} />;
  return (
    <>
      <div className="flex flex-wrap gap-3 empty:hidden">
        {canInstall && <Button onClick={() => call(client.demo.install({}))}>{t(status.state === 'partial' ? 'demo.goOn' : 'demo.install')}</Button>}
        {canRemove && <Button onClick={() => setIsAsking(true)}>{t('demo.remove')}</Button>}
      </div>
      {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
    </>
  );
}
