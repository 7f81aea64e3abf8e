import { clsx } from 'clsx';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { SegmentChip } from '../../ui/segment-chip.tsx';
import { useDesk, useQueue } from './desk-context.tsx';
import { RiskShape } from './risk-shape.tsx';

/** Why a row stands where it stands, in one line. */
export function urgencyWords(row: ConversationSummary, nowMs: number, { t, formats }: Pick<Texts, 't' | 'formats'>): string {
  const words = row.urgencyReasons.map((reason) => {
    if (reason === 'waiting') return t('queue.reason.waiting', { duration: formats.duration(nowMs - (row.waitingSince ?? nowMs)) });
    if (reason === 'unread') return t('queue.reason.unread', { count: row.unreadCount });
    return t(`queue.reason.${reason}`);
  });
  return t('queue.why', { reasons: words.length > 0 ? words.join(' · ') : t('queue.reason.none') });
}

export function QueueRow({ row, index, count, top, height }: { row: ConversationSummary; index: number; count: number; top: number; height: number }) {
  const texts = useTexts();
  const desk = useDesk();
  const nowMs = useNow();
  const isOpen = useQueue((state) => state.openId === row.id);
  const isCursor = useQueue((state) => state.cursorId === row.id);
  const isWhyShown = useQueue((state) => state.whyId === row.id);
  const why = urgencyWords(row, nowMs, texts);
  return (
    // The list box around it takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the list that owns them takes the keys
    <div
      id={`queue-${row.id}`}
      role="option"
      aria-selected={isOpen}
      aria-setsize={count}
      aria-posinset={index + 1}
      title={why}
      onClick={() => { desk.queue.pointAt(row.id); void desk.open(row.id).then(() => desk.focusField()); }}
      className={clsx(
        'absolute inset-x-0 flex flex-col justify-center gap-0.5 border-b border-line px-3 max-md:items-center max-md:px-1',
        isOpen ? 'bg-accent-tint' : 'hover:bg-raised',
        isCursor && 'group-focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]',
        isOpen && 'shadow-[inset_3px_0_0_var(--accent)]',
      )}
      style={{ top, height }}
    >
      <RowHead row={row} nowMs={nowMs} />
      <RowNote row={row} why={isWhyShown ? why : null} />
    </div>
  );
}

function RowHead({ row, nowMs }: { row: ConversationSummary; nowMs: number }) {
  return (
    <>
      <div className="flex w-full min-w-0 items-center gap-1.5 max-md:justify-center">
        <UnreadDot count={row.unreadCount} />
        <span className={clsx('min-w-0 flex-1 truncate max-md:hidden', row.unreadCount > 0 && 'font-semibold')}>{row.customerName}</span>
        <span aria-hidden className="hidden max-md:inline">{row.customerName.slice(0, 1)}</span>
        {row.risk !== null && <span className="max-md:hidden"><RiskShape band={row.risk.band} /></span>}
        <span className="max-md:hidden"><WaitingTime row={row} nowMs={nowMs} /></span>
      </div>
      <div className="hidden h-5 items-center gap-1 max-md:flex">
        {row.risk !== null && <RiskShape band={row.risk.band} isWordHidden />}
        {row.waitingSince !== null && <WaitingTime row={row} nowMs={nowMs} />}
      </div>
    </>
  );
}

function RowNote({ row, why }: { row: ConversationSummary; why: string | null }) {
  const { t } = useTexts();
  return (
      <div className="flex w-full min-w-0 items-center gap-1.5 pl-3.5 max-md:hidden">
        <span className="min-w-0 flex-1 truncate text-meta text-ink-2">{why ?? <>{row.lastRole === 'rep' && t('queue.you')}{row.lastText}</>}</span>
        {row.hasDraft && <span className="shrink-0 text-meta text-accent">{t('queue.draft')}</span>}
        {row.tag !== null && why === null && <SegmentChip segment={row.tag.segment} isDisputed={row.tag.isDisputed} size="compact" />}
      </div>
  );
}

function UnreadDot({ count }: { count: number }) {
  const { t } = useTexts();
  return (
    <span className={clsx('size-2 shrink-0 rounded-full border', count > 0 ? 'border-accent bg-accent' : 'border-control')}>
      {count > 0 && <span className="sr-only">{t('queue.unread', { count })}</span>}
    </span>
  );
}

function WaitingTime({ row, nowMs }: { row: ConversationSummary; nowMs: number }) {
  const { t, formats } = useTexts();
  if (row.waitingSince === null) return <span className="text-meta text-ink-3" title={formats.dateTime(row.lastAt)}>{formats.relative(row.lastAt, nowMs)}</span>;
  const waitMs = nowMs - row.waitingSince;
  return (
    <span className={clsx('text-meta', waitMs >= 180_000 ? 'font-semibold text-ink' : 'text-ink-2')} title={t('queue.waitedFor', { duration: formats.duration(waitMs) })}>
      {formats.stopwatch(waitMs)}
    </span>
  );
}
