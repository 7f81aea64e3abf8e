import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { Settings } from '../../shared/contract/app.contract.ts';
import { emptyToday } from '../testing/fake-pictures.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';
import { sampleConversations, sampleMessages, sampleSignals } from '../testing/sample-shop.ts';
import '../style.css';

const first = sampleConversations()[0]!.id;
let sample: SamplePage;

async function openDesk(settings: Partial<Settings> = {}): Promise<void> {
  sample = samplePage();
  const { state } = sample.backend;
  state.settings = { ...state.settings, ...settings };
  const messages = sampleMessages(first);
  const said = [3, 6, 7, 6, 7];
  const signals = sampleSignals(first).map((signal, index) => ({ ...signal, messageId: messages[said[index] ?? 7]!.id }));
  state.signals = () => signals;
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  await sample.page.desk.open(first);
  await expect.element(browserPage.getByRole('textbox', { name: /林女士/ })).toBeEnabled();
}
const drawn = async (count: number): Promise<void> => {
  await expect.poll(() => document.querySelectorAll('.recharts-surface circle, .recharts-surface path[d^="M"], .recharts-surface rect').length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
};
const faults = async (within: string): Promise<string[]> => (await axe.run(within)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('risk over the turns', () => {
  test('keys go from turn to turn, and Enter goes to the message', async () => {
    await openDesk();
    await browserPage.getByRole('button', { name: /升级评分走势/ }).click();
    await drawn(5);
    (browserPage.getByRole('button', { name: /第 5 轮/ }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(focused()).toBe('第 3 轮，平稳，评分 0.22');
    expect(document.querySelector('[role=dialog] p.text-talk')?.textContent).toContain('再没有结果我就要投诉了。');
    await userEvent.keyboard('{Home}');
    expect(focused()).toBe('第 1 轮，平稳，评分 0.05');
    expect(await faults('[role=dialog]')).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
    await expect.poll(() => document.querySelector('#transcript .outline-mid')?.textContent).toContain('照片发过了');
  });

  test('the table takes its place, with a turn a row', async () => {
    await openDesk({ language: 'en', theme: 'dark' });
    await browserPage.getByRole('button', { name: /Escalation score/ }).click();
    await browserPage.getByRole('button', { name: 'Show as a table' }).click();
    const rows = [...document.querySelectorAll('[role=dialog] tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent).slice(0, 4));
    expect(rows[4]).toEqual(['5', '2026-11-22 09:43', '0.62', 'may escalate']);
    expect(await faults('[role=dialog]')).toEqual([]);
    await browserPage.getByRole('button', { name: 'Show as a picture' }).click();
    await drawn(5);
  });

  test('one score is no course yet', async () => {
    await openDesk();
    await expect.element(browserPage.getByRole('button', { name: /升级评分走势/ })).toBeVisible();
    sample.backend.state.signals = (id) => sampleSignals(id).slice(0, 1);
    await sample.page.desk.open(first);
    await expect.poll(() => document.querySelector('#risk-trend')).toBeNull();
  });
});

describe('order history', () => {
  test('orders, cases and gaps by time, with the tag’s steps', async () => {
    await openDesk();
    const card = sample.backend.state.card(sampleConversations()[0]!.customerId);
    const old = { ...card.orders[0]!, externalId: 'OLD', paidAt: card.orders.at(-1)!.paidAt! - 500 * 86_400_000, paidFen: 88_000 };
    sample.backend.state.card = () => ({ ...card, orders: [...card.orders, old] });
    await sample.page.desk.open(first);
    await browserPage.getByRole('button', { name: '冠军客户，看订单历史' }).click();
    await drawn(7);
    await expect.element(browserPage.getByText(/隔了 16 个月/)).toBeVisible();
    await expect.element(browserPage.getByRole('listitem').filter({ hasText: '潜力忠诚' })).toBeVisible();
    expect(document.querySelectorAll('[role=dialog] [role=toolbar] button')).toHaveLength(9);
    (browserPage.getByRole('button', { name: /维修/ }).element() as HTMLElement).focus();
    expect(focused()).toBe('2026-11-20 的售后：维修 · 袖口破损 · 未结，—');
    expect(await faults('[role=dialog]')).toEqual([]);
  });

  test('in English and dark; a shop too large says so', async () => {
    await openDesk({ language: 'en', theme: 'dark' });
    sample.backend.state.pictures.segmentSteps = null;
    await browserPage.getByRole('button', { name: /show the order history/ }).click();
    await drawn(6);
    await expect.element(browserPage.getByText('There are too many orders to work out how the tag changed.')).toBeVisible();
    expect(await faults('[role=dialog]')).toEqual([]);
  });
});

describe('today', () => {
  test('each number and each hour opens its conversations', async () => {
    await openDesk();
    await browserPage.getByRole('button', { name: '今日' }).click();
    await drawn(4);
    await expect.element(browserPage.getByRole('heading', { name: '全部响应' })).toBeVisible();
    await browserPage.getByRole('button', { name: /^已结束会话/ }).click();
    expect([...document.querySelectorAll('section[aria-label^="已结束会话"] li button span:first-child')].map((line) => line.textContent)).toEqual(['陈小姐', 'Liu Wei', '郑女士']);
    await browserPage.getByRole('button', { name: /^08:00–09:00/ }).click();
    expect(document.querySelectorAll('section[aria-label^="08:00"] li')).toHaveLength(14);
    expect(await faults('main')).toEqual([]);
    await browserPage.getByTitle('打开 林女士 的会话').first().click();
    await expect.element(browserPage.getByRole('textbox', { name: '回复 林女士' })).toBeVisible();
    const input = sample.backend.callsOf('today.summary')[0]?.input as { fromAt: number; toAt: number };
    expect([new Date(input.fromAt).toISOString(), input.toAt - input.fromAt]).toEqual(['2026-11-21T16:00:00.000Z', 86_400_000]);
  });

  test('an empty day says what will stand here; a failed one can be read again', async () => {
    await openDesk({ language: 'en' });
    sample.backend.state.pictures.today = emptyToday;
    sample.backend.fail('today.summary', 'internal');
    sample.page.app.goTo('today');
    await expect.element(browserPage.getByText('Today’s numbers could not be read. Nothing is lost.', { exact: false })).toBeVisible();
    sample.backend.fail('today.summary', null);
    await browserPage.getByRole('button', { name: 'Try again' }).click();
    await expect.element(browserPage.getByText('No reply yet today')).toBeVisible();
    expect(await faults('main')).toEqual([]);
  });
});

test('today in English, dark and narrow', async () => {
  await browserPage.viewport(1024, 700);
  await openDesk({ language: 'en', theme: 'dark' });
  sample.page.app.goTo('today');
  await drawn(4);
  expect(await faults('main')).toEqual([]);
});
