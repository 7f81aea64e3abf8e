import { useStore } from 'zustand';
import type { TodaySummary } from '../../../shared/contract/today.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { lazyChart } from '../../ui/lazy-chart.tsx';
import { PictureFrame } from '../../ui/picture-frame.tsx';
import { PlotPoints } from '../../ui/plot-points.tsx';
import { placeBetween } from '../../ui/plot.ts';
import { waitTicks } from './today-choices.ts';
import type { TodayStore } from './today.store.ts';

const ResponseChart = lazyChart(async () => (await import('./response-chart.tsx')).ResponseChart);
const HOUR_MS = 3_600_000;
const MOST_HOUR_TICKS = 12;

/** Response times by the hour; an hour chosen shows its conversations. */
export function ResponsePicture({ today, summary: { hours } }: { today: TodayStore; summary: TodaySummary }) {
  const { t, formats } = useTexts();
  const choice = useStore(today.store, (state) => state.choice);
  const [first, last] = [hours[0]?.startAt ?? 0, hours.at(-1)?.startAt ?? 0];
  const active = choice.kind === 'hour' ? Math.max(0, hours.findIndex(({ startAt }) => startAt === choice.startAt)) : hours.length - 1;
  const longest = Math.max(...hours.map(({ all }) => all.p90Ms ?? all.medianMs ?? 0));
  const span = (last - first) / HOUR_MS;
  const step = Math.max(1, Math.ceil(span / MOST_HOUR_TICKS)) * HOUR_MS;
  const xTicks = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
  const wait = (ms: number | null): string => (ms === null ? '—' : formats.duration(ms));
  const hourWords = (startAt: number): string => `${formats.clock(startAt)}–${formats.clock(startAt + HOUR_MS)}`;
  const rows = hours.map((hour) => ({ key: String(hour.startAt), cells: [hourWords(hour.startAt), formats.number(hour.all.count), wait(hour.all.medianMs), wait(hour.all.p90Ms), wait(hour.first.medianMs)] }));
  const points = hours.map(({ startAt, all }) => ({ key: String(startAt), place: placeBetween(startAt, first, last), label: t('today.hourPoint', { hour: hourWords(startAt), count: all.count, median: wait(all.medianMs) }) }));
  const choose = (index: number): void => {
    const hour = hours[index];
    if (hour !== undefined) today.choose({ kind: 'hour', startAt: hour.startAt });
  };
  return (
    <div className="rounded border border-line bg-surface p-3">
      <PictureFrame title={t('today.perHour')} note={t('today.perHourNote')} columns={[t('today.hour'), t('today.all'), t('today.median'), t('today.ninety'), t('today.firstMedian')]} rows={rows}>
        <ResponseChart hours={hours.map(({ startAt, all }) => ({ startAt, medianMs: all.medianMs ?? 0, p90Ms: all.p90Ms }))} fromAt={first} toAt={last} xTicks={xTicks} yTicks={waitTicks(longest)} hourOf={formats.clock} waitOf={formats.stopwatch} />
        <PlotPoints label={t('picture.points', { title: t('today.perHour') })} points={points} active={active} isActiveShown={choice.kind === 'hour'} onPick={choose} />
      </PictureFrame>
    </div>
  );
}
