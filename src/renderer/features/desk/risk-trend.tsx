import { ChartLine } from 'lucide-react';
import { useState } from 'react';
import type { RiskSignal } from '../../../shared/contract/risk.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useOpen } from './desk-context.tsx';
import { RiskPicture, riskTurns } from './risk-picture.tsx';

const WIDTH = 88;
const HEIGHT = 24;
const MOST_TURNS = 24;

/** Escalation over the last turns as a small line, which opens the whole picture; the band's colour only at its end. */
export function RiskTrend({ signals }: { signals: readonly RiskSignal[] }) {
  const { t, formats } = useTexts();
  const messages = useOpen((open) => open.messages);
  const [isOpen, setIsOpen] = useState(false);
  const points = signals.filter(({ kind }) => kind === 'escalation').slice(-MOST_TURNS);
  const last = points.at(-1);
  // one point is no course
  if (last === undefined || points.length < 2) return null;
  const label = t('trend.open', { score: formats.decimal(last.p) });
  return (
    <>
      <button id="risk-trend" type="button" aria-label={label} title={label} onClick={() => setIsOpen(true)} className="flex h-7 min-w-7 shrink-0 items-center justify-center rounded px-0.5 text-ink-2 hover:bg-raised">
        <TrendLine points={points} />
        <ChartLine size={16} aria-hidden className="lg:hidden" />
      </button>
      {isOpen && <RiskPicture turns={riskTurns(signals, messages ?? [])} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function TrendLine({ points }: { points: readonly RiskSignal[] }) {
  const place = (index: number, p: number): readonly [number, number] => [2 + (index / (points.length - 1)) * (WIDTH - 6), HEIGHT - 3 - p * (HEIGHT - 6)];
  const last = points.at(-1);
  const [endX, endY] = place(points.length - 1, last?.p ?? 0);
  const colour = { none: 'fill-ink-3', warn: 'fill-mid', alert: 'fill-high' }[last?.band ?? 'none'];
  return (
    <svg aria-hidden width={WIDTH} height={HEIGHT} className="max-lg:hidden">
      <line x1={2} x2={WIDTH - 4} y1={HEIGHT - 3} y2={HEIGHT - 3} className="stroke-line" />
      <polyline points={points.map(({ p }, index) => place(index, p).join(',')).join(' ')} className="fill-none stroke-control" strokeWidth={1.5} />
      <circle cx={endX} cy={endY} r={2.5} className={colour} />
    </svg>
  );
}
