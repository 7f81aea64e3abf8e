import { expect } from '../fixtures.ts';
import { walkFlow, type Walk } from './walk.ts';

/** The first morning, by keyboard: the language, a name, the demo shop, no passphrase yet, the tour, and the first customer of the demo shop. */
walkFlow('1-first-run', [{ lang: 'zh-Hans', theme: 'light' }, { lang: 'en', theme: 'dark' }, { lang: 'zh-Hant', theme: 'light' }], async (walk) => {
  const { page, host, t, look, axe } = walk;
  await page.goto(host.url);
  await step(walk, t('welcome.language.title'));
  await onward(walk);
  await step(walk, t('welcome.names.title'));
  await page.keyboard.type(walk.lang === 'en' ? 'Robin' : '小周');
  await page.keyboard.press('Enter');
  await step(walk, t('welcome.start.title'));
  await onward(walk);
  await heading(walk, t('welcome.protection.title'));
  await page.getByRole('radio', { name: t('welcome.protection.none') }).focus();
  await page.keyboard.press('Space');
  await step(walk, t('welcome.protection.title'));
  await onward(walk);
  await step(walk, t('welcome.done.title'));
  await page.getByRole('button', { name: t('welcome.done.tour') }).focus();
  await page.keyboard.press('Enter');
  const tour = page.getByRole('region', { name: t('tour.label') });
  for (let count = 0; count < 20 && await tour.isVisible(); count++) {
    if (count < 3) await look();
    if (count === 0) await axe();
    await page.keyboard.press('ArrowRight');
  }
  await expect(tour).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('demo.badge') })).toBeVisible({ timeout: 60_000 });
  const queue = page.getByRole('listbox', { name: t('queue.list') });
  await expect(queue.getByRole('option').first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toBeVisible();
  await look();
}, 'newcomer');

const heading = ({ page }: Walk, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

async function step(walk: Walk, name: string): Promise<void> {
  await heading(walk, name);
  await walk.look();
  await walk.axe();
}

/** The step's own button onward, which is the one Enter should press. */
async function onward({ page, t }: Walk): Promise<void> {
  await page.getByRole('button', { name: t('welcome.next') }).focus();
  await page.keyboard.press('Enter');
}
