import { afterEach, beforeEach, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import '../../style.css';
import { findAnchor, TOUR_STEPS } from './tour-steps.ts';

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

async function openPage(hasConversation: boolean): Promise<SamplePage> {
  const sample = samplePage();
  await render(sample.element);
  await expect.element(browserPage.getByRole('navigation', { name: '主导航' })).toBeVisible();
  if (hasConversation) await sample.page.desk.open(sample.backend.state.conversations[0]!.id);
  return sample;
}

const card = () => browserPage.getByRole('region', { name: '导览' });
const settle = (): Promise<unknown> => new Promise((done) => setTimeout(done, 60));

test('every step stands beside what it tells of, by keyboard, and the focus goes back', async () => {
  const sample = await openPage(true);
  await expect.element(browserPage.getByRole('listbox', { name: '推荐回复' })).toBeVisible();
  sample.page.desk.focusField();
  const before = document.activeElement;
  sample.page.tour.start();
  for (const [index, step] of TOUR_STEPS.entries()) {
    await expect.element(card().getByText(`第 ${index + 1} / ${TOUR_STEPS.length} 个`)).toBeVisible();
    await settle();
    const anchor = findAnchor(step.anchor)?.getBoundingClientRect();
    const box = card().element().getBoundingClientRect();
    expect([step.anchor, anchor !== undefined]).toEqual([step.anchor, true]);
    expect([box.left >= 0, box.top >= 0, box.right <= innerWidth, box.bottom <= innerHeight]).toEqual([true, true, true, true]);
    expect(card().element().contains(document.activeElement)).toBe(true);
    await userEvent.keyboard('{ArrowRight}');
  }
  await expect.element(card()).not.toBeInTheDocument();
  expect(document.activeElement).toBe(before);
});

test('what is not on screen is said not to be there yet; the page behind goes on working; Escape ends it', async () => {
  const sample = await openPage(false);
  sample.page.tour.start();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(card().getByText(/现在屏幕上还没有/)).toBeVisible();
  await browserPage.getByRole('option', { name: /林女士/ }).click();
  await expect.element(browserPage.getByRole('textbox', { name: '回复 林女士' })).toBeEnabled();
  await expect.element(card().getByText(/现在屏幕上还没有/)).not.toBeInTheDocument();
  (card().element() as HTMLElement).focus();
  await userEvent.keyboard('{Escape}');
  await expect.element(card()).not.toBeInTheDocument();
});
