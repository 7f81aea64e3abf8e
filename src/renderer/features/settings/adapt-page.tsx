import { useCallback } from 'react';
import { MIN_NEW_PAIRS, type AdaptStatus } from '../../../shared/contract/adapt.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { JobLine } from '../../ui/job-line.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { AdaptChanges, type AdaptChangesProps } from './adapt-changes.tsx';
import { AdaptOutcome } from './adapt-outcome.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { SwitchRow } from './switch-row.tsx';
import { TuningPart } from './tuning-part.tsx';
import { useJobStatus } from './use-job-status.ts';

/** What the model may learn from the shop, what came of it and whether it is used; then how search weighs what it finds. */
export function AdaptPage(props: SettingsPageProps) {
  const { client, jobs, session, onCancelJob } = props;
  const { t } = useTexts();
  const ask = useCallback(() => client.adapt.status({}), [client]);
  const { found, failure, read, call, start } = useJobStatus(ask, jobs, 'adapt');
  const isAllowed = session.allowed.includes('rules.change');
  return (
    <>
      <FramedBlock title={t('settings.page.adapt')} isTitleHidden>
        <p className="text-ink-2">{t('adapt.body')}</p>
        <p className="text-ink-2">{t('adapt.private')}</p>
        <RoleNote session={session} action="rules.change" />
        {found.kind === 'loading' && <LoadingLines count={3} />}
        {found.kind === 'failed' && <FailureNotice text={t('adapt.failed')} failure={found.failure} onRetry={read} />}
        {found.kind === 'read' && <Material jobs={jobs} onCancelJob={onCancelJob} learning={found.status} isAllowed={isAllowed} onStart={() => start(() => client.adapt.start({}))} onWeekly={(isWeekly) => void call(client.adapt.saveWeekly({ isWeekly }))} />}
        {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
      </FramedBlock>
      {found.kind === 'read' && <Learned client={client} status={found.status} isAllowed={isAllowed} call={call} />}
      <TuningPart {...props} />
    </>
  );
}

function Learned(props: AdaptChangesProps) {
  const { lastRun, candidate, accepted } = props.status;
  const model = candidate ?? accepted;
  return (
    <>
      {lastRun !== null && <AdaptOutcome run={lastRun} />}
      {model !== null && <AdaptChanges key={model.key} {...props} />}
    </>
  );
}

type MaterialProps = Pick<SettingsPageProps, 'jobs' | 'onCancelJob'> & { learning: AdaptStatus; isAllowed: boolean; onStart: () => void; onWeekly: (isWeekly: boolean) => void };

/** How it stands, and the way to begin. */
function Material({ learning, jobs, isAllowed, onStart, onWeekly, onCancelJob }: MaterialProps) {
  const { t } = useTexts();
  const running = jobs.find(({ kind, state }) => kind === 'adapt' && state === 'running');
  const { candidate, isStale, missingCount, lastRun, isWeekly } = learning;
  return (
    <>
      {isStale && running === undefined && <Notice tone="watch" className="rounded">{t('adapt.stale')}</Notice>}
      {candidate !== null && running === undefined && <Notice tone="info" className="rounded">{t('adapt.waiting')}</Notice>}
      <Facts learning={learning} />
      {running !== undefined && <JobLine job={running} onCancel={() => onCancelJob(running.id)} />}
      {running === undefined && isAllowed && <div><Button disabled={missingCount > 0} onClick={onStart}>{t(lastRun === null ? 'adapt.start' : 'adapt.startAgain')}</Button></div>}
      <SwitchRow label={t('adapt.weekly')} help={t('adapt.weeklyHelp')} isOn={isWeekly} isDisabled={!isAllowed} onChange={onWeekly} />
    </>
  );
}

/** What is used, and what there is to learn from. */
function Facts({ learning: { accepted, pairCount, missingCount, newPairCount, lastRun } }: { learning: AdaptStatus }) {
  const { t, formats } = useTexts();
  const using = accepted === null ? t('adapt.using.base') : t('adapt.using.own', { time: formats.dateTime(accepted.madeAt), count: accepted.conversationCount });
  const newKey = newPairCount >= MIN_NEW_PAIRS ? 'adapt.newEnough' : 'adapt.new';
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 max-md:grid-cols-1">
      <dt className="text-ink-2">{t('adapt.using')}</dt><dd>{using}</dd>
      <dt className="text-ink-2">{t('adapt.material')}</dt>
      <dd className="flex flex-col">
        <span>{t('adapt.pairs', { pairs: formats.number(pairCount) })}</span>
        {missingCount > 0 && <span className="text-mid">{t('adapt.missing', { missing: formats.number(missingCount) })}</span>}
        {missingCount === 0 && lastRun !== null && newPairCount > 0 && <span className="text-ink-2">{t(newKey, { pairs: formats.number(newPairCount) })}</span>}
      </dd>
    </dl>
  );
}
