import { useState } from 'react';
import { useStore } from 'zustand';
import type { FirstRun } from '../../../shared/contract/first-run.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { JobLine } from '../../ui/job-line.tsx';
import type { Page } from '../page.ts';
import { ChoiceList } from './choice-list.tsx';
import { useDemo } from './use-demo.ts';
import { StepButtons, StepSheet, type StepProps } from './step-sheet.tsx';

type Start = NonNullable<FirstRun['start']> | 'later';

/** The demo shop, the shop's own files, or neither yet. */
export function StartStep({ page, firstRun, onNext, onBack }: StepProps) {
  const { t } = useTexts();
  const [choice, setChoice] = useState<Start>(firstRun.start ?? 'demo');
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const demo = useDemo(page);
  const choices = [
    ...(demo.canInstall ? [{ value: 'demo', title: t('welcome.start.demo'), body: t('welcome.start.demoBody') } as const] : []),
    { value: 'own', title: t('welcome.start.own'), body: t('welcome.start.ownBody') } as const,
    { value: 'later', title: t('welcome.start.later') } as const,
  ];
  const shown = choices.some(({ value }) => value === choice) ? choice : 'own';
  const goOn = async (): Promise<void> => {
    setIsBusy(true);
    try {
      if (shown === 'demo' && !demo.isInstalled && demo.job?.state !== 'running') await demo.install();
      onNext(shown === 'later' ? null : shown);
    } catch (error) {
      setFailure(callFailure(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <StepSheet title={t('welcome.start.title')} body={t('welcome.start.body')}>
      <ChoiceList label={t('welcome.start.title')} value={shown} choices={choices} onChange={setChoice} />
      {failure !== null && <p role="alert" className="text-high">{t('welcome.start.failed')} {failure.sentence ?? ''}</p>}
      <DemoProgress page={page} />
      <StepButtons onBack={onBack}><Button tone="primary" disabled={isBusy} onClick={() => void goOn()}>{t('welcome.next')}</Button></StepButtons>
    </StepSheet>
  );
}

/** The job that sets the demo shop up, wherever in the first steps one is. */
export function DemoProgress({ page }: { page: Page }) {
  const { t } = useTexts();
  const { job, isInstalled } = useDemo(page);
  const cancel = useStore(page.app.store, () => page.app.cancelJob);
  if (isInstalled) return <p className="text-ok">✓ {t('welcome.start.installed')}</p>;
  if (job === null) return null;
  return (
    <div className="flex flex-col gap-1">
      <JobLine job={job} onCancel={() => void cancel(job.id).catch(() => {})} />
      {job.state === 'running' && <p className="text-meta text-ink-3">{t('welcome.start.installing')}</p>}
      {(job.state === 'failed' || job.state === 'interrupted') && <p className="text-meta text-high">{t('welcome.start.failed')}</p>}
    </div>
  );
}
