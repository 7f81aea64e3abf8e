import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDesktopFile } from './desktop-file.ts';
import { drawIcon } from './dot-icon.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-desktop-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const FIRST = { closeToTray: false, openAtLogin: false, isSpellingOn: false, zoomPercent: 100 };

test('what is changed is there next time, the rest stays', () => {
  const file = openDesktopFile(dir);
  expect([file.prefs(), file.window()]).toEqual([FIRST, null]);
  file.change({ zoomPercent: 125, closeToTray: undefined });
  file.saveWindow({ x: 1, y: 2, width: 1200, height: 800, isMaximised: true });
  const again = openDesktopFile(dir);
  expect([again.prefs(), again.window()]).toEqual([{ ...FIRST, zoomPercent: 125 }, { x: 1, y: 2, width: 1200, height: 800, isMaximised: true }]);
});

test.each(['', '{', '[]', '{"prefs":{"zoomPercent":3}}', '{"prefs":{},"window":{"x":1e99}}'])('a file that holds %j counts as none', (text) => {
  writeFileSync(path.join(dir, 'desktop.json'), text);
  const file = openDesktopFile(dir);
  expect([file.prefs(), file.window()]).toEqual([FIRST, null]);
});

test('a disk that takes nothing is told of and stops nothing', () => {
  const problems: unknown[] = [];
  const file = openDesktopFile(path.join(dir, 'gone'), (error) => problems.push(error));
  expect([file.change({ closeToTray: true }).closeToTray, problems.length]).toEqual([true, 1]);
  expect(existsSync(path.join(dir, 'gone'))).toBe(false);
});

test('icons are drawn whole: corners clear, the urgent dot red, the overlay a dot alone', () => {
  const pixel = (icon: Buffer, column: number, row: number) => [...icon.subarray((row * 32 + column) * 4, (row * 32 + column) * 4 + 4)];
  const [plain, urgent, overlay] = [drawIcon('tray', 32), drawIcon('tray_urgent', 32), drawIcon('overlay', 32)];
  expect([plain.length, pixel(plain, 0, 0), pixel(plain, 24, 7), pixel(urgent, 24, 7), pixel(overlay, 16, 16), pixel(overlay, 0, 0)]).toEqual([
    4096, [0, 0, 0, 0], [110, 118, 15, 255], [30, 30, 200, 255], [30, 30, 200, 255], [0, 0, 0, 0],
  ]);
});
