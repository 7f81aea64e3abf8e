type Colour = readonly [red: number, green: number, blue: number];
const ACCENT: Colour = [15, 118, 110];
const PAPER: Colour = [255, 255, 255];
const ALERT: Colour = [200, 30, 30];

/** `tray`: the desk's sign, with a dot when something is urgent; `overlay`: the dot alone, for the taskbar of Windows. */
export type IconKind = 'tray' | 'tray_urgent' | 'overlay';

/** Draws a square icon of `sizePx` as BGRA bytes, row by row: drawn, so that no picture file has to be found beside the program. */
export function drawIcon(kind: IconKind, sizePx: number): Buffer {
  const pixels = Buffer.alloc(sizePx * sizePx * 4);
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      const colour = colourAt(kind, (column + 0.5) / sizePx, (row + 0.5) / sizePx);
      if (colour !== null) pixels.set([colour[2], colour[1], colour[0], 255], (row * sizePx + column) * 4);
    }
  }
  return pixels;
}

/** `x` and `y` run from 0 to 1. */
function colourAt(kind: IconKind, x: number, y: number): Colour | null {
  if (kind === 'overlay') return Math.hypot(x - 0.5, y - 0.5) <= 0.45 ? ALERT : null;
  if (kind === 'tray_urgent') {
    const far = Math.hypot(x - 0.76, y - 0.24);
    if (far <= 0.22) return ALERT;
    if (far <= 0.3) return null;
  }
  if (!isInRounded(x, y)) return null;
  return isOnLine(x, y) ? PAPER : ACCENT;
}

/** Two lines of writing. */
function isOnLine(x: number, y: number): boolean {
  if (x <= 0.26) return false;
  return (x < 0.74 && y > 0.36 && y < 0.46) || (x < 0.6 && y > 0.56 && y < 0.66);
}

/** A square with round corners, its edge a tenth inside. */
function isInRounded(x: number, y: number): boolean {
  const [edge, round] = [0.06, 0.2];
  const dx = Math.max(0, edge + round - x, x - (1 - edge - round));
  const dy = Math.max(0, edge + round - y, y - (1 - edge - round));
  return Math.hypot(dx, dy) <= round;
}
