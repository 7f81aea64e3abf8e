import { ComposedChart, ResponsiveContainer, Scatter, XAxis, YAxis } from 'recharts';
import { AXIS_LINE, AXIS_TICK } from '../../ui/chart-parts.tsx';
import { CHART_MARGIN, PLOT, PLOT_BASE } from '../../ui/plot.ts';

export type ResponseHour = { startAt: number; medianMs: number; p90Ms: number | null };
type ResponseChartProps = { hours: readonly ResponseHour[]; fromAt: number; toAt: number; xTicks: readonly number[]; yTicks: readonly number[]; hourOf: (at: number) => string; waitOf: (ms: number) => string };
type ShapeProps = { cx?: number | undefined; cy?: number | undefined; payload?: ResponseHour | undefined };

const HALF_BAR = 8;

/** Per hour a bar up to the median, and a line where nine in ten are answered. */
export function ResponseChart({ hours, fromAt, toAt, xTicks, yTicks, hourOf, waitOf }: ResponseChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...hours]} margin={CHART_MARGIN} accessibilityLayer={false}>
        <XAxis type="number" dataKey="startAt" domain={[fromAt, toAt]} ticks={[...xTicks]} tickFormatter={hourOf} padding={{ left: PLOT.padding, right: PLOT.padding }} height={PLOT.bottom} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={false} />
        <YAxis type="number" domain={[0, yTicks.at(-1) ?? 1]} ticks={[...yTicks]} tickFormatter={waitOf} width={PLOT.axisWidth} tick={AXIS_TICK} axisLine={AXIS_LINE} tickLine={false} />
        <Scatter dataKey="medianMs" isAnimationActive={false} shape={MedianBar} />
        <Scatter dataKey="p90Ms" isAnimationActive={false} shape={NinetyLine} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function MedianBar({ cx = 0, cy = 0 }: ShapeProps) {
  return <rect x={cx - HALF_BAR} y={Math.min(cy, PLOT_BASE - 1)} width={HALF_BAR * 2} height={Math.max(1, PLOT_BASE - cy)} fill="var(--accent)" />;
}

function NinetyLine({ cx = 0, cy = 0, payload }: ShapeProps) {
  if (payload?.p90Ms === null) return <g />;
  return <path d={`M${cx - HALF_BAR},${cy}H${cx + HALF_BAR}M${cx},${cy}V${PLOT_BASE}`} stroke="var(--ink-2)" strokeWidth={1.5} fill="none" />;
}
