import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp, page as view } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { missing, partly, type DesktopFacts } from '../../../shared/desktop-bridge.ts';
import { createFakeDesktop, SAMPLE_FACTS } from '../../testing/fake-desktop.ts';
import { createFakeBackend } from '../../testing/fake-backend.ts';
import { samplePage } from '../../testing/render-page.tsx';
import { sampleConversations } from '../../testing/sample-shop.ts';
import '../../style.css';

beforeEach(() => view.viewport(1280, 1500));
afterEach(() => cleanup());

const inBrowser: Partial<DesktopFacts> = {
  host: 'loopback',
  features: { ...SAMPLE_FACTS.features, tray: missing('browser_window'), badge: partly('title_instead'), notifications: partly('permission_needed'), windowState: missing('browser_window'), zoom: partly('browser_zoom'), spelling: partly('browser_spelling'), links: partly('hash_link'), openAtLogin: missing('browser_window'), folders: partly('path_only') },
};

test.each([['zh-Hans', 'light', {}], ['en', 'dark', inBrowser], ['en', 'light', {}], ['zh-Hans', 'dark', inBrowser]] as const)('the settings page stands in %s, %s, without a sideways scroll', async (language, theme, facts) => {
  const { settings } = createFakeBackend().state;
  const { page, element } = samplePage({ settings: { ...settings, language, theme, notices: { ...settings.notices, quietHours: { fromMinute: 1260, toMinute: 540 } } } }, createFakeDesktop(facts).desktop);
  await render(element);
  await expect.element(view.getByRole('navigation').first()).toBeVisible();
  page.app.openSettings('desktop');
  await expect.element(view.getByRole('table')).toBeVisible();
  const scroll = document.querySelector('[role=group].overflow-y-auto');
  expect([scroll !== null, (scroll?.scrollWidth ?? 0) <= (scroll?.clientWidth ?? 0)]).toEqual([true, true]);
});

test('on paper the conversation stands alone, black on white, also from the dark theme', async () => {
  const { settings } = createFakeBackend().state;
  const stopPrinting = window.print;
  window.print = () => {};
  const { page, element } = samplePage({ settings: { ...settings, theme: 'dark' } }, createFakeDesktop().desktop);
  await render(element);
  await expect.element(view.getByRole('navigation').first()).toBeVisible();
  await page.print.conversation(sampleConversations()[0]!.id);
  const sheet = view.getByTestId('print-page');
  await expect.element(sheet).toBeInTheDocument();
  await expect.element(sheet).not.toBeVisible();
  await (cdp() as { send(name: string, values: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', { media: 'print' });
  await expect.element(sheet).toBeVisible();
  expect(getComputedStyle(sheet.element()).color).toBe('rgb(0, 0, 0)');
  expect([...document.body.children].filter((child) => getComputedStyle(child).display !== 'none' && child !== sheet.element()).map(({ tagName }) => tagName)).toEqual([]);
  await (cdp() as { send(name: string, values: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', { media: '' });
  window.print = stopPrinting;
});
