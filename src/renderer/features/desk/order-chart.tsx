import { ReferenceArea, ReferenceLine, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { AXIS_LINE, AXIS_TICK, CaseMark } from '../../ui/chart-parts.tsx';
import { CHART_MARGIN, PLOT, PLOT_BASE } from '../../ui/plot.ts';
import type { HistoryGap, HistoryMark } from './order-history.ts';

export type OrderChartProps = {
  marks: readonly HistoryMark[]; gaps: readonly HistoryGap[]; stepsAt: readonly number[]; ticks: readonly number[]; fromAt: number; toAt: number;
  monthOf: (at: number) => string; yuanOf: (fen: number) => string;
};
type ShapeProps = { cx?: number | undefined; cy?: number | undefined; payload?: HistoryMark | undefined };

/** Amount by time: a stem and circle for an order, a triangle for a case, years without an order on grey ground, dotted where the tag changed. */
export function OrderChart({ marks, gaps, stepsAt, ticks, fromAt, toAt, monthOf, yuanOf }: OrderChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={CHART_MARGIN} accessibilityLayer={false}>
        <XAxis type="number" dataKey="at" domain={[fromAt, toAt]} ticks={[...ticks]} tickFormatter={monthOf} padding={{ left: PLOT.padding, right: PLOT.padding }} height={PLOT.bottom} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={AXIS_LINE} />
        <YAxis type="number" dataKey="amountFen" domain={[0, 'auto']} width={PLOT.axisWidth} tickCount={4} tickFormatter={yuanOf} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={false} />
        {gaps.map((gap) => <ReferenceArea key={gap.fromAt} x1={gap.fromAt} x2={gap.toAt} fill="var(--raised)" fillOpacity={1} stroke="none" />)}
        {stepsAt.map((at) => <ReferenceLine key={at} x={at} stroke="var(--control)" strokeDasharray="2 3" />)}
        <Scatter data={[...marks]} isAnimationActive={false} shape={OrderMark} />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

function OrderMark({ cx = 0, cy = 0, payload }: ShapeProps) {
  if (payload?.kind === 'case') return <CaseMark cx={cx} cy={cy} isOpen={payload.afterSale.closedAt === null} />;
  return (
    <g>
      <line x1={cx} x2={cx} y1={cy} y2={PLOT_BASE} stroke="var(--control)" strokeWidth={1.5} />
      <circle cx={cx} cy={cy} r={4} fill="var(--accent)" />
    </g>
  );
}
