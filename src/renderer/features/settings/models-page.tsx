import { useCallback, useEffect, useState } from 'react';
import type { Job } from '../../../shared/contract/job.contract.ts';
import type { Model } from '../../../shared/contract/model.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts } from '../../base/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { JobLine } from '../../ui/job-line.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { ModelAdd } from './model-add.tsx';
import { ModelRow } from './model-row.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

type Found = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'read'; models: readonly Model[] };

/** The language models of this machine: which one serves, how another takes its place, and how one is added. */
export function ModelsPage({ client, jobs, session, status, onCancelJob }: SettingsPageProps) {
  const { t } = useTexts();
  const [found, setFound] = useState<Found>({ kind: 'loading' });
  const read = useCallback(() => {
    client.model.list({}).then((models) => setFound({ kind: 'read', models }), (error: unknown) => setFound({ kind: 'failed', failure: callFailure(error) }));
  }, [client]);
  const { engine } = status;
  // who serves changes when a switch ends, what is there when a job does
  const stamp = [engine.modelId, engine.next?.modelId, ...jobs.filter(({ kind }) => kind === 'model').map(({ id, state }) => `${id}${state}`)].join();
  useEffect(read, [read, stamp]);
  const isAllowed = session.allowed.includes('shop.settings');
  const last = lastOf(jobs);
  return (
    <>
      <FramedBlock title={t('models.title')}>
        <p className="text-ink-2">{t('models.body')}</p>
        <RoleNote session={session} action="shop.settings" />
        <SwitchLine next={engine.next} />
        <StoringProblem problem={engine.storingProblem} />
        {found.kind === 'loading' && <LoadingLines count={2} />}
        {found.kind === 'failed' && <FailureNotice text={t('models.failed')} failure={found.failure} onRetry={read} />}
        {found.kind === 'read' && (
          <ul className="flex flex-col divide-y divide-line rounded border border-line">
            {found.models.map((model) => <ModelRow key={model.id} model={model} client={client} isAllowed={isAllowed} onModels={(models) => setFound({ kind: 'read', models })} />)}
          </ul>
        )}
        {found.kind === 'read' && found.models.every(({ origin }) => origin === 'shipped') && <p className="text-ink-3">{t('models.none')}</p>}
      </FramedBlock>
      {(isAllowed || last !== undefined) && (
        <FramedBlock title={t('models.add')}>
          {last !== undefined && <JobLine job={last} onCancel={() => onCancelJob(last.id)} />}
          {isAllowed && <ModelAdd client={client} isBusy={last?.state === 'running'} />}
        </FramedBlock>
      )}
    </>
  );
}

/** The job that is under way, or the one that ended last when it left something to say. */
function lastOf(jobs: readonly Job[]): Job | undefined {
  const newest = jobs.filter(({ kind }) => kind === 'model').toSorted((a, b) => b.startedAt - a.startedAt)[0];
  return newest?.state === 'done' ? undefined : newest;
}

function SwitchLine({ next }: { next: SettingsPageProps['status']['engine']['next'] }) {
  const { t, formats, language } = useTexts();
  if (next === null) return null;
  if (next.problem !== null) return <p role="alert" className="text-mid">▲ {t('health.nextModelProblem')} <span className="break-all text-ink-2">{backendWords(next.problem, language)}</span></p>;
  const label = t('models.switching', { model: next.modelId ?? '' });
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <span className="min-w-0 truncate">{label}</span>
        <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(next.doneRatio * 100)} className="h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-raised">
          <div className="h-full rounded-full bg-accent" style={{ width: `${Math.round(next.doneRatio * 100)}%` }} />
        </div>
        <span className="text-meta text-ink-2">{formats.percent(next.doneRatio)}</span>
      </div>
      <p className="text-meta text-ink-3">{t('models.switchingHelp')}</p>
    </div>
  );
}

function StoringProblem({ problem }: { problem: string | null }) {
  const { language } = useTexts();
  return problem !== null && <p role="alert" className="text-mid">▲ {backendWords(problem, language)}</p>;
}
