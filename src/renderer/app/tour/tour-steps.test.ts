import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardPlace, TOUR_STEPS } from './tour-steps.ts';

const VIEW = { width: 1280, height: 800 };
const CARD = { width: 320, height: 160 };

describe('where the card stands', () => {
  test.each([
    ['beside the queue, at its right', { left: 84, top: 0, width: 264, height: 800 }, { left: 360, top: 8 }],
    ['beside the customer, at its left', { left: 968, top: 0, width: 312, height: 800 }, { left: 636, top: 8 }],
    ['above a wide line at the foot', { left: 348, top: 640, width: 932, height: 120 }, { left: 16, top: 632 }],
    ['in the middle without an element', null, { left: 480, top: 320 }],
  ])('%s', (_, anchor, expected) => expect(cardPlace(anchor, CARD, VIEW)).toEqual(expected));

  test('is always wholly inside the window', () => {
    const box = fc.record({ left: fc.integer({ min: -500, max: 3000 }), top: fc.integer({ min: -500, max: 3000 }), width: fc.integer({ min: 0, max: 3000 }), height: fc.integer({ min: 0, max: 3000 }) });
    fc.assert(fc.property(fc.option(box), fc.integer({ min: 400, max: 3840 }), fc.integer({ min: 300, max: 2160 }), (anchor, width, height) => {
      const { left, top } = cardPlace(anchor, CARD, { width, height });
      expect([left >= 8, top >= 8, left + CARD.width <= width - 8, top + CARD.height <= height - 8]).toEqual([true, true, true, true]);
    }));
  });

  test('has seven to nine steps, each of its own', () => {
    expect(TOUR_STEPS.length).toBeGreaterThanOrEqual(7);
    expect(TOUR_STEPS.length).toBeLessThanOrEqual(9);
    expect(new Set(TOUR_STEPS.map(({ anchor }) => anchor)).size).toBe(TOUR_STEPS.length);
  });
});
