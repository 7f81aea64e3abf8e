import type { Page } from '@playwright/test';

const MOST_STOPS = 250;

/**
 * Presses Tab from the top of the page until it is back there. `regions`: the named parts it went through, in order;
 * `missed`: what can be seen and used, and was never reached.
 */
export async function tabWalk(page: Page): Promise<{ regions: string[]; missed: string[] }> {
  const walked = await walkOnce(page);
  // what was still being read when Tab went by has come by now
  return walked.missed.length === 0 ? walked : walkOnce(page);
}

async function walkOnce(page: Page): Promise<{ regions: string[]; missed: string[] }> {
  await page.evaluate(() => document.querySelector<HTMLElement>('a[href="#main"]')?.focus());
  const regions: string[] = [];
  for (let count = 0; count < MOST_STOPS; count++) {
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      // a date field has several stops of its own
      const isLast = element.dataset['walked'] === 'last';
      if (element.dataset['walked'] !== undefined && !isLast) return null;
      for (const before of document.querySelectorAll<HTMLElement>('[data-walked=last]')) before.dataset['walked'] = '';
      element.dataset['walked'] = 'last';
      return element.closest('nav[aria-label], section[aria-label], aside[aria-label], [role=group][aria-label]')?.getAttribute('aria-label') ?? '';
    });
    if (stop === null) break;
    if (stop !== '' && regions.at(-1) !== stop) regions.push(stop);
    await page.keyboard.press('Tab');
  }
  return { regions, missed: await missedStops(page) };
}

function missedStops(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const usable = [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [tabindex="0"]')].filter(
      (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [data-base-ui-focus-guard], [aria-hidden=true], input[type=radio]'),
    );
    const missed = usable.filter((element) => element.dataset['walked'] === undefined).map((element) => element.getAttribute('aria-label') ?? element.textContent.trim() ?? element.outerHTML.slice(0, 80));
    for (const element of document.querySelectorAll<HTMLElement>('[data-walked]')) delete element.dataset['walked'];
    return missed;
  });
}
