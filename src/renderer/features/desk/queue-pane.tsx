import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { useDesk, useQueue } from './desk-context.tsx';
import { QueueList } from './queue-list.tsx';
import type { QueueFilter } from './queue.store.ts';

const FILTERS: readonly QueueFilter[] = ['open', 'closed'];

/** The left column: search, the queue, and how long people wait. */
export function QueuePane({ onSearch, onGoImport }: { onSearch: () => void; onGoImport: () => void }) {
  const { t } = useTexts();
  const kind = useQueue((state) => state.kind);
  return (
    <section aria-label={t('queue.title')} className="flex w-[264px] shrink-0 flex-col border-r border-line bg-surface max-md:w-16">
      <div className="flex flex-col gap-2 border-b border-line p-2">
        <button type="button" onClick={onSearch} className="flex h-7 items-center gap-2 rounded border border-control px-2 text-ink-3 hover:bg-raised max-md:justify-center">
          <Search size={14} aria-hidden />
          <span className="flex-1 text-left max-md:sr-only">{t('nav.search')}</span>
          <span aria-hidden className="max-md:hidden"><Kbd shortcut="Ctrl+K" /></span>
        </button>
        <FilterTabs />
      </div>
      {kind === 'loading' ? <div className="flex-1"><LoadingLines /></div> : <QueueBody onGoImport={onGoImport} />}
      <QueueFoot />
    </section>
  );
}

function FilterTabs() {
  const { t } = useTexts();
  const desk = useDesk();
  const filter = useQueue((state) => state.filter);
  return (
    <div role="group" aria-label={t('queue.title')} className="flex gap-1 max-md:flex-col">
      {FILTERS.map((name) => (
        <button key={name} type="button" aria-pressed={filter === name} onClick={() => desk.queue.setFilter(name)} className={clsx('h-6 flex-1 rounded px-1 text-meta', filter === name ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}>
          {t(`queue.${name}`)}
        </button>
      ))}
    </div>
  );
}

function QueueBody({ onGoImport }: { onGoImport: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const kind = useQueue((state) => state.kind);
  const failure = useQueue((state) => state.failure);
  const isEmpty = useQueue((state) => state.rows.length === 0);
  const filter = useQueue((state) => state.filter);
  if (kind === 'failed' && failure !== null) return <div className="flex-1"><FailureNotice text={t('queue.failed')} failure={failure} onRetry={() => void desk.queue.load()} /></div>;
  if (!isEmpty) return <QueueList />;
  if (filter === 'closed') return <EmptyState title={t('queue.emptyClosed')} />;
  return (
    <div className="flex flex-1 max-md:hidden">
      <EmptyState title={t('queue.empty')} body={t('queue.emptyBody')}><Button onClick={onGoImport}>{t('queue.goImport')}</Button></EmptyState>
    </div>
  );
}

function QueueFoot() {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const rows = useQueue((state) => state.rows);
  const since = rows.flatMap((row) => row.waitingSince ?? []);
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 border-t border-line px-3 text-meta text-ink-2 max-md:justify-center max-md:px-0">
      <span className="max-md:hidden">{t('queue.waiting', { count: since.length })}</span>
      {since.length > 0 && <span className="text-ink-3 max-md:hidden">· {t('queue.longest', { duration: formats.stopwatch(nowMs - Math.min(...since)) })}</span>}
      <span className="md:hidden" title={t('queue.waiting', { count: since.length })}>{since.length}</span>
    </div>
  );
}
