import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fittedSize, FITTED, keepInside, turned, zoomAt } from './lightbox-view.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });
const view = fc.record({ scale: fc.double({ min: 1, max: 12, noNaN: true }), x: fc.integer({ min: -9000, max: 9000 }), y: fc.integer({ min: -9000, max: 9000 }), quarterTurns: fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3) });

test('fits, never enlarges, turns', () => {
  expect(fittedSize({ width: 4000, height: 1000 }, { width: 800, height: 600 }, 0)).toEqual({ width: 800, height: 200 });
  expect(fittedSize({ width: 4000, height: 1000 }, { width: 800, height: 600 }, 1)).toEqual({ width: 150, height: 600 });
  expect(fittedSize({ width: 20, height: 10 }, { width: 800, height: 600 }, 0)).toEqual({ width: 20, height: 10 });
  expect(turned(turned(turned(turned({ ...FITTED, scale: 3, x: 9 }))))).toEqual(FITTED);
});

test('the point under the pointer stays under it (property)', () => {
  const holds = fc.property(view, fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: -400, max: 400 }), fc.integer({ min: -300, max: 300 }), (before, factor, x, y) => {
    const after = zoomAt(before, factor, { x, y });
    const place = (one: typeof before): [number, number] => [(x - one.x) / one.scale, (y - one.y) / one.scale];
    const [[ax, ay], [bx, by]] = [place(after), place(before)];
    return Math.abs(ax - bx) < 1e-6 * Math.max(1, Math.abs(bx)) && Math.abs(ay - by) < 1e-6 * Math.max(1, Math.abs(by)) && after.scale >= 1 && after.scale <= 12;
  });
  expect(() => fc.assert(holds)).not.toThrow();
});

test('the image never leaves the box, and a small one stays in its middle (property)', () => {
  const holds = fc.property(view, size, size, (before, image, box) => {
    const { x, y, quarterTurns, scale } = keepInside(before, image, box);
    const { width, height } = fittedSize(image, box, quarterTurns);
    return Math.abs(x) <= Math.max(0, (width * scale - box.width) / 2) + 1e-6 && Math.abs(y) <= Math.max(0, (height * scale - box.height) / 2) + 1e-6;
  });
  expect(() => fc.assert(holds)).not.toThrow();
});
