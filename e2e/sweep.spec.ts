import type { UiLanguage } from '../src/shared/i18n/language.ts';
import { axeProblems, watchProblems } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import { ANGRY, tongueOf } from './walk/customers.ts';
import { createWalk, isWide, type Walk } from './walk/walk.ts';

const LANGUAGES: readonly [lang: UiLanguage, locale: string][] = isWide ? [['zh-Hans', 'zh-CN'], ['zh-Hant', 'zh-TW'], ['en', 'en-US']] : [['zh-Hant', 'zh-TW']];
const SCREENS = ['today', 'knowledge', 'products', 'import', 'settings'] as const;

/** Nothing that axe finds, on any screen, in every theme; the flows look at what opens over them. */
for (const [lang, locale] of LANGUAGES) {
  test.describe(lang, () => {
    test.use({ locale, viewport: { width: 1280, height: 800 }, shop: 'demo' });

    test('every screen in every theme, without an accessibility problem', async ({ page, host }) => {
      test.setTimeout(240_000);
      const problems = await watchProblems(page);
      const walk = createWalk('sweep', { lang, theme: 'light' }, page, host);
      const script = ANGRY[tongueOf(lang)];
      await walk.open();
      await everyTheme(walk, 'empty desk');
      await walk.replay([script]);
      await page.keyboard.press('Control+j');
      await expect(page.getByText(walk.t('risk.escalation.alert'))).toBeVisible({ timeout: 30_000 });
      await everyTheme(walk, 'desk');
      for (const screen of SCREENS) {
        await walk.goTo(screen);
        await expect(page.getByRole('navigation', { name: walk.t('app.nav') }).getByRole('button', { name: walk.t(`nav.${screen}`), exact: true })).toHaveAttribute('aria-current', 'page');
        await page.waitForLoadState('networkidle');
        await everyTheme(walk, screen);
      }
      await settingsPages(walk);
      if (isWide) await overlays(walk);
      expect(problems).toEqual([]);
    });
  });
}

const THEMES = [
  { theme: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { theme: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { theme: 'contrast', colorScheme: 'light', contrast: 'more' },
  { theme: 'contrast-dark', colorScheme: 'dark', contrast: 'more' },
] as const;

/** As the system asks for them; the high contrasts when `isWide`. */
async function everyTheme({ page, look }: Walk, screen: string): Promise<void> {
  for (const { theme, ...media } of isWide ? THEMES : THEMES.slice(0, 2)) {
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    if (isWide) await look();
    expect(await axeProblems(page), `${screen} ${theme}`).toEqual([]);
  }
}

/** The pages of Settings; but for those of the language model, only when `isWide`. */
async function settingsPages(walk: Walk): Promise<void> {
  const { page, t } = walk;
  await walk.goTo('settings');
  const pages = page.getByRole('navigation', { name: t('settings.pages') }).getByRole('button');
  for (const title of isWide ? await pages.allTextContents() : [t('settings.page.models'), t('settings.page.adapt')]) {
    await pages.getByText(title, { exact: true }).click();
    await expect(page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await everyTheme(walk, title);
  }
}

/** What lies over the Desk, opened by its key. */
async function overlays(walk: Walk): Promise<void> {
  const { page, t } = walk;
  await walk.goTo('desk');
  await page.getByRole('listbox', { name: t('queue.list') }).focus();
  for (const key of ['Control+k', 'Control+f', '?', 'l', 'h', 'e', 'a', 'n', 't']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog'), key).toBeVisible();
    await everyTheme(walk, key);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog'), key).toHaveCount(0);
  }
}
