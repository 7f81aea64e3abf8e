import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page as browserPage } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { Settings } from '../../shared/contract/app.contract.ts';
import type { Screen } from '../app/app.store.ts';
import { samplePage } from '../testing/render-page.tsx';
import { sampleConversations } from '../testing/sample-shop.ts';
import '../style.css';

/** Set by vitest.config.ts: the wide sweep belongs to `npm run test:long`. */
declare const IS_LONG_RUN: boolean;

const SCREENS: readonly Screen[] = ['desk', 'today', 'knowledge', 'products', 'import', 'settings'];
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
const THEMES = ['light', 'dark', 'contrast'] as const satisfies readonly Settings['theme'][];
/** 512 × 350 is 1024 × 700 at 200 %. */
const SIZES = IS_LONG_RUN ? ([[1024, 700], [1440, 900], [2560, 1440], [512, 350]] as const) : ([[1024, 700]] as const);

/** Words cut off without an ellipsis or a scroll bar, and anything that makes the page itself scroll sideways. */
function cutOff(): string[] {
  const found = new Set<string>();
  if (document.documentElement.scrollWidth > window.innerWidth + 1) found.add('the page scrolls sideways');
  for (const element of document.querySelectorAll<HTMLElement>('main *, nav *')) {
    const edge = Math.min(window.innerWidth, scrollHolder(element)?.getBoundingClientRect().right ?? window.innerWidth);
    if (isPlainText(element) && (isClipped(element) || element.getBoundingClientRect().right > edge + 1)) found.add(`${element.tagName.toLowerCase()} "${(element.textContent ?? '').slice(0, 24)}" over ${Math.round(edge)}`);
  }
  return [...found];
}

/** Has words of its own and no ellipsis; what only a screen reader gets, drawings and tables (they scroll) are left out. */
function isPlainText(element: HTMLElement): boolean {
  if (element.closest('.sr-only, .truncate, svg, [aria-hidden=true], table, [role=table]') !== null || !hasOwnText(element)) return false;
  const { textOverflow, webkitLineClamp, display } = getComputedStyle(element);
  return textOverflow !== 'ellipsis' && webkitLineClamp === 'none' && display !== 'none' && element.getBoundingClientRect().width > 0;
}

const isClipped = (element: HTMLElement): boolean => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden';
const hasOwnText = (element: Element): boolean => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');

function scrollHolder(element: HTMLElement): HTMLElement | null {
  for (let up = element.parentElement; up !== null; up = up.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX) && up !== document.body) return up;
  return null;
}

/** What depends on theme and language: contrast, names, targets under 24 px that lie too near to another (WCAG 2.5.8). */
const RULES = ['color-contrast', 'target-size', 'button-name', 'link-name', 'label', 'aria-input-field-name', 'aria-required-children', 'aria-required-parent', 'landmark-one-main', 'scrollable-region-focusable', 'nested-interactive'];

afterEach(async () => {
  await cleanup();
  document.documentElement.dataset['theme'] = 'light';
});

/** Every language and every theme once; all pairs in the long run. */
const LOOKS = LANGUAGES.flatMap((language, place) => THEMES.filter((_, at) => IS_LONG_RUN || at === place).map((theme) => [language, theme] as const));

describe('looks', () => {
  test.each(LOOKS)('%s, %s: nothing is cut off, and everything can be read and hit', async (language, theme) => {
    const sample = samplePage();
    sample.backend.state.settings = { ...sample.backend.state.settings, language, theme };
    await browserPage.viewport(1440, 900);
    await render(sample.element);
    await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
    await sample.page.desk.open(sampleConversations()[0]!.id);
    const faults: string[] = [];
    for (const screen of SCREENS) {
      sample.page.app.goTo(screen);
      for (const [width, height] of SIZES) {
        await browserPage.viewport(width, height);
        await new Promise((done) => setTimeout(done, 80));
        faults.push(...cutOff().map((fault) => `${screen} ${width}: ${fault}`));
        // contrast and names do not depend on the size: the smallest of the desks shows them all
        if (width !== 1024) continue;
        const { violations } = await axe.run(document.body, { runOnly: { type: 'rule', values: RULES }, resultTypes: ['violations'] });
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${screen} ${id}: ${html.slice(0, 160)}`)));
      }
    }
    expect(faults).toEqual([]);
  }, 60_000);
});
