import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { electronBinary } from '../scripts/electron-binary.mjs';
import { expect, test } from './fixtures.ts';

const root = path.join(import.meta.dirname, '..');
const binary = electronBinary(root);

test('the same page inside Electron, with its backend in a utility process', async () => {
  test.skip(binary === undefined, 'NOT RUN: the Electron window: no Electron binary on this machine (npx install-electron)');
  const storeDir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-electron-'));
  const app = await _electron.launch({ executablePath: binary ?? '', args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root], env: { ...process.env, DESKMATE_DATA: storeDir } });
  const page = await app.firstWindow();
  await expect(page).toHaveURL('app://deskmate/');
  expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, Object.keys((globalThis as { deskmate?: object }).deskmate ?? {}).toSorted()])).toEqual(['undefined', ['connect', 'desktop', 'pathForFile', 'pickFiles']]);
  await expect(page.locator('main').first()).toBeVisible();
  const ask = (call: string, input: unknown) => page.evaluate(([name, value]) => (globalThis as unknown as { deskmate: { desktop(name: unknown, value: unknown): Promise<unknown> } }).deskmate.desktop(name, value), [call, input] as const);
  expect(await ask('facts', {})).toMatchObject({ host: 'electron', prefs: { zoomPercent: 100, isSpellingOn: false }, features: { zoom: { state: 'full' }, windowState: { state: 'full' } } });
  await ask('setPrefs', { zoomPercent: 150 });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())).toBe(1.5);
  await expect(ask('setPrefs', { zoomPercent: 1000 })).rejects.toThrow();
  expect(await page.evaluate(async () => [await navigator.permissions.query({ name: 'notifications' }).then(({ state }) => state), await navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)])).toEqual(['denied', 'denied']);
  // a second start with a link wakes this window
  const id = '01J0000000000000000000000A';
  await app.evaluate(({ app: electron, BrowserWindow }, address) => {
    BrowserWindow.getAllWindows()[0]?.hide();
    electron.emit('second-instance', {}, ['deskmate', address]);
  }, `deskmate://conversation/${id}`);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await app.close();
});
