import { AlarmClock, Check } from 'lucide-react';
import { useEffect } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import type { QueueView } from './queue.store.ts';
import type { Agenda } from './work.store.ts';

const TITLES: Record<QueueView, TextKey> = { mine: 'queue.emptyMine', unassigned: 'queue.emptyUnassigned', all: 'queue.empty', snoozed: 'queue.emptySnoozed', closed: 'queue.emptyClosed' };

/** An empty list says why it is empty, and what comes next: promises that fall due, conversations that come back. */
export function QueueEmpty({ onGoImport }: { onGoImport: () => void }) {
  const desk = useDesk();
  const view = useQueue((state) => state.view);
  const isFiltered = useQueue((state) => Object.values(state.filters).some((value) => value !== undefined));
  const agenda = useWork((state) => state.agenda);
  useEffect(() => void desk.work.readAgenda(), [desk, view]);
  const isQueue = view !== 'closed' && view !== 'snoozed' && !isFiltered;
  const hasAgenda = isQueue && agenda !== null && agenda.promises.length + agenda.snoozed.length > 0;
  return (
    <div className="quiet-scroll flex min-h-0 flex-1 flex-col overflow-y-auto max-md:hidden">
      {isFiltered ? <NothingFiltered /> : <NothingHere view={view} hasAgenda={hasAgenda} onGoImport={onGoImport} />}
      {hasAgenda && <AgendaList agenda={agenda} />}
    </div>
  );
}

function NothingFiltered() {
  const { t } = useTexts();
  const desk = useDesk();
  return (
    <EmptyState title={t('queue.emptyFiltered')}>
      <Button onClick={() => desk.queue.setFilters({ labelId: undefined, band: undefined, channelKind: undefined })}>{t('queue.filter.clear')}</Button>
    </EmptyState>
  );
}

/** A shop where nothing is open, asleep or promised is told how to begin. */
function NothingHere({ view, hasAgenda, onGoImport }: { view: QueueView; hasAgenda: boolean; onGoImport: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const openCount = useQueue((state) => (state.counts === null ? 0 : state.counts.all + state.counts.snoozed));
  if (view === 'all' && openCount === 0 && !hasAgenda) return <EmptyState title={t('queue.empty')} body={t('queue.emptyBody')}><Button onClick={onGoImport}>{t('queue.goImport')}</Button></EmptyState>;
  if (view !== 'mine' && view !== 'unassigned') return <EmptyState title={t(TITLES[view])} />;
  return <EmptyState title={t(TITLES[view])}><Button onClick={() => desk.queue.setView('all')}>{t('queue.seeAll')}</Button></EmptyState>;
}

function AgendaList({ agenda }: { agenda: Agenda }) {
  const { t } = useTexts();
  return (
    <section aria-label={t('queue.agenda')} className="flex shrink-0 flex-col gap-3 border-t border-line px-3 py-3">
      {agenda.promises.length > 0 && (
        <div>
          <h3 className="pb-1 text-meta text-ink-3">{t('queue.agenda.promises')}</h3>
          <ul>{agenda.promises.map((promise) => <PromiseRow key={`${promise.messageId}${promise.quote}`} promise={promise} />)}</ul>
        </div>
      )}
      {agenda.snoozed.length > 0 && (
        <div>
          <h3 className="pb-1 text-meta text-ink-3">{t('queue.agenda.snoozed')}</h3>
          <ul>{agenda.snoozed.map((row) => <SnoozedRow key={row.conversationId} row={row} />)}</ul>
        </div>
      )}
    </section>
  );
}

function PromiseRow({ promise }: { promise: Agenda['promises'][number] }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const isOverdue = promise.dueAt < useNow();
  return (
    <li className="flex items-start gap-1 border-b border-line py-1.5 last:border-b-0">
      <OpenButton id={promise.conversationId} name={promise.customerName}>
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-semibold">{promise.customerName}</span>
          <span className={isOverdue ? 'shrink-0 text-meta font-semibold text-mid' : 'shrink-0 text-meta text-ink-2'} title={formats.dateTime(promise.dueAt)}>{isOverdue && '△ '}{t(isOverdue ? 'queue.agenda.overdue' : 'queue.agenda.due', { time: formats.clock(promise.dueAt) })}</span>
        </span>
        <span className="clamp-2 text-meta text-ink-2">{promise.quote}</span>
      </OpenButton>
      <IconButton label={t('queue.agenda.settle')} onClick={() => void desk.work.settlePromise(promise)}><Check size={16} aria-hidden /></IconButton>
    </li>
  );
}

function SnoozedRow({ row }: { row: Agenda['snoozed'][number] }) {
  const { formats } = useTexts();
  return (
    <li className="flex">
      <OpenButton id={row.conversationId} name={row.customerName}>
        <span className="flex h-7 items-center gap-2">
          <AlarmClock size={14} aria-hidden className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1 truncate">{row.customerName}</span>
          <span className="shrink-0 text-meta text-ink-2" title={formats.dateTime(row.until)}>{formats.clock(row.until)}</span>
        </span>
      </OpenButton>
    </li>
  );
}

function OpenButton({ id, name, children }: { id: ConversationId; name: string; children: React.ReactNode }) {
  const { t } = useTexts();
  const desk = useDesk();
  return (
    <button type="button" title={t('queue.agenda.open', { name })} onClick={() => void desk.open(id).then(() => desk.focusField())} className="ring-inside flex min-w-0 flex-1 flex-col rounded px-1 text-left hover:bg-raised">
      {children}
    </button>
  );
}
