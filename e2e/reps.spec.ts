import type { Page } from '@playwright/test';
import { axeProblems } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

const look = (page: Page, name: string) => page.screenshot({ path: `test-results/reps-${name}.png` });

test.use({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });

test('a second rep, a PIN, the lock, the sign-in and what is written down of it', async ({ page, host }) => {
  await page.goto(host.url);
  const settings = page.getByRole('navigation', { name: '主导航' }).getByRole('button', { name: '设置' });
  const settingsPage = (name: string) => page.getByRole('navigation', { name: '设置的各页' }).getByRole('button', { name, exact: true }).click();
  await settings.click();
  await page.getByLabel('客服名').fill('店长');
  await page.getByRole('button', { name: '设 PIN' }).click();
  await page.getByLabel('新 PIN').fill('2468');
  await page.getByLabel('再输一次').fill('2468');
  await page.keyboard.press('Enter');
  await expect(page.getByText('已设 PIN')).toBeVisible();
  await look(page, 'me');
  expect(await axeProblems(page)).toEqual([]);

  await settingsPage('客服');
  await page.getByRole('button', { name: '添加客服' }).click();
  await page.getByLabel('名字').fill('小周');
  await look(page, 'form');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('button', { name: /^修改 ?小周/ })).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible();
  await expect(page.getByText('小周')).toHaveCount(0);
  await look(page, 'lock');
  expect(await axeProblems(page)).toEqual([]);
  await page.reload();
  await page.getByLabel('店长 的 PIN').fill('1111');
  await page.keyboard.press('Enter');
  await expect(page.getByText('不对，没有打开。请再试。')).toBeVisible();
  await expect(page.getByLabel('店长 的 PIN')).toBeFocused();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();

  await page.getByRole('button', { name: /店长.*账号/ }).click();
  await look(page, 'menu');
  expect(await axeProblems(page, true)).toEqual([]);
  await page.getByRole('menuitem', { name: '换人登录' }).click();
  await expect(page.getByRole('combobox', { name: '输入名字查找' })).toBeFocused();
  await look(page, 'sign-in');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.type('小');
  await page.keyboard.press('Enter');
  await settings.click();
  await settingsPage('客服');
  await expect(page.getByRole('note')).toHaveText('管理客服：只有管理员可以。你的角色是客服。');
  await look(page, 'rep-rights');
  expect(await axeProblems(page)).toEqual([]);

  await page.getByRole('button', { name: /小周.*账号/ }).click();
  await page.getByRole('menuitem', { name: '换人登录' }).click();
  await expect(page.getByRole('combobox', { name: '输入名字查找' })).toBeFocused();
  await page.keyboard.type('店长');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('店长 的 PIN')).toBeFocused();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  await settings.click();
  await settingsPage('审计');
  await expect(page.getByRole('cell', { name: '锁定屏幕' })).toBeVisible();
  await look(page, 'audit');
  expect(await axeProblems(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^deskmate-audit-.*\.csv$/);
});
