import type { TextKey } from '../../../shared/i18n/texts.ts';

export type TourStep = { anchor: string; titleKey: TextKey; bodyKey: TextKey };

/** What the tour shows, in the order the eye meets it. `anchor` is the `data-tour` of the element it stands beside. */
export const TOUR_STEPS: readonly TourStep[] = [
  { anchor: 'queue', titleKey: 'tour.queue.title', bodyKey: 'tour.queue.body' },
  { anchor: 'suggestions', titleKey: 'tour.suggestions.title', bodyKey: 'tour.suggestions.body' },
  { anchor: 'warning', titleKey: 'tour.warning.title', bodyKey: 'tour.warning.body' },
  { anchor: 'reply', titleKey: 'tour.reply.title', bodyKey: 'tour.reply.body' },
  { anchor: 'customer', titleKey: 'tour.customer.title', bodyKey: 'tour.customer.body' },
  { anchor: 'search', titleKey: 'tour.search.title', bodyKey: 'tour.search.body' },
  { anchor: 'keys', titleKey: 'tour.keys.title', bodyKey: 'tour.keys.body' },
  { anchor: 'rep', titleKey: 'tour.rep.title', bodyKey: 'tour.rep.body' },
  { anchor: 'settings', titleKey: 'tour.settings.title', bodyKey: 'tour.settings.body' },
];

/** The element of a step when it is on screen and has a size. */
export function findAnchor(name: string): HTMLElement | null {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-tour="${name}"]`)].find((element) => element.getClientRects().length > 0);
  return found ?? null;
}

export type Box = { left: number; top: number; width: number; height: number };

const GAP = 12;
const MARGIN = 8;

/** Where the card stands: on the side of the element with room for it, wholly inside the window; without an element in the middle. */
export function cardPlace(anchor: Box | null, card: { width: number; height: number }, view: { width: number; height: number }): { left: number; top: number } {
  const fit = (value: number, size: number, limit: number): number => Math.max(MARGIN, Math.min(value, limit - size - MARGIN));
  if (anchor === null) return { left: fit((view.width - card.width) / 2, card.width, view.width), top: fit((view.height - card.height) / 2, card.height, view.height) };
  const right = anchor.left + anchor.width + GAP;
  const left = anchor.left - GAP - card.width;
  const above = anchor.top - GAP - card.height;
  const below = anchor.top + anchor.height + GAP;
  if (right + card.width + MARGIN <= view.width) return { left: fit(right, card.width, view.width), top: fit(anchor.top, card.height, view.height) };
  if (left >= MARGIN) return { left: fit(left, card.width, view.width), top: fit(anchor.top, card.height, view.height) };
  return { left: fit(anchor.left, card.width, view.width), top: fit(above >= MARGIN ? above : below, card.height, view.height) };
}
