import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import '../../style.css';

let sample: SamplePage;

async function openKnowledge(): Promise<void> {
  sample = samplePage();
  await render(sample.element);
  await expect.element(browserPage.getByRole('navigation', { name: '主导航' })).toBeVisible();
  sample.page.app.goTo('knowledge');
  await expect.element(browserPage.getByText('共 5 条')).toBeVisible();
}

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('by keyboard only', () => {
  test('the list is walked with the arrows, an entry opened and edited, and nothing is out of reach', async () => {
    await openKnowledge();
    const first = browserPage.getByRole('button', { name: /终身维修/ });
    (first.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(() => document.activeElement?.textContent).toContain('尺码表与选码');
    await userEvent.keyboard('{End}');
    await expect.poll(() => document.activeElement?.textContent).toContain('大促价保');
    await userEvent.keyboard('{Home}{Enter}');
    await expect.element(browserPage.getByRole('article', { name: '终身维修' })).toBeVisible();
    (browserPage.getByRole('button', { name: '编辑' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(browserPage.getByRole('textbox', { name: '正文' })).toBeVisible();
  });

  test('a variable goes in at the caret, and one undo takes it back', async () => {
    await openKnowledge();
    sample.page.knowledge.newMacro();
    const text = browserPage.getByRole('textbox', { name: '内容' });
    await userEvent.type(text, '单号，请查收');
    const field = text.element() as HTMLTextAreaElement;
    field.setSelectionRange(2, 2);
    await browserPage.getByRole('button', { name: /插入 运单号/ }).click();
    expect(field.value).toBe('单号{{ order.waybill }}，请查收');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(field.value).toBe('单号，请查收');
  });

  test('a picture goes with a macro', async () => {
    await openKnowledge();
    const macro = sample.backend.state.macros[0]!;
    sample.page.knowledge.chooseMacro(macro.id);
    const input = (): HTMLInputElement | null => document.querySelector('input[type=file]');
    await expect.poll(() => input() !== null).toBe(true);
    await userEvent.upload(input()!, new File(['尺码,胸围\nM,104'], '尺码表.csv', { type: 'text/csv' }));
    await expect.element(browserPage.getByText('尺码表.csv')).toBeVisible();
    await browserPage.getByRole('button', { name: '移除 尺码表.csv' }).click();
    await expect.element(browserPage.getByRole('button', { name: '选择文件' })).toBeVisible();
  });
});
