import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { partly, missing, type DesktopFacts } from '../../../shared/desktop-bridge.ts';
import { createFakeAccess } from '../../testing/fake-access.ts';
import { createFakeDesktop, SAMPLE_FACTS } from '../../testing/fake-desktop.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { sampleConversations } from '../../testing/sample-shop.ts';
import { samplePage } from '../../testing/render-page.tsx';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function openPage(facts: Partial<DesktopFacts> = {}, change: Partial<FakeState> = {}) {
  const fake = createFakeDesktop(facts);
  const sample = samplePage(change, fake.desktop);
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  return { ...sample, fake };
}

async function openSettings(facts: Partial<DesktopFacts> = {}) {
  const opened = await openPage(facts);
  act(() => opened.page.app.openSettings('desktop'));
  await screen.findByRole('heading', { level: 2, name: '桌面' });
  return opened;
}

test('counts and words of the queue go to the window, and news becomes a private notice', async () => {
  const { backend, fake } = await openPage();
  const shown = () => fake.inputsOf('showState').at(-1) as { urgentCount: number; unreadCount: number; isOpen: boolean };
  await waitFor(() => expect(shown()).toMatchObject({ isOpen: true, urgentCount: 2 }), { timeout: 5000 });
  expect(document.title).toMatch(/^\(\d+\) 2 个急需处理 · Deskmate 同桌$/);
  const [, calm] = sampleConversations();
  backend.state.conversations = backend.state.conversations.map((row) => (row.id === calm?.id ? { ...row, risk: { p: 0.9, band: 'alert' } } : row));
  backend.emit({ type: 'data.changed' });
  await waitFor(() => expect(fake.inputsOf('notify')).toEqual([{ tag: `risk-${calm?.id}`, title: '会话变成高风险', body: '点击打开', conversationId: calm?.id }]), { timeout: 5000 });
});

test('a click outside opens the conversation; an unknown one is said to be unknown; behind the lock it waits', async () => {
  const { page, fake } = await openPage();
  const [first, second] = sampleConversations();
  act(() => page.app.goTo('settings'));
  fake.tell({ kind: 'conversation.opened', conversationId: first!.id });
  await waitFor(() => expect([page.app.store.getState().screen, page.desk.queue.store.getState().openId]).toEqual(['desk', first!.id]));
  fake.tell({ kind: 'conversation.opened', conversationId: '0'.repeat(26) as never });
  expect(await screen.findByText('链接里的会话不在这台电脑上')).toBeTruthy();
  fake.tell({ kind: 'chosen.lock' });
  await screen.findByRole('heading', { name: '屏幕已锁定' });
  fake.tell({ kind: 'conversation.opened', conversationId: second!.id });
  expect(page.desk.queue.store.getState().openId).toBe(first!.id);
  await act(() => page.sessions.unlock({ pin: null, passphrase: null }));
  await waitFor(() => expect(page.desk.queue.store.getState().openId).toBe(second!.id));
});

test('the quiet mode can be chosen in the tray, and not while nobody is there', async () => {
  const { page, fake } = await openPage();
  fake.tell({ kind: 'chosen.quiet', quietMode: 'off' });
  await waitFor(() => expect(page.app.store.getState().settings.quietMode).toBe('off'));
  await act(() => page.sessions.lock());
  fake.tell({ kind: 'chosen.quiet', quietMode: 'full' });
  await act(async () => {});
  expect(page.app.store.getState().settings.quietMode).toBe('off');
});

test('settings change the window; zoom keys step; the facts to copy hold no path', async () => {
  const { fake } = await openSettings();
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await userEvent.click(await screen.findByRole('checkbox', { name: '关闭窗口时留在托盘' }));
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('checkbox', { name: '关闭窗口时留在托盘' }).checked).toBe(true));
  await userEvent.keyboard('{Control>}={/Control}');
  await waitFor(() => expect(fake.inputsOf('setPrefs')).toEqual([{ closeToTray: true }, { zoomPercent: 110 }]));
  await userEvent.click(screen.getByRole('button', { name: '复制诊断信息' }));
  expect(copied.mock.calls[0]?.[0]).toContain('closeToTray=true');
  expect(copied.mock.calls[0]?.[0]).not.toContain('/home');
  await userEvent.click(screen.getByRole('button', { name: '打开日志文件夹' }));
  expect(fake.inputsOf('openLogFolder')).toEqual([{}]);
});

