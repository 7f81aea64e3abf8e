import { useEffect, useState } from 'react';
import type { SegmentStep } from '../../../shared/contract/customer-history.contract.ts';
import type { CustomerCard } from '../../../shared/contract/customer.contract.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { lazyChart } from '../../ui/lazy-chart.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { PictureFrame } from '../../ui/picture-frame.tsx';
import { PlotPoints } from '../../ui/plot-points.tsx';
import { placeBetween } from '../../ui/plot.ts';
import { SegmentChip } from '../../ui/segment-chip.tsx';
import { useDesk } from './desk-context.tsx';
import { historyGaps, historyMarks, timeTicks, type HistoryMark } from './order-history.ts';

const OrderChart = lazyChart(async () => (await import('./order-chart.tsx')).OrderChart);
const DAY_MS = 86_400_000;
type Steps = { kind: 'loading' } | { kind: 'ready'; steps: readonly SegmentStep[] | null };

/** The customer's orders and cases over the years in a dialog, with how the loyalty tag changed. */
export function OrderPicture({ card, onClose }: { card: CustomerCard; onClose: () => void }) {
  const { t } = useTexts();
  const marks = historyMarks(card);
  return (
    <Overlay title={t('history.title')} onClose={onClose} className="w-[min(760px,calc(100vw-32px))]">
      <div className="quiet-scroll flex flex-col gap-3 overflow-y-auto p-4">
        {marks.length === 0 ? <p className="py-6 text-center text-ink-2">{t('history.empty')}</p> : <Drawn card={card} marks={marks} />}
      </div>
    </Overlay>
  );
}

function Drawn({ card, marks }: { card: CustomerCard; marks: readonly HistoryMark[] }) {
  const texts = useTexts();
  const { t, formats } = texts;
  // the end of the picture stays where it was when it was opened
  const now = useNow();
  const [nowMs] = useState(now);
  const [active, setActive] = useState(marks.length - 1);
  const steps = useSteps(card);
  const fromAt = marks[0]?.at ?? nowMs;
  const gaps = historyGaps(marks, nowMs);
  const stepsAt = steps.kind === 'ready' ? (steps.steps ?? []).map(({ at }) => at).filter((at) => at > fromAt && at < nowMs) : [];
  const points = marks.map((mark) => ({ key: mark.key, place: placeBetween(mark.at, fromAt, nowMs), label: t('history.point', markWords(mark, texts)) }));
  const rows = marks.map((mark) => {
    const { date, kind, what, amount } = markWords(mark, texts);
    return { key: mark.key, cells: [date, kind, what, amount] };
  });
  const shown = marks[Math.min(active, marks.length - 1)];
  return (
    <>
      <PictureFrame title={t('history.title')} isTitleHidden note={card.orders.length < card.orderCount ? `${t('history.note')} ${t('history.limited')}` : t('history.note')} columns={[t('trend.time'), t('history.kind'), t('history.what'), t('history.amount')]} rows={rows}>
        <OrderChart marks={marks} gaps={gaps} stepsAt={stepsAt} ticks={timeTicks(fromAt, nowMs)} fromAt={fromAt} toAt={nowMs} monthOf={(at) => formats.date(at + DAY_MS).slice(0, 7)} yuanOf={(fen) => `¥${formats.number(fen / 100)}`} />
        <PlotPoints label={t('picture.points', { title: t('history.title') })} points={points} active={active} onActive={setActive} onPick={setActive} />
      </PictureFrame>
      {shown !== undefined && <MarkWords mark={shown} />}
      {gaps.length > 0 && <p className="text-ink-2">{gaps.map(({ fromAt: from, toAt, months }) => `${formats.date(from)} – ${formats.date(toAt)} ${t('history.gap', { months })}`).join(' · ')}</p>}
      {steps.kind === 'ready' && <StepList steps={steps.steps} />}
    </>
  );
}

function useSteps({ id }: CustomerCard): Steps {
  const desk = useDesk();
  const [steps, setSteps] = useState<Steps>({ kind: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    // the orders are drawn all the same: without an answer only the steps are left out
    void desk.segmentSteps(id).then((found) => { if (isCurrent) setSteps({ kind: 'ready', steps: found }); }, () => { if (isCurrent) setSteps({ kind: 'ready', steps: [] }); });
    return () => { isCurrent = false; };
  }, [desk, id]);
  return steps;
}

/** Two lines are kept free, so that going from point to point moves nothing. */
function MarkWords({ mark }: { mark: HistoryMark }) {
  const texts = useTexts();
  const { date, kind, what, amount } = markWords(mark, texts);
  return (
    <div className="flex min-h-14 flex-col rounded border border-line bg-raised px-3 py-2">
      <span className="flex flex-wrap gap-x-3 text-meta text-ink-2"><span>{date}</span><span>{kind}</span><span className="font-semibold text-ink">{amount}</span></span>
      <span className="break-words">{what}</span>
    </div>
  );
}

function StepList({ steps }: { steps: readonly SegmentStep[] | null }) {
  const { t, formats } = useTexts();
  if (steps?.length === 0) return null;
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-semibold">{t('history.steps')}</h3>
      <p className="text-meta text-ink-3">{steps === null ? t('history.noSteps') : t('history.stepsNote')}</p>
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        {steps?.map(({ at, segment }, index) => (
          <li key={at} className="flex items-center gap-1.5 text-meta text-ink-2">{index > 0 && <span aria-hidden>→</span>}{formats.date(at)}<SegmentChip segment={segment} size="compact" /></li>
        ))}
      </ol>
    </section>
  );
}

function markWords(mark: HistoryMark, { t, formats }: Pick<Texts, 't' | 'formats'>): { date: string; kind: string; what: string; amount: string } {
  const date = formats.date(mark.at);
  if (mark.kind === 'order') return { date, kind: t('history.order'), what: mark.order.items.map(({ title, size, colour }) => [title, size, colour].filter(Boolean).join(' ')).join(' · ') || mark.order.externalId, amount: formats.money(mark.amountFen) };
  const { afterSale } = mark;
  const state = afterSale.closedAt === null ? t('customer.openCase') : t('customer.closedCase');
  return { date, kind: t('history.afterSale'), what: [afterSale.type, afterSale.reason, state].filter(Boolean).join(' · '), amount: afterSale.amountFen === null ? '—' : formats.money(afterSale.amountFen) };
}
