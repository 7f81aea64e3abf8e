/** How an image stands in the box: `scale` 1 fits it into the box, `x` and `y` move its middle, in box pixels. */
export type ImageView = { scale: number; x: number; y: number; quarterTurns: 0 | 1 | 2 | 3 };
export type Size = { width: number; height: number };

export const FITTED: ImageView = { scale: 1, x: 0, y: 0, quarterTurns: 0 };
export const ZOOM_STEP = 1.25;
const MAX_SCALE = 12;

/** The image's size in the box at scale 1: fitted, never enlarged. */
export function fittedSize(image: Size, box: Size, quarterTurns: number): Size {
  const turned = quarterTurns % 2 === 1 ? { width: image.height, height: image.width } : image;
  const ratio = Math.min(1, box.width / turned.width, box.height / turned.height);
  return { width: turned.width * ratio, height: turned.height * ratio };
}

/** Zooms by a factor so that the point (from the middle of the box) stays where it is. Never smaller than fitted. */
export function zoomAt(view: ImageView, factor: number, point: { x: number; y: number }): ImageView {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  return { ...view, scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio };
}

/** Keeps the image from leaving the box; an image smaller than the box stays in its middle. */
export function keepInside(view: ImageView, image: Size, box: Size): ImageView {
  const fitted = fittedSize(image, box, view.quarterTurns);
  const reach = (size: number, room: number): number => Math.max(0, (size * view.scale - room) / 2);
  const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));
  return { ...view, x: clamp(view.x, reach(fitted.width, box.width)), y: clamp(view.y, reach(fitted.height, box.height)) };
}

/** A quarter turn to the right, fitted again. */
export function turned(view: ImageView): ImageView {
  return { ...FITTED, quarterTurns: ((view.quarterTurns + 1) % 4) as ImageView['quarterTurns'] };
}
