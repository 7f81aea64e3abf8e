import { clsx } from 'clsx';
import { AlarmClock, Check, UserRound, UserRoundCheck } from 'lucide-react';
import type { ConversationSummary, UrgencyReason } from '../../../shared/contract/conversation.contract.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { SegmentChip } from '../../ui/segment-chip.tsx';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import { LabelMark } from './label-mark.tsx';
import { RiskShape } from './risk-shape.tsx';

const ROW_PX = 54;
const MARKED_ROW_PX = 76;

type Wording = Pick<Texts, 't' | 'formats'>;

function reasonWords(row: ConversationSummary, reason: UrgencyReason, nowMs: number, { t, formats }: Wording): string {
  if (reason === 'waiting') return t('queue.reason.waiting', { duration: formats.duration(nowMs - (row.waitingSince ?? nowMs)) });
  if (reason === 'unread') return t('queue.reason.unread', { count: row.unreadCount });
  if (reason === 'snooze_due') return t('queue.reason.snooze_due', { time: formats.clock(row.wokenAt ?? nowMs) });
  return t(`queue.reason.${reason}`);
}

/** Why a row stands where it stands, in one line: every part that counts with its size; their sum is what the queue is sorted by. */
export function urgencyWords(row: ConversationSummary, nowMs: number, isHeld: boolean, texts: Wording): string {
  const { t, formats } = texts;
  if (row.snoozedUntil !== null) return t('queue.snoozedUntil', { time: formats.dateTime(row.snoozedUntil) });
  if (row.state === 'closed' || row.urgencyReasons.length === 0) return t('queue.why', { reasons: [t('queue.reason.none'), ...(isHeld ? [t('queue.reason.held')] : [])].join(' · ') });
  const parts = row.urgencyReasons.map((reason, index) => `${reasonWords(row, reason, nowMs, texts)} +${(row.urgencyParts[index] ?? 0).toFixed(1)}`);
  return t('queue.whySum', { sum: row.urgency.toFixed(1), reasons: [...parts, ...(isHeld ? [t('queue.reason.held')] : [])].join(' · ') });
}

/** Whether a row has a third line: labels, whose it is, snooze, handover. */
function hasMarks(row: ConversationSummary, meId: string | null): boolean {
  return row.labels.length > 0 || row.snoozedUntil !== null || row.wokenAt !== null || row.handedOverAt !== null || (row.rep !== null && row.rep.id !== meId);
}

/** `isWhy`: its reasons are shown, which take the room of a third line too. */
export function rowHeight(row: ConversationSummary, meId: string | null, isWhy: boolean): number {
  return isWhy || hasMarks(row, meId) ? MARKED_ROW_PX : ROW_PX;
}

