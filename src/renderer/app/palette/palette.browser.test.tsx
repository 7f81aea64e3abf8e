import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { SAMPLE_NOW, sampleConversations } from '../../testing/sample-shop.ts';
import '../../style.css';

const [first, second] = twoConversations();
let sample: SamplePage;

function twoConversations(): [ConversationSummary, ConversationSummary] {
  const [one, other] = sampleConversations();
  if (one === undefined || other === undefined) throw new Error('two sample conversations');
  return [one, other];
}

const rowOf = (id: string) => sample.backend.state.conversations.find((row) => row.id === id);

async function openDesk(change: Partial<FakeState> = {}): Promise<void> {
  sample = samplePage(change);
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  await sample.page.desk.open(first.id);
  await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.disabled).toBe(false);
  document.querySelector<HTMLTextAreaElement>('textarea#reply')?.focus();
}
const options = (): (string | undefined)[] => [...document.querySelectorAll('#palette-list [role=option]')].map((row) => row.querySelector('span')?.textContent ?? undefined);
const openPalette = async (): Promise<void> => {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(browserPage.getByRole('combobox', { name: '命令' })).toHaveFocus();
};

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('the palette', () => {
  test.each([['结束', '结束会话…'], ['jshh', '结束会话…'], ['close the con', '结束会话…'], ['結束會話', '结束会话…'], ['zjd', '下一个最急的会话'], ['kjj', '显示快捷键']])('%s finds %s', async (typed, label) => {
    await openDesk();
    await openPalette();
    await userEvent.fill(document.querySelector('#palette-list')?.parentElement?.querySelector('input') ?? document.body, typed);
    await expect.poll(() => options().includes(label)).toBe(true);
  });

  test('runs the chosen command with the caret back where it was, and shows it first the next time', async () => {
    await openDesk();
    const field = document.activeElement;
    await openPalette();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(field);
    await openPalette();
    await userEvent.keyboard('charutui');
    await userEvent.keyboard('{Control>}a{/Control}crd1');
    await expect.poll(() => options()[0]).toBe('插入第 1 条推荐');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.value).not.toBe('');
    expect(sample.backend.state.settings.recentCommands).toEqual(['desk.insert1']);
    await openPalette();
    await expect.poll(() => options()[0]).toBe('插入第 1 条推荐');
    expect(document.querySelector('#palette-0')?.textContent).toContain('最近用过');
  });

  test('asks until when, and takes a typed time', async () => {
    await openDesk();
    await openPalette();
    await userEvent.keyboard('yh');
    await expect.poll(() => options()[0]).toBe('延后…');
    await userEvent.keyboard('{Enter}18:30');
    await expect.poll(() => options()[0]).toBe('输入的时间');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowOf(first.id)?.snoozedUntil).toBe(Date.UTC(2026, 10, 22, 10, 30));
    expect(SAMPLE_NOW).toBeLessThan(Date.UTC(2026, 10, 22, 10, 30));
  });

  test('Backspace in the empty box goes back to the commands; a new label is made and put on', async () => {
    await openDesk();
    await openPalette();
    await userEvent.keyboard('jbq{Enter}');
    await expect.element(browserPage.getByRole('listbox', { name: '标签' })).toBeVisible();
    await userEvent.keyboard('{Backspace}');
    await expect.element(browserPage.getByRole('listbox', { name: '命令' })).toBeVisible();
    await userEvent.keyboard('jbq{Enter}大客户');
    await expect.poll(() => options().at(-1)).toContain('大客户');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowOf(first.id)?.labels.map(({ name }) => name)).toEqual(['大客户']);
  });

  test('goes to a conversation by name from any screen', async () => {
    await openDesk();
    sample.page.app.goTo('settings');
    await expect.element(browserPage.getByRole('heading', { name: '设置' })).toBeVisible();
    await openPalette();
    await userEvent.keyboard('dkmgh{Enter}');
    await userEvent.keyboard(second.customerName);
    await expect.poll(() => options()[0]).toBe(second.customerName);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => [sample.page.app.store.getState().screen, sample.page.desk.queue.store.getState().openId]).toEqual(['desk', second.id]);
  });

  test('what no command is called is searched for', async () => {
    await openDesk();
    await openPalette();
    await userEvent.keyboard('防水指数');
    await expect.poll(options).toEqual(['搜索「防水指数」']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sample.page.app.store.getState().overlay).toBe('search');
  });
});

describe('the sheet of keys', () => {
  test('is searched by name and by key and shows chosen keys', async () => {
    await openDesk({});
    await sample.page.app.saveSettings({ keys: { 'desk.close': 'w', 'desk.next': null } });
    document.getElementById('queue-list')?.focus();
    await userEvent.keyboard('?');
    const sheet = browserPage.getByRole('dialog', { name: '快捷键' });
    await expect.element(sheet).toBeVisible();
    await expect.element(sheet.getByText(/自己改的/)).toBeVisible();
    await userEvent.keyboard('w');
    await expect.poll(() => [...document.querySelectorAll('[role=dialog] dt')].map((line) => line.textContent)).toContain('结束会话 · 自己改的');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement?.id).toBe('queue-list');
    await userEvent.keyboard('w');
    await expect.element(browserPage.getByRole('dialog')).toBeVisible();
  });
});
