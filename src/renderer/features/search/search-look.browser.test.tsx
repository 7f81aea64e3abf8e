import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { samplePage } from '../../testing/render-page.tsx';
import '../../style.css';

beforeEach(() => browserPage.viewport(1440, 900));
afterEach(() => {
  document.documentElement.dataset['theme'] = 'light';
  return cleanup();
});

const BOX = '#search-results';
const box = () => browserPage.getByRole('combobox').first();

const faults = async (): Promise<string[]> => (await axe.run('[role=dialog]')).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);

async function openSearch(language: 'zh-Hans' | 'zh-Hant' | 'en', theme: 'light' | 'dark') {
  const sample = samplePage();
  sample.backend.state.settings = { ...sample.backend.state.settings, language, theme };
  await render(sample.element);
  await expect.poll(() => sample.page.desk.queue.store.getState().rows.length).toBeGreaterThan(0);
  sample.page.app.show('search');
  await expect.element(box()).toHaveFocus();
  return sample;
}

/** Nothing is wider than the window, and the box keeps its size whatever it shows. */
function frame(): { height: number; isWide: boolean } {
  const dialog = document.querySelector('[role=dialog]');
  return { height: Math.round(dialog?.getBoundingClientRect().height ?? 0), isWide: document.documentElement.scrollWidth > window.innerWidth };
}

/** Set by vitest.config.ts. */
declare const IS_LONG_RUN: boolean;
const LOOKS = [['zh-Hans', 'light'], ['en', 'dark'], ['zh-Hans', 'dark'], ['zh-Hant', 'light'], ['en', 'light']] as const;

test.each(IS_LONG_RUN ? LOOKS : LOOKS.slice(0, 2))('keeps its size from empty to full in %s, %s', async (language, theme) => {
  const sample = await openSearch(language, theme);
  const shot = (name: string) => browserPage.screenshot({ path: `../../../../test-results/search-${name}-${language}-${theme}.png` });
  const empty = frame();
  await shot('empty');
  await userEvent.fill(box(), language === 'en' ? 'jacket' : '维修');
  await expect.poll(() => document.querySelectorAll(`${BOX} [role=option]`).length).toBeGreaterThan(0);
  await new Promise((done) => setTimeout(done, 300));
  expect(await faults()).toEqual([]);
  await shot('words');
  await userEvent.fill(box(), 'SF13388210377');
  await expect.poll(() => document.querySelector(BOX)?.textContent).toContain('DD2026');
  await new Promise((done) => setTimeout(done, 300));
  await shot('order');
  expect(frame()).toEqual(empty);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('[data-conversation]')).not.toBeNull();
  expect(await faults()).toEqual([]);
  await shot('sheet');
  await userEvent.keyboard('{Escape}');
  await userEvent.fill(box(), language === 'en' ? 'zzzz' : '没有的词');
  await expect.poll(() => document.querySelector(`${BOX} [role=option]`)).toBeNull();
  await shot('none');
  sample.page.search.setFilters({ state: 'open' });
  await userEvent.fill(box(), language === 'en' ? 'jacket' : '林女士');
  await expect.poll(() => document.querySelectorAll(`${BOX} [role=option]`).length).toBeGreaterThan(0);
  await browserPage.viewport(1024, 700);
  await new Promise((done) => setTimeout(done, 200));
  await shot('small');
  expect(frame().isWide).toBe(false);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  sample.page.app.show('search');
  await expect.poll(() => sample.page.search.store.getState().recents.opened.length).toBeGreaterThan(0);
  await browserPage.viewport(1440, 900);
  expect(await faults()).toEqual([]);
  await shot('recent');
});
