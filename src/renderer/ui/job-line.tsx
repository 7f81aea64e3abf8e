import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react';
import type { Job } from '../../shared/contract/job.contract.ts';
import { backendWords } from '../base/page-language.ts';
import { useTexts } from '../base/texts.tsx';
import { Button } from './button.tsx';

const SHAPES = { running: LoaderCircle, done: CircleCheck, failed: CircleAlert, cancelled: CircleDashed, interrupted: CircleAlert } as const;
const COLOURS = { running: 'text-accent', done: 'text-ok', failed: 'text-high', cancelled: 'text-ink-3', interrupted: 'text-mid' } as const;

/** Steps of a training or a tuning say nothing to anybody. */
const STEPPED: ReadonlySet<Job['kind']> = new Set<Job['kind']>(['adapt', 'tune']);

/** One job: what it works on, how far and how fast, its result, and a way to cancel it. */
export function JobLine({ job, onCancel }: { job: Job; onCancel: () => void }) {
  const { t, formats, language } = useTexts();
  const Icon = SHAPES[job.state];
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Icon size={16} aria-hidden className={clsx('shrink-0', COLOURS[job.state])} />
        <span className="min-w-0 flex-1 truncate" title={job.title}>{t(`job.kind.${job.kind}`)}{job.title !== '' && ` · ${job.title}`}</span>
        <span className="text-meta text-ink-3">{job.state === 'running' && job.doneRatio !== null ? formats.percent(job.doneRatio) : t(`job.state.${job.state}`)}</span>
        {job.state === 'running' && <Button size="compact" onClick={onCancel}>{t('action.cancel')}</Button>}
      </div>
      {job.state === 'running' && <JobProgress job={job} />}
      {job.report !== null && (
        <p className="pl-6 text-meta text-ink-2">
          {t('import.report', { added: formats.number(job.report.added), updated: formats.number(job.report.updated), unchanged: formats.number(job.report.unchanged), rejected: formats.number(job.report.rejectedCount) })}
        </p>
      )}
      {job.error !== null && <p className="pl-6 text-meta text-high">{backendWords(job.error, language)}</p>}
    </div>
  );
}

function JobProgress({ job }: { job: Job }) {
  const { t, formats } = useTexts();
  const percent = job.doneRatio === null ? undefined : Math.round(job.doneRatio * 100);
  return (
    <div className="flex items-center gap-3 pl-6 text-meta text-ink-2">
      <div role="progressbar" aria-label={`${t('import.progress')} ${job.title}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className="h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-raised">
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent ?? 100}%`, opacity: percent === undefined ? 0.4 : 1 }} />
      </div>
      {!STEPPED.has(job.kind) && <span>{job.kind === 'model' ? formats.bytes(job.doneCount) : t('jobs.count', { count: formats.number(job.doneCount) })}</span>}
      {job.kind !== 'model' && !STEPPED.has(job.kind) && <span>{t('jobs.perSecond', { rate: formats.number(Math.round(job.perSecond)) })}</span>}
    </div>
  );
}
