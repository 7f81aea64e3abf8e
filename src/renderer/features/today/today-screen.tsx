import { clsx } from 'clsx';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { ResponseStats, TodaySummary } from '../../../shared/contract/today.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { linesOf } from './today-choices.ts';
import type { TodayChoice, TodayStore } from './today.store.ts';
import { ResponsePicture } from './response-picture.tsx';

export type TodayScreenProps = { today: TodayStore; onOpen: (id: ConversationId) => void };

/** How the rep's own day has gone: five numbers, the hours, and the conversations behind each. */
export function TodayScreen({ today, onOpen }: TodayScreenProps) {
  const { t, formats } = useTexts();
  const { kind, summary, failure } = useStore(today.store);
  useEffect(() => today.watch(formats.dayStart), [today, formats]);
  return (
    <section aria-labelledby="today-title" className="flex min-w-0 flex-1 flex-col bg-bg">
      <header className="flex min-h-11 shrink-0 flex-wrap items-baseline gap-x-3 border-b border-line bg-surface px-4 py-2">
        <h1 id="today-title" className="text-title font-semibold">{t('today.title')}</h1>
        {summary !== null && <p className="text-meta text-ink-3">{t('today.whose', { date: formats.date(summary.fromAt) })}</p>}
      </header>
      {failure !== null && <FailureNotice text={t('today.failed')} failure={failure} onRetry={() => void today.load()} />}
      {kind === 'loading' && <LoadingLines />}
      {summary !== null && (isNothing(summary) ? <EmptyState title={t('today.empty')} body={t('today.emptyBody')} /> : <Day today={today} summary={summary} onOpen={onOpen} />)}
    </section>
  );
}

const isNothing = ({ answered, closed, suggestionsUsed }: TodaySummary): boolean => answered.length + closed.length + suggestionsUsed.length === 0;

function Day({ today, summary, onOpen }: TodayScreenProps & { summary: TodaySummary }) {
  const { t } = useTexts();
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={t('today.title')} className="quiet-scroll ring-inside flex min-w-0 flex-1 flex-col gap-4 p-4 lg:overflow-y-auto">
        <Numbers today={today} summary={summary} />
        {summary.hours.length > 0 && <ResponsePicture today={today} summary={summary} />}
        <p className="text-meta text-ink-3">{t('today.rule')}</p>
      </div>
      <Conversations today={today} summary={summary} onOpen={onOpen} />
    </div>
  );
}

function Numbers({ today, summary }: { today: TodayStore; summary: TodaySummary }) {
  const { t, formats } = useTexts();
  const chosen = useStore(today.store, (state) => state.choice.kind);
  const tile = (kind: Exclude<TodayChoice['kind'], 'hour'>, title: string, figure: string, notes: readonly string[]) => (
    <button type="button" aria-pressed={chosen === kind} onClick={() => today.choose({ kind })} className={clsx('flex min-w-0 flex-col items-start rounded border px-3 py-2 text-left', chosen === kind ? 'border-accent bg-accent-tint' : 'border-control bg-surface hover:bg-raised')}>
      <span className="text-meta text-ink-2">{title}</span>
      <span className="text-head font-semibold">{figure}</span>
      {notes.map((note) => <span key={note} className="text-meta text-ink-2">{note}</span>)}
    </button>
  );
  const waits = (stats: ResponseStats): [string, string[]] => [
    stats.medianMs === null ? t('today.none') : formats.duration(stats.medianMs),
    stats.count === 0 ? [] : [`${t('today.median')} · ${t('today.count', { count: stats.count })}`, stats.p90Ms === null ? t('today.few') : t('today.p90', { duration: formats.duration(stats.p90Ms) })],
  ];
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-2">
      {tile('answered', t('today.answered'), formats.number(summary.answered.length), [])}
      {tile('closed', t('today.closed'), formats.number(summary.closed.length), [])}
      {tile('used', t('today.used'), formats.number(summary.suggestionsUsed.length), [])}
      {tile('first', t('today.first'), ...waits(summary.first))}
      {tile('all', t('today.all'), ...waits(summary.all))}
    </div>
  );
}

const TITLES = { answered: 'today.answered', closed: 'today.closed', used: 'today.used', first: 'today.first', all: 'today.all' } as const;

function Conversations({ today, summary, onOpen }: TodayScreenProps & { summary: TodaySummary }) {
  const { t, formats } = useTexts();
  const choice = useStore(today.store, (state) => state.choice);
  const lines = linesOf(summary, choice);
  const title = choice.kind === 'hour' ? formats.clock(choice.startAt) : t(TITLES[choice.kind]);
  return (
    <section aria-label={t('today.list', { title })} className="flex w-[312px] shrink-0 flex-col border-line bg-surface max-lg:w-full max-lg:border-t lg:border-l">
      <h2 className="flex h-9 shrink-0 items-center border-b border-line px-4 font-semibold">{title}</h2>
      {lines.length === 0 && <p className="p-4 text-ink-3">{t('today.none')}</p>}
      <ul className="quiet-scroll min-h-0 flex-1 lg:overflow-y-auto">
        {lines.map((line) => (
          <li key={line.key}>
            <button type="button" title={t('today.openConversation', { name: line.customerName })} onClick={() => onOpen(line.conversationId)} className="ring-inside flex h-9 w-full items-center gap-2 border-b border-line px-4 text-left hover:bg-raised">
              <span className="min-w-0 flex-1 truncate">{line.customerName}</span>
              {line.waitMs !== null && <span className="shrink-0 text-meta text-ink-2">{t('today.waited', { duration: formats.duration(line.waitMs) })}</span>}
              <time className="shrink-0 text-meta text-ink-3" dateTime={new Date(line.at).toISOString()}>{formats.clock(line.at)}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
