import { expect } from '../fixtures.ts';
import { UI_LANGUAGES, type UiLanguage } from '../../src/shared/i18n/language.ts';
import { catalogue } from '../../src/shared/i18n/texts.ts';
import { walkFlow, type Walk } from './walk.ts';

const NAMES: Record<UiLanguage, string> = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' };

/** Every page of the settings; a rep is added, a key is given to a command, and the language is switched and back. */
walkFlow('8-settings', [{ lang: 'en', theme: 'light' }, { lang: 'zh-Hans', theme: 'dark' }, { lang: 'zh-Hant', theme: 'dark' }], async (walk) => {
  const { page, t, look, axe } = walk;
  await walk.open();
  await walk.goTo('settings');
  const pages = page.getByRole('navigation', { name: t('settings.pages') }).getByRole('button');
  for (let index = 0; index < await pages.count(); index++) {
    await pages.nth(index).click();
    await expect(pages.nth(index)).toHaveAttribute('aria-current', 'page');
    await page.waitForLoadState('networkidle');
    await look();
    await axe();
  }
  await addRep(walk);
  await remap(walk);
  await switchLanguage(walk);
});

const openPage = ({ page, t }: Walk, name: string) => page.getByRole('navigation', { name: t('settings.pages') }).getByRole('button', { name, exact: true }).click();

async function addRep(walk: Walk): Promise<void> {
  const { page, t, look } = walk;
  await openPage(walk, t('settings.page.reps'));
  await page.getByRole('button', { name: t('reps.add') }).click();
  await page.getByLabel(t('reps.name'), { exact: true }).fill('老陈');
  await look();
  await walk.axe();
  await page.getByRole('button', { name: t('action.save'), exact: true }).click();
  await expect(page.getByText('老陈').first()).toBeVisible();
}

async function remap(walk: Walk): Promise<void> {
  const { page, t, look } = walk;
  await openPage(walk, t('settings.page.keys'));
  await page.getByRole('button', { name: new RegExp(t('keys.edit', { name: t('command.snooze'), keys: '' })) }).first().click();
  await look();
  await page.keyboard.press('e');
  await expect(page.getByText(t('keys.taken', { keys: 'E', name: t('command.closeConversation') }))).toBeVisible();
  await look();
  await walk.axe();
  await page.keyboard.press('Escape');
}

async function switchLanguage(walk: Walk): Promise<void> {
  const { page, t, look } = walk;
  const other = UI_LANGUAGES.find((lang) => lang !== walk.lang) ?? 'en';
  await openPage(walk, t('settings.page.me'));
  await walk.choose(t('settings.language'), NAMES[other]);
  await expect(page.locator('html')).toHaveAttribute('lang', other);
  await expect(page.getByRole('heading', { level: 1, name: catalogue(other)['settings.title'] ?? '' })).toBeVisible();
  await look();
}
