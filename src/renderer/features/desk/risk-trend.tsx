import type { RiskSignal } from '../../../shared/contract/risk.contract.ts';
import { useTexts } from '../../base/texts.tsx';

const WIDTH = 88;
const HEIGHT = 24;
const MOST_TURNS = 24;

/** Escalation over the last turns as a small line; the band's colour only at its end. */
export function RiskTrend({ signals }: { signals: readonly RiskSignal[] }) {
  const { t, formats } = useTexts();
  const points = signals.filter(({ kind }) => kind === 'escalation').slice(-MOST_TURNS);
  const last = points.at(-1);
  if (last === undefined || points.length < 2) return null;
  const place = (index: number, p: number): readonly [number, number] => [2 + (index / (points.length - 1)) * (WIDTH - 6), HEIGHT - 3 - p * (HEIGHT - 6)];
  const [endX, endY] = place(points.length - 1, last.p);
  const colour = { none: 'fill-ink-3', warn: 'fill-mid', alert: 'fill-high' }[last.band];
  return (
    <svg role="img" aria-label={t('warning.trend', { score: formats.decimal(last.p) })} width={WIDTH} height={HEIGHT} className="shrink-0 max-lg:hidden">
      <line x1={2} x2={WIDTH - 4} y1={HEIGHT - 3} y2={HEIGHT - 3} className="stroke-line" />
      <polyline points={points.map(({ p }, index) => place(index, p).join(',')).join(' ')} className="fill-none stroke-control" strokeWidth={1.5} />
      <circle cx={endX} cy={endY} r={2.5} className={colour} />
    </svg>
  );
}
