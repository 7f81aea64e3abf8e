import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { createFakeTuning, BETTER, TUNED } from '../../testing/fake-tuning.ts';
import { samplePage } from '../../testing/render-page.tsx';
import { SAMPLE_NOW } from '../../testing/sample-shop.ts';
import '../../style.css';

afterEach(async () => {
  await cleanup();
  document.documentElement.dataset['theme'] = 'light';
});

/** In use: tuned for a model that searches no more; waiting: an outcome that did better. */
const STATUS = { own: { madeAt: SAMPLE_NOW, model: { id: 'deskmate-embed-2', hasLearned: false }, holds: true }, inUse: TUNED, last: { ...BETTER, supply: { ...BETTER.supply!, questions: { has: 23, needed: 50 } } } };

test.each([
  ['zh-Hans', 'light', 1280], ['en', 'light', 1024], ['zh-Hant', 'dark', 1280], ['en', 'dark', 512],
] as const)('%s, %s, %i px: what waits for a decision can be read, is not cut off and is reached by Tab', async (language, theme, width) => {
  await browserPage.viewport(width, 800);
  const sample = samplePage({ tuning: createFakeTuning(STATUS) });
  sample.backend.state.settings = { ...sample.backend.state.settings, language, theme };
  await render(sample.element);
  await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme);
  sample.page.app.openSettings('adapt');
  const accept = () => [...document.querySelectorAll('button')].find(({ textContent }) => ['启用', '啟用', 'Take into use'].includes(textContent));
  await expect.poll(accept).toBeTruthy();
  const { violations } = await axe.run(document.querySelector('main') ?? document.body);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  const cut = [...document.querySelectorAll<HTMLElement>('main section *')].filter(({ className, clientWidth, scrollWidth }) => !className.includes?.('sr-only') && clientWidth > 0 && scrollWidth > clientWidth + 1).map(({ tagName, textContent }) => `${tagName} ${textContent}`);
  expect([cut, document.documentElement.scrollWidth > window.innerWidth + 1]).toEqual([[], false]);
  // tune again, back to as shipped, take into use: one after the other
  const buttons = [...(accept()?.closest('main')?.querySelectorAll('section button') ?? [])];
  const place = buttons.indexOf(accept() as HTMLButtonElement);
  (buttons[place - 2] as HTMLElement).focus();
  await userEvent.keyboard('{Tab}{Tab}');
  expect(document.activeElement).toBe(accept());
});
