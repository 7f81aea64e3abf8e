import { z } from 'zod';

const pixels = z.int().min(-100_000).max(100_000);
/** Bounds as they were when not maximised, in screen points. */
export const savedWindowSchema = z.object({ x: pixels, y: pixels, width: z.int().positive().max(100_000), height: z.int().positive().max(100_000), isMaximised: z.boolean() });
export type SavedWindow = z.infer<typeof savedWindowSchema>;
export type Area = { x: number; y: number; width: number; height: number };

export const LEAST = { width: 1024, height: 640 };
const FIRST = { width: 1440, height: 900 };
/** So much of the title must be on a screen that the window can be taken and moved. */
const GRIP = { width: 200, height: 40 };

/**
 * Where the window opens: where it was, cut to its screen; without a saved place, or when its screen has gone, in the middle of `main`.
 * `screens` are the work areas of all displays.
 */
export function placeWindow(saved: SavedWindow | null, screens: readonly Area[], main: Area): Area & { isMaximised: boolean } {
  // cut first: a wide window may reach this screen only with the part that is cut away
  const kept = saved === null ? undefined : screens.map((screen) => ({ screen, place: cutTo(saved, screen) })).find(({ screen, place }) => isGrippable(place, screen));
  if (saved !== null && kept !== undefined) return { ...kept.place, isMaximised: saved.isMaximised };
  const wanted = saved ?? FIRST;
  const width = sideOf(wanted.width, main.width, LEAST.width);
  const height = sideOf(wanted.height, main.height, LEAST.height);
  return { x: main.x + Math.round(Math.max(0, main.width - width) / 2), y: main.y + Math.round(Math.max(0, main.height - height) / 2), width, height, isMaximised: saved?.isMaximised ?? false };
}

function sideOf(wanted: number, room: number, least: number): number {
  return Math.max(least, Math.min(wanted, room));
}

function isGrippable(place: Area, screen: Area): boolean {
  const left = Math.max(place.x, screen.x);
  const right = Math.min(place.x + place.width, screen.x + screen.width);
  return right - left >= GRIP.width && place.y >= screen.y && place.y + GRIP.height <= screen.y + screen.height;
}

function cutTo(place: Area, screen: Area): Area {
  return { x: place.x, y: place.y, width: sideOf(place.width, screen.width, LEAST.width), height: sideOf(place.height, screen.height, LEAST.height) };
}
