import type { Page } from '@playwright/test';
import { axeProblems } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import { isWide } from './walk/walk.ts';

const look = (page: Page, name: string) => page.screenshot({ path: `test-results/first-run-${name}.png` });

test.use({ shop: 'newcomer', viewport: { width: 1280, height: 800 } });

/** Words of the two walks; everything is done by keyboard. */
const WALKS = [
  { locale: 'zh-CN', scheme: 'light', hello: '欢迎使用同桌', names: '怎么称呼', start: '从哪里开始', own: /导入我的数据/, protect: '怎么保护数据', none: /先不设/, ready: '可以开始了', tour: '看两分钟导览', region: '导览', nav: '主导航' },
  { locale: 'en-US', scheme: 'dark', hello: 'Welcome to Deskmate', names: 'Names', start: 'Where to begin', own: /Bring my data/, protect: 'Protect the store', none: /None for now/, ready: 'Ready', tour: 'Take the two-minute tour', region: 'Tour', nav: 'Main' },
] as const;

for (const words of isWide ? WALKS : WALKS.slice(0, 1)) {
  test.describe(words.locale, () => {
    test.use({ locale: words.locale, colorScheme: words.scheme });

    test('the first steps by keyboard, a reload in the middle, and the tour', async ({ page, host }) => {
      const heading = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      const step = async (name: string, picture: string): Promise<void> => {
        await heading(name);
        await look(page, `${words.locale}-${picture}`);
        expect(await axeProblems(page)).toEqual([]);
      };
      await page.goto(host.url);
      await step(words.hello, '1-language');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await step(words.names, '2-names');
      await page.keyboard.type('小周');
      await page.keyboard.press('Enter');
      await heading(words.start);
      await page.reload();
      await step(words.start, '3-start');
      await page.getByRole('radio', { name: words.own }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await step(words.protect, '4-protection');
      await page.getByRole('radio', { name: words.none }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await step(words.ready, '5-ready');
      await page.getByRole('button', { name: words.tour }).focus();
      await page.keyboard.press('Enter');
      const card = page.getByRole('region', { name: words.region });
      await expect(card).toBeVisible();
      await look(page, `${words.locale}-6-tour`);
      expect(await axeProblems(page)).toEqual([]);
      for (let count = 0; count < 9; count++) await page.keyboard.press('ArrowRight');
      await expect(card).toHaveCount(0);
      await expect(page.getByRole('navigation').first()).toBeVisible();
    });
  });
}
