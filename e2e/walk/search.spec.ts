import { expect } from '../fixtures.ts';
import { walkFlow, type Walk } from './walk.ts';

const ORDER = 'SY1004486309';
const NOTHING = 'qqqzzzxxyk';
const WAYBILL = 'YT2044987313656';

/** One box for everything: an order number and a waybill jump, words find in both languages, `>` runs commands. */
walkFlow('5-search', [{ lang: 'zh-Hans', theme: 'light' }, { lang: 'en', theme: 'dark' }], async (walk) => {
  const { page, t, look } = walk;
  await walk.open();
  await ask(walk, ORDER);
  await expect(results(walk).filter({ hasText: ORDER }).first()).toBeVisible();
  await look();
  await walk.axe();
  await page.keyboard.press('Escape');
  await ask(walk, WAYBILL);
  await expect(results(walk).filter({ hasText: WAYBILL }).first()).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await ask(walk, walk.lang === 'en' ? 'wash a hardshell' : '冲锋衣怎么洗');
  await expect(results(walk).first()).toBeVisible();
  await look();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await look();
  await page.keyboard.press('Escape');
  await ask(walk, walk.lang === 'en' ? 'sleeping bag' : '睡袋');
  await expect(results(walk).nth(2)).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await ask(walk, NOTHING);
  await expect(page.getByText(t('search.none', { text: NOTHING }))).toBeVisible();
  await look();
  await page.keyboard.press('Escape');

  // commands by a few letters of their names
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: t('palette.title') });
  await expect(palette).toBeFocused();
  await look();
  await page.keyboard.type(walk.lang === 'en' ? 'open know' : 'dkzs');
  await expect(page.getByRole('option').first()).toContainText(t('command.knowledge'));
  await look();
  await walk.axe();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: t('nav.knowledge') })).toBeAttached();
});

const results = ({ page, t }: Walk) => page.getByRole('listbox', { name: t('search.results') }).getByRole('option');

async function ask({ page }: Walk, text: string): Promise<void> {
  await page.keyboard.press('Control+f');
  const box = page.getByRole('dialog').getByRole('combobox').first();
  await expect(box).toBeFocused();
  await box.fill(text);
}
