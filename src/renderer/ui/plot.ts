/** The frame that every picture shares, in px, so that the points lie over what is drawn. */
export const PLOT = { height: 216, top: 12, right: 16, bottom: 28, axisWidth: 64, padding: 20 } as const;

/** Where the line of zero is drawn. */
export const PLOT_BASE = PLOT.height - PLOT.bottom;

/** What recharts is told of that frame; the label axis takes all of `bottom`. */
export const CHART_MARGIN = { top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 } as const;

/** 0–1 from the first value to the last; one value, or several alike, stand in the middle. */
export function placeBetween(value: number, from: number, to: number): number {
  return to > from ? (value - from) / (to - from) : 0.5;
}
