import type { UiLanguage } from '../src/shared/i18n/language.ts';
import { axeProblems, watchProblems } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import { ANGRY, tongueOf } from './walk/customers.ts';
import { createWalk, isWide, type Walk } from './walk/walk.ts';

const LANGUAGES: readonly [lang: UiLanguage, locale: string][] = isWide ? [['zh-Hans', 'zh-CN'], ['zh-Hant', 'zh-TW'], ['en', 'en-US']] : [['zh-Hant', 'zh-TW']];
const SCREENS = ['today', 'knowledge', 'products', 'import', 'settings'] as const;

/** Nothing that axe finds, on any screen, in light and in dark; the flows look at what opens over them. */
for (const [lang, locale] of LANGUAGES) {
  test.describe(lang, () => {
    test.use({ locale, viewport: { width: 1280, height: 800 }, shop: 'demo' });

    test('every screen in both themes, without an accessibility problem', async ({ page, host }) => {
      test.setTimeout(240_000);
      const problems = await watchProblems(page);
      const walk = createWalk('sweep', { lang, theme: 'light' }, page, host);
      const script = ANGRY[tongueOf(lang)];
      await walk.open();
      await bothThemes(walk, 'empty desk');
      await walk.replay([script]);
      await page.keyboard.press('Control+j');
      await expect(page.getByText(walk.t('risk.escalation.alert'))).toBeVisible({ timeout: 30_000 });
      await bothThemes(walk, 'desk');
      for (const screen of SCREENS) {
        await walk.goTo(screen);
        await expect(page.getByRole('navigation', { name: walk.t('app.nav') }).getByRole('button', { name: walk.t(`nav.${screen}`), exact: true })).toHaveAttribute('aria-current', 'page');
        await page.waitForLoadState('networkidle');
        await bothThemes(walk, screen);
      }
      if (isWide) await overlays(walk);
      expect(problems).toEqual([]);
    });
  });
}

async function bothThemes({ page }: Walk, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    expect(await axeProblems(page), `${screen} ${colorScheme}`).toEqual([]);
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
    await bothThemes(walk, key);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog'), key).toHaveCount(0);
  }
}
