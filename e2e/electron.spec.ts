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
  expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, Object.keys((globalThis as { deskmate?: object }).deskmate ?? {}).toSorted()])).toEqual(['undefined', ['connect', 'pathForFile', 'pickFiles']]);
  await expect(page.locator('main').first()).toBeVisible();
  await app.close();
});
