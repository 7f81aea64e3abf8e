import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { keyFileText } from '../../base/key-file.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleMacros } from '../../testing/sample-knowledge.ts';
import '../../style.css';

let sample: SamplePage;
const keys = () => sample.backend.state.settings.keys;
const rowOf = (name: string) => browserPage.getByRole('button', { name: new RegExp(`^改「${name}」的键`) });

async function openKeys(change: Partial<FakeState> = {}): Promise<void> {
  sample = samplePage(change);
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  sample.page.app.openSettings('keys');
  await expect.element(browserPage.getByRole('region', { name: '你的快捷键' })).toBeVisible();
}
async function press(name: string, text: string): Promise<void> {
  await rowOf(name).click();
  await expect.element(browserPage.getByText('按下新的键')).toHaveFocus();
  await userEvent.keyboard(text);
}

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('choosing keys', () => {
  test('a new key is kept, works at once, is undone from the notice, and reset gives the old one back', async () => {
    await openKeys();
    await press('结束会话', '{F6}');
    await expect.poll(keys).toEqual({ 'desk.close': 'F6' });
    await expect.poll(() => document.activeElement?.querySelector('.sr-only')?.textContent).toBe('改「结束会话」的键，现在是 F6');
    await browserPage.getByRole('button', { name: '撤销' }).click();
    await expect.poll(keys).toEqual({});
    await press('结束会话', 'w');
    await expect.poll(keys).toEqual({ 'desk.close': 'w' });
    await userEvent.keyboard('gd');
    await expect.element(browserPage.getByRole('listbox', { name: '会话列表' })).toBeVisible();
    document.getElementById('queue-list')?.focus();
    await userEvent.keyboard('e');
    expect(document.querySelector('[role=dialog]')).toBe(null);
    await userEvent.keyboard('w');
    await expect.element(browserPage.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    sample.page.app.openSettings('keys');
    await browserPage.getByRole('button', { name: '恢复「结束会话」的默认键' }).click();
    await expect.poll(keys).toEqual({});
  });

  test('two letters one after the other, none by Backspace, the old one by Escape', async () => {
    await openKeys();
    await press('切换深浅色', 'gz');
    await expect.poll(keys).toEqual({ 'app.theme': 'g z' });
    await press('切换深浅色', '{Escape}');
    await expect.element(rowOf('切换深浅色')).toHaveFocus();
    expect(keys()).toEqual({ 'app.theme': 'g z' });
    await press('结束会话', '{Backspace}');
    await expect.poll(keys).toEqual({ 'app.theme': 'g z', 'desk.close': null });
  });

  test.each([['结束会话', '{Control>}c{/Control}', '编辑文字要用这个键'], ['结束会话', '{Enter}', '输入框、列表和按钮要用这个键'], ['结束会话', '{Control>}{Shift>}r{/Shift}{/Control}', '浏览器或系统自己要用这个键'], ['下一个最急的会话', 'w', '这个命令打字时也能用']])('%s: %s is refused with the reason', async (name, text, reason) => {
    await openKeys();
    await press(name, text);
    await expect.element(browserPage.getByRole('alert').getByText(new RegExp(reason))).toBeVisible();
    expect(keys()).toEqual({});
  });

  test('a taken key says whose it is, and is swapped or taken over', async () => {
    await openKeys();
    await press('结束会话', 'h');
    await expect.element(browserPage.getByText(/ H 现在是「延后」的键/)).toBeVisible();
    await browserPage.getByRole('button', { name: '对调' }).click();
    await expect.poll(keys).toEqual({ 'desk.close': 'h', 'desk.snooze': 'e' });
    await press('加标签', 'q');
    await browserPage.getByRole('button', { name: '拿过来，那边清空' }).click();
    await expect.poll(keys).toEqual({ 'desk.close': 'h', 'desk.snooze': 'e', 'desk.label': 'q', 'desk.quote': null });
    await browserPage.getByRole('button', { name: '恢复「结束会话」的默认键' }).click();
    await expect.element(browserPage.getByText('默认键 E 现在是「延后」的，先改那一个')).toBeVisible();
    await browserPage.getByRole('button', { name: '全部恢复默认' }).click();
    await expect.poll(keys).toEqual({});
  });

  test('the key of a macro is in the way too, and is taken from it', async () => {
    await openKeys({ macros: sampleMacros().map((macro) => (macro.code === 'greet' ? { ...macro, shortcut: 'Alt+h' } : macro)) });
    await expect.element(rowOf('插入短语 问候')).toBeVisible();
    await press('延后', '{Alt>}h{/Alt}');
    await expect.element(browserPage.getByText(/Alt\+H 现在是「插入短语 问候」的键/)).toBeVisible();
    expect(document.querySelector('[role=alert]')?.textContent).not.toContain('对调');
    await browserPage.getByRole('button', { name: '拿过来，那边清空' }).click();
    await expect.poll(keys).toEqual({ 'desk.snooze': 'Alt+h' });
    await expect.poll(() => sample.backend.callsOf('knowledge.bindMacro').map(({ input }) => input)).toEqual([{ id: sampleMacros()[2]?.id, shortcut: null }]);
  });
});

describe('files', () => {
  const choose = async (text: string): Promise<void> => {
    const input = document.querySelector<HTMLInputElement>('input[type=file][accept*=json]');
    if (input === null) throw new Error('a file field');
    await userEvent.upload(input, new File([text], 'keys.json', { type: 'application/json' }));
  };
  test('a file is taken as a whole, keys a command comes with are no choice, and one undo takes it back', async () => {
    await openKeys();
    await choose(keyFileText({ 'desk.close': 'w', 'desk.next': 'j' }));
    await expect.poll(keys).toEqual({ 'desk.close': 'w' });
    await browserPage.getByRole('button', { name: '撤销' }).click();
    await expect.poll(keys).toEqual({});
  });
  test('a file with a fault changes nothing and says where it is', async () => {
    await openKeys();
    await choose('{\n  "format": "deskmate-keys",\n  "version": 1,\n  "keys": { "desk.close": "j" }\n}');
    await expect.element(browserPage.getByText('没有导入，快捷键没有改动。 第 4 行：desk.close 的 j 已经给了「下一个会话」')).toBeVisible();
    expect(keys()).toEqual({});
  });
});