export function QueueRow({ row, index, count, top, height }: { row: ConversationSummary; index: number; count: number; top: number; height: number }) {
  const texts = useTexts();
  const desk = useDesk();
  const nowMs = useNow();
  const isOpen = useQueue((state) => state.openId === row.id);
  const isCursor = useQueue((state) => state.cursorId === row.id);
  const isWhyShown = useQueue((state) => state.whyId === row.id);
  const isSelected = useQueue((state) => state.selectedIds.has(row.id));
  const isSelecting = useQueue((state) => state.selectedIds.size > 0);
  const isHeld = useQueue((state) => state.heldIds.has(row.id));
  const why = urgencyWords(row, nowMs, isHeld, texts);
  const onClick = (event: React.MouseEvent): void => {
    if (event.shiftKey) return desk.queue.selectTo(row.id);
    desk.queue.pointAt(row.id);
    if (event.ctrlKey || event.metaKey) return desk.queue.toggleSelected(row.id);
    void desk.open(row.id).then(() => desk.focusField());
  };
  return (
    // The list box around it takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the list that owns them takes the keys
    <div
      id={`queue-${row.id}`}
      role="option"
      aria-selected={isSelecting ? isSelected : isOpen}
      aria-current={isOpen ? 'true' : undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      title={why}
      onClick={onClick}
      className={clsx(
        'absolute inset-x-0 flex flex-col justify-center gap-0.5 border-b border-line px-3 max-md:items-center max-md:px-1',
        isOpen ? 'bg-accent-tint' : isSelected ? 'bg-raised' : 'hover:bg-raised',
        isCursor && 'group-focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]',
        isOpen && 'shadow-[inset_3px_0_0_var(--accent)]',
      )}
      style={{ top, height }}
    >
      <RowHead row={row} nowMs={nowMs} isSelected={isSelected} />
      <RowNote row={row} why={isWhyShown ? why : null} isMarked={height > ROW_PX} />
    </div>
  );
}

function RowHead({ row, nowMs, isSelected }: { row: ConversationSummary; nowMs: number; isSelected: boolean }) {
  return (
    <>
      <div className="flex w-full min-w-0 items-center gap-1.5 max-md:justify-center">
        {isSelected ? <SelectedTick /> : <UnreadDot count={row.unreadCount} />}
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

function RowNote({ row, why, isMarked }: { row: ConversationSummary; why: string | null; isMarked: boolean }) {
  const { t } = useTexts();
  // the reasons take the place of what else the row says
  if (why !== null) return <p className="line-clamp-3 w-full pl-3.5 text-meta leading-4 text-ink-2 max-md:hidden">{why}</p>;
  return (
    <>
      <div className="flex w-full min-w-0 items-center gap-1.5 pl-3.5 max-md:hidden">
        <span className="min-w-0 flex-1 truncate text-meta text-ink-2">{row.lastRole === 'rep' && t('queue.you')}{row.lastText === '' && row.lastFileKind !== undefined ? `[${t(`attach.${row.lastFileKind}`)}]` : row.lastText}</span>
        {row.hasDraft && <span className="shrink-0 text-meta text-accent">{t('queue.draft')}</span>}
        {row.tag !== null && <SegmentChip segment={row.tag.segment} isDisputed={row.tag.isDisputed} size="compact" />}
      </div>
      {isMarked && <RowMarks row={row} />}
    </>
  );
}

function RowMarks({ row }: { row: ConversationSummary }) {
  const { t } = useTexts();
  const meId = useWork((state) => state.setup?.meId ?? null);
  return (
    <div className="flex w-full min-w-0 items-center gap-1 overflow-hidden pl-3.5 max-md:hidden">
      <HandoverMark row={row} meId={meId} />
      <SnoozeMark row={row} />
      {row.rep !== null && row.rep.id !== meId && (
        <span className="inline-flex h-5 min-w-0 items-center gap-1 text-meta text-ink-2" title={t('queue.owner', { name: row.rep.name || t('assign.unnamed') })}>
          <UserRound size={12} aria-hidden className="shrink-0" /><span className="truncate">{row.rep.name || t('assign.unnamed')}</span>
        </span>
      )}
      {row.labels.map((label) => <LabelMark key={label.id} label={label} className="max-w-24" />)}
    </div>
  );
}

export function HandoverMark({ row, meId }: { row: ConversationSummary; meId: string | null }) {
  const { t } = useTexts();
  if (row.handedOverAt === null) return null;
  return (
    <span className="inline-flex h-5 shrink-0 items-center gap-1 rounded bg-accent-tint px-1.5 text-meta font-semibold text-accent">
      <UserRoundCheck size={12} aria-hidden />{t(row.rep?.id === meId ? 'queue.handedToYou' : 'queue.handedOver')}
    </span>
  );
}

export function SnoozeMark({ row }: { row: ConversationSummary }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  if (row.snoozedUntil !== null) {
    return <span className="inline-flex h-5 shrink-0 items-center gap-1 text-meta text-ink-2" title={formats.dateTime(row.snoozedUntil)}><AlarmClock size={12} aria-hidden />{t('queue.snoozedUntil', { time: formats.dateTime(row.snoozedUntil).slice(5) })}</span>;
  }
  if (row.wokenAt === null) return null;
  const isJustNow = nowMs - row.wokenAt < 60_000;
  return (
    <span className="inline-flex h-5 shrink-0 items-center gap-1 rounded bg-info-tint px-1.5 text-meta text-info" title={formats.dateTime(row.wokenAt)}>
      <AlarmClock size={12} aria-hidden />{isJustNow ? t('queue.woken') : t('queue.wokenAt', { time: formats.clock(row.wokenAt) })}
    </span>
  );
}

function SelectedTick() {
  const { t } = useTexts();
  return (
    <span className="-ml-0.5 inline-flex size-3.5 shrink-0 items-center justify-center rounded bg-accent text-on-accent">
      <Check size={11} aria-hidden /><span className="sr-only">{t('queue.selected')}</span>
    </span>
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
