import { clsx } from 'clsx';
import { useRef, type KeyboardEvent } from 'react';
import { PLOT } from './plot.ts';

/** `place` 0–1 along the picture. */
export type PlotPoint = { key: string; place: number; label: string };
type PlotPointsProps = {
  label: string; points: readonly PlotPoint[]; active: number;
  /** False while no point is chosen: the first stop of the Tab key is then not marked. */
  isActiveShown?: boolean;
  /** The point looked at, by pointer or key; left out, only picking one tells. */
  onActive?: (index: number) => void;
  onPick: (index: number) => void;
};

const WIDEST = 44;
const STEPS: Readonly<Record<string, (active: number, last: number) => number>> = {
  ArrowRight: (active, last) => Math.min(last, active + 1), ArrowLeft: (active) => Math.max(0, active - 1), Home: () => 0, End: (_active, last) => last,
};

/** The points of a picture as buttons over it: one stop of the Tab key, arrows go from point to point, and pointing at one is enough to see it. */
export function PlotPoints({ label, points, active, isActiveShown = true, onActive, onPick }: PlotPointsProps) {
  const rowRef = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = step(active, points.length - 1);
    (onActive ?? onPick)(next);
    rowRef.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={rowRef} role="toolbar" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown} className="absolute" style={{ left: PLOT.axisWidth + PLOT.padding, right: PLOT.right + PLOT.padding, top: PLOT.top, bottom: PLOT.bottom }}>
      {points.map((point, index) => (
        <button
          key={point.key} type="button" aria-label={point.label} aria-pressed={isActiveShown && index === active} tabIndex={index === active ? 0 : -1}
          onFocus={() => onActive?.(index)} onMouseEnter={() => onActive?.(index)} onClick={() => onPick(index)}
          className={clsx('ring-inside absolute inset-y-0 rounded', isActiveShown && index === active ? 'bg-accent/10' : 'hover:bg-accent/10')}
          style={columnOf(points, index)}
        />
      ))}
    </div>
  );
}

/** Each column reaches half way to its neighbours and is at most a finger wide; the outer ones reach over the edge. */
function columnOf(points: readonly PlotPoint[], index: number): { left: string; width: string } {
  const place = points[index]?.place ?? 0;
  const gap = Math.min(1, ...[points[index - 1], points[index + 1]].flatMap((other) => (other === undefined ? [] : [Math.abs(other.place - place)])));
  const width = `clamp(6px, ${(gap * 100).toFixed(3)}%, ${WIDEST}px)`;
  return { left: `calc(${(place * 100).toFixed(3)}% - ${width} / 2)`, width };
}
