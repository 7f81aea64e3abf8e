import { placeholdersIn, type Placeholder } from './draft-marks.ts';

/** The next place still to be filled after the selection, or the one before it; null at either end. */
export function nextHole(text: string, selection: { start: number; end: number }, isBackwards: boolean): Placeholder | null {
  const holes = placeholdersIn(text);
  if (isBackwards) return holes.findLast(({ end }) => end <= selection.start) ?? null;
  return holes.find(({ start }) => start >= selection.end) ?? null;
}

/** Selects the next place still to be filled; false when there is none that way, so that Tab leaves the field as ever. */
export function walkHoles(field: HTMLTextAreaElement, isBackwards: boolean): boolean {
  const hole = nextHole(field.value, { start: field.selectionStart, end: field.selectionEnd }, isBackwards);
  if (hole === null) return false;
  field.setSelectionRange(hole.start, hole.end);
  return true;
}
