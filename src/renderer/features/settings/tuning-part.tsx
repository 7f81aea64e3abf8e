import { useCallback, useState, type ReactNode } from 'react';
import type { Job } from '../../../shared/contract/job.contract.ts';
import type { TunedModel, TuningStatus } from '../../../shared/contract/tuning.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { JobLine } from '../../ui/job-line.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { TuningOutcomeBlock } from './tuning-outcome.tsx';
import { OddsWords, WeightList } from './tuning-weights.tsx';
import { useJobStatus, type FoundStatus } from './use-job-status.ts';
import { useModelName } from './use-model-name.ts';

/** How search weighs words and meaning for this shop: what is in use, a new measurement, and its outcome to decide on. */
export function TuningPart(props: SettingsPageProps) {
  const { client, jobs, session } = props;
  const { toasts } = useShell();
  const ask = useCallback(() => client.tuning.status({}), [client]);
  const { found, failure, read, last: job, call, start } = useJobStatus(ask, jobs, 'tune');
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = job?.state === 'running';
  const isAllowed = session.allowed.includes('rules.change') && !isRunning;
  const decide = (work: Promise<TuningStatus>, key: 'tuning.accepted' | 'tuning.discarded' | 'tuning.undone'): void => {
    setIsBusy(true);
    void call(work).then((isDone) => {
      setIsBusy(false);
      if (isDone) toasts.show({ key });
    });
  };
  return (
    <>
      <Overview {...props} found={found} failure={failure} job={job} onRetry={read}>
        {(status) => isAllowed && <Actions status={status} isBusy={isBusy} onStart={() => start(() => client.tuning.start({}))} onUndo={() => decide(client.tuning.undo({}), 'tuning.undone')} />}
      </Overview>
      {found.kind === 'read' && found.status.last !== null && (
        <TuningOutcomeBlock
          outcome={found.status.last} isAllowed={isAllowed} isBusy={isBusy}
          onAccept={() => decide(client.tuning.accept({}), 'tuning.accepted')} onDiscard={() => decide(client.tuning.discard({}), 'tuning.discarded')}
        />
      )}
    </>
  );
}

type OverviewProps = Pick<SettingsPageProps, 'onCancelJob'> & { found: FoundStatus<TuningStatus>; failure: CallFailure | null; job: Job | undefined; onRetry: () => void; children: (status: TuningStatus) => ReactNode };

/** What it is about and what is in use; a measurement that is under way, or that failed. */
function Overview({ found, failure, job, onRetry, onCancelJob, children }: OverviewProps) {
  const { t } = useTexts();
  return (
    <FramedBlock title={t('tuning.title')}>
      <p className="text-ink-2">{t('tuning.body')}</p>
      <p className="text-ink-2">{t('tuning.order')}</p>
      {found.kind === 'loading' && <LoadingLines count={3} />}
      {found.kind === 'failed' && <FailureNotice text={t('tuning.failed')} failure={found.failure} onRetry={onRetry} />}
      {found.kind === 'read' && <InUse status={found.status} />}
      {(job?.state === 'running' || job?.state === 'failed') && <JobLine job={job} onCancel={() => onCancelJob(job.id)} />}
      {found.kind === 'read' && children(found.status)}
      {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
    </FramedBlock>
  );
}

function InUse({ status: { own, inUse, shipped, model, last } }: { status: TuningStatus }) {
  const { t, formats } = useTexts();
  const nameOf = useModelName();
  const isWaiting = last !== null && last.change !== null && last.decision === null && !last.isOutdated;
  const using = own === null || !own.holds ? t('tuning.using.shipped') : t('tuning.using.own', { time: formats.dateTime(own.madeAt), model: nameOf(own.model) });
  return (
    <>
      {own !== null && !own.holds && <Resting own={own} model={model} />}
      {isWaiting && <Notice tone="info" className="rounded">{t('tuning.waiting')}</Notice>}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 max-md:grid-cols-1">
        <dt className="text-ink-2">{t('tuning.using')}</dt><dd className="min-w-0 break-words">{using}</dd>
        <dt className="text-ink-2">{t('tuning.odds')}</dt><dd><OddsWords odds={inUse.odds} /></dd>
      </dl>
      <WeightList weights={inUse.weights} label={t('tuning.now')} {...(own?.holds === true ? { beside: { weights: shipped.weights, label: t('tuning.shipped') } } : {})} />
    </>
  );
}

/** Why what was tuned is not in use. */
function Resting({ own, model }: { own: NonNullable<TuningStatus['own']>; model: TunedModel | null }) {
  const { t, formats } = useTexts();
  const nameOf = useModelName();
  const [then, now] = [nameOf(own.model), nameOf(model)];
  const time = formats.dateTime(own.madeAt);
  return <Notice tone="watch" className="rounded">{then === now ? t('tuning.restingSame', { time, model: now }) : t('tuning.resting', { time, model: then, now })}</Notice>;
}

function Actions({ status: { own, last }, isBusy, onStart, onUndo }: { status: TuningStatus; isBusy: boolean; onStart: () => void; onUndo: () => void }) {
  const { t } = useTexts();
  const [isAsking, setIsAsking] = useState(false);
  const undo = () => {
    setIsAsking(false);
    onUndo();
  };
  if (isAsking) return <RemoveQuestion body={t('tuning.undoBody')} confirm={t('tuning.undo')} onConfirm={undo} onCancel={() => setIsAsking(false)} />;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-2">{t('tuning.startHelp')}</p>
      <div className="flex flex-wrap gap-3">
        <Button disabled={isBusy} onClick={onStart}>{t(last === null ? 'tuning.start' : 'tuning.startAgain')}</Button>
        {own !== null && <Button disabled={isBusy} onClick={() => setIsAsking(true)}>{t('tuning.undo')}</Button>}
      </div>
    </div>
  );
}