test('each rep chooses kinds, privacy and quiet hours', async () => {
  const { backend } = await openSettings();
  await userEvent.click(await screen.findByRole('checkbox', { name: '承诺或稍后处理到时间' }));
  await userEvent.click(screen.getByRole('checkbox', { name: '不写客户名字和内容' }));
  await userEvent.click(screen.getByRole('checkbox', { name: '安静时段' }));
  expect((await screen.findByLabelText<HTMLInputElement>('从')).value).toBe('21:00');
  expect(backend.state.settings.notices).toEqual({ isPrivate: false, kinds: { urgent: true, risk: true, due: false, failed: true }, quietHours: { fromMinute: 1260, toMinute: 540 } });
});

test('a browser window says what is missing and why, and asks for notices only when clicked', async () => {
  const features = { ...SAMPLE_FACTS.features, tray: missing('browser_window'), zoom: partly('browser_zoom'), notifications: partly('permission_needed'), folders: partly('path_only') };
  await openSettings({ host: 'loopback', features });
  expect(screen.getByRole('checkbox', { name: '关闭窗口时留在托盘' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getAllByText('这是浏览器的窗口，由浏览器管').length).toBeGreaterThan(0);
  expect(screen.getByRole('button', { name: '复制日志路径' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: '允许通知' }));
  expect(await screen.findByText(/系统允许通知/)).toBeTruthy();
});

test('the feed is off until an https address and a key are given; then it is asked', async () => {
  const { backend } = await openSettings();
  await userEvent.type(await screen.findByLabelText('更新地址（https）'), 'http://shop.example/feed.json');
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(screen.getByText('请填 https 地址，不带用户名和密码')).toBeTruthy();
  await userEvent.clear(screen.getByLabelText('更新地址（https）'));
  await userEvent.type(screen.getByLabelText('更新地址（https）'), 'https://shop.example/feed.json');
  await userEvent.type(screen.getByLabelText('签名公钥（Ed25519，base64）'), `${'A'.repeat(43)}=`);
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  await userEvent.click(await screen.findByRole('button', { name: '现在查' }));
  expect(await screen.findByText(/有新版本 9\.9\.9/)).toBeTruthy();
  expect([screen.getByRole('link', { name: '打开下载页' }).getAttribute('href'), backend.callsOf('update.check').length]).toEqual(['https://shop.example/deskmate', 1]);
});

test('a rep without the right sees what the feed said and cannot set it', async () => {
  const access = createFakeAccess();
  access.reps = access.reps.map((rep) => ({ ...rep, role: 'rep' as const }));
  const opened = await openPage({}, { access });
  act(() => opened.page.app.openSettings('desktop'));
  expect(await screen.findByText('没有设更新地址')).toBeTruthy();
  expect([screen.queryByLabelText('更新地址（https）'), screen.queryByRole('button', { name: '现在查' })]).toEqual([null, null]);
});

test('the open conversation is printed whole and alone, and the sheet goes afterwards', async () => {
  const { page } = await openPage();
  const printed = vi.fn();
  vi.stubGlobal('print', printed);
  const [first] = sampleConversations();
  await act(() => page.desk.open(first!.id));
  await userEvent.keyboard('{Control>}p{/Control}');
  const sheet = await screen.findByTestId('print-page');
  expect([printed.mock.calls.length, sheet.parentElement === document.body, sheet.textContent?.includes(first!.customerName)]).toEqual([1, true, true]);
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(screen.queryByTestId('print-page')).toBeNull();
  vi.unstubAllGlobals();
});
