import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { RiskBand } from '../../../shared/contract/risk.contract.ts';
import { AXIS_LINE, AXIS_TICK, BandMark } from '../../ui/chart-parts.tsx';
import { CHART_MARGIN, PLOT } from '../../ui/plot.ts';

export type RiskChartPoint = { turn: number; p: number; band: RiskBand };
type DotProps = { key?: unknown; cx?: number; cy?: number; payload?: RiskChartPoint };

/** The score over the turns, each with its band's shape. */
export function RiskChart({ points }: { points: readonly RiskChartPoint[] }) {
  const last = points.at(-1)?.turn ?? 1;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...points]} margin={CHART_MARGIN} accessibilityLayer={false}>
        <XAxis type="number" dataKey="turn" domain={[points[0]?.turn ?? 1, last]} padding={{ left: PLOT.padding, right: PLOT.padding }} height={PLOT.bottom} allowDecimals={false} tickCount={Math.min(points.length, 12)} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={false} />
        <YAxis domain={[0, 1]} ticks={[0, 0.5, 1]} width={PLOT.axisWidth} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={false} />
        <Line dataKey="p" stroke="var(--control)" strokeWidth={1.5} isAnimationActive={false} activeDot={false} dot={({ cx = 0, cy = 0, payload }: DotProps) => <BandMark key={payload?.turn} cx={cx} cy={cy} band={payload?.band ?? 'none'} />} />
      </LineChart>
    </ResponsiveContainer>
  );
}
