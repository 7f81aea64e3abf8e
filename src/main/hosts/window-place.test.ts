import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST, placeWindow, type Area } from './window-place.ts';

const main: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const left: Area = { x: -1280, y: 0, width: 1280, height: 1000 };

test('the first window stands in the middle; a saved one stands where it was', () => {
  expect(placeWindow(null, [main], main)).toEqual({ x: 240, y: 70, width: 1440, height: 900, isMaximised: false });
  expect(placeWindow({ x: -1200, y: 40, width: 1100, height: 800, isMaximised: true }, [main, left], main)).toEqual({ x: -1200, y: 40, width: 1100, height: 800, isMaximised: true });
});

test('when its screen has gone it comes to the middle of the main one, no larger than it', () => {
  expect(placeWindow({ x: -1200, y: 40, width: 1100, height: 800, isMaximised: false }, [main], main)).toEqual({ x: 410, y: 120, width: 1100, height: 800, isMaximised: false });
  expect(placeWindow({ x: 9000, y: 0, width: 5000, height: 3000, isMaximised: false }, [main], main)).toEqual({ x: 0, y: 0, width: 1920, height: 1040, isMaximised: false });
});

test('wherever it was, its title can be taken on some screen', () => {
  const side = fc.integer({ min: 1, max: 8000 });
  const place = fc.integer({ min: -9000, max: 9000 });
  expect.hasAssertions();
  fc.assert(fc.property(place, place, side, side, fc.boolean(), (x, y, width, height, isMaximised) => {
    const shown = placeWindow({ x, y, width, height, isMaximised }, [main, left], main);
    const isReached = [main, left].some((screen) => shown.y >= screen.y && shown.y < screen.y + screen.height && shown.x < screen.x + screen.width && shown.x + shown.width > screen.x);
    expect([isReached, shown.width >= LEAST.width, shown.height >= LEAST.height, shown.isMaximised]).toEqual([true, true, true, isMaximised]);
  }));
});
