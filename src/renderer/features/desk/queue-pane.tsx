import { Search } from 'lucide-react';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { CommandKey } from '../../ui/command-key.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { useDesk, useQueue } from './desk-context.tsx';
import { QueueBulkBar } from './queue-bulk-bar.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { FilterChips, FilterMenu } from './queue-filters.tsx';
import { QueueList } from './queue-list.tsx';
import { QueueViews } from './queue-views.tsx';

/** The left column: search, views and filters, the queue, and how long people wait. */
export function QueuePane({ onSearch, onGoImport }: { onSearch: () => void; onGoImport: () => void }) {
  const { t } = useTexts();
  const kind = useQueue((state) => state.kind);
  return (
    <section data-tour="queue" aria-label={t('queue.title')} className="flex w-[264px] shrink-0 flex-col border-r border-line bg-surface max-md:w-16">
      <div className="flex flex-col gap-2 border-b border-line p-2">
        <div className="flex gap-1 max-md:flex-col max-md:items-center">
          <button type="button" onClick={onSearch} className="flex h-7 min-w-0 flex-1 items-center gap-2 rounded border border-control px-2 text-ink-3 hover:bg-raised max-md:w-full max-md:flex-none max-md:justify-center">
            <Search size={14} aria-hidden className="shrink-0" />
            <span className="min-w-0 flex-1 truncate text-left max-md:sr-only">{t('nav.search')}</span>
            <CommandKey commandId="app.search" className="max-md:hidden" />
          </button>
          <FilterMenu />
        </div>
        <QueueViews />
        <FilterChips />
      </div>
      {kind === 'loading' ? <div className="flex-1"><LoadingLines /></div> : <QueueBody onGoImport={onGoImport} />}
      <QueueFoot />
    </section>
  );
}

function QueueBody({ onGoImport }: { onGoImport: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const kind = useQueue((state) => state.kind);
  const failure = useQueue((state) => state.failure);
  const isEmpty = useQueue((state) => state.rows.length === 0);
  if (kind === 'failed' && failure !== null) return <div className="flex-1"><FailureNotice text={t('queue.failed')} failure={failure} onRetry={() => void desk.queue.load()} /></div>;
  return isEmpty ? <QueueEmpty onGoImport={onGoImport} /> : <QueueList />;
}

function QueueFoot() {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const rows = useQueue((state) => state.rows);
  const isSelecting = useQueue((state) => state.selectedIds.size > 0);
  const since = rows.flatMap((row) => row.waitingSince ?? []);
  if (isSelecting) return <QueueBulkBar />;
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 border-t border-line px-3 text-meta text-ink-2 max-md:justify-center max-md:px-0">
      <span className="max-md:hidden">{t('queue.waiting', { count: since.length })}</span>
      {since.length > 0 && <span className="text-ink-3 max-md:hidden">· {t('queue.longest', { duration: formats.stopwatch(nowMs - Math.min(...since)) })}</span>}
      <span className="md:hidden" title={t('queue.waiting', { count: since.length })}>{since.length}</span>
    </div>
  );
}
