import type { RiskBand } from '../../shared/contract/risk.contract.ts';

export const AXIS_TICK = { fill: 'var(--ink-3)', fontSize: 12 } as const;
export const AXIS_LINE = { stroke: 'var(--line)' } as const;

type MarkProps = { cx: number; cy: number };
const triangle = ({ cx, cy }: MarkProps, size: number): string => `M${cx},${cy - size}L${cx + size},${cy + size * 0.8}L${cx - size},${cy + size * 0.8}Z`;

/** The band's shape and colour: a circle while calm, an empty triangle to watch, a full one when it may escalate. */
export function BandMark({ band, ...at }: MarkProps & { band: RiskBand }) {
  if (band === 'none') return <circle cx={at.cx} cy={at.cy} r={3.5} fill="var(--ink-3)" />;
  return <path d={triangle(at, 6)} stroke={band === 'warn' ? 'var(--mid)' : 'var(--high)'} strokeWidth={1.5} fill={band === 'warn' ? 'var(--surface)' : 'var(--high)'} />;
}

/** An after-sales case: empty while it is open. */
export function CaseMark({ isOpen, ...at }: MarkProps & { isOpen: boolean }) {
  return <path d={triangle(at, 6)} stroke="var(--mid)" strokeWidth={1.5} fill={isOpen ? 'var(--surface)' : 'var(--mid)'} />;
}
