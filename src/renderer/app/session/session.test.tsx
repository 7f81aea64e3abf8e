import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeAccess, fakeSession, sampleRep, type FakeAccess } from '../../testing/fake-access.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { SAMPLE_NOW } from '../../testing/sample-shop.ts';

beforeEach(() => void vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['zh-CN']));
// finding by role is slow in a made-up document, and a first run has many steps
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ADMIN = sampleRep(0);
const ZHOU = sampleRep(1, { hasPin: true });
const AMY = sampleRep(2);

async function openPage(access: Partial<FakeAccess>, waitFor: RegExp): Promise<SamplePage> {
  const sample = samplePage({ access: createFakeAccess(access) });
  render(sample.element);
  await screen.findAllByText(waitFor);
  return sample;
}

const desk = () => screen.findByRole('navigation', { name: '主导航' });

describe('sign-in', () => {
  const many = { state: 'signed_out' as const, reps: [ADMIN, ZHOU, AMY] };

  test('typing filters, Enter takes, the PIN opens; all by keyboard', async () => {
    const sample = await openPage(many, /谁在用/);
    const field = screen.getByRole('combobox', { name: '输入名字查找' });
    expect([document.activeElement === field, screen.getAllByRole('option').map(({ textContent }) => textContent)]).toEqual([true, ['同小同管理员', '周小周需要 PIN客服', 'ACAmy Chen客服']]);
    await userEvent.keyboard('小周{Enter}');
    const pin = await screen.findByLabelText('小周 的 PIN');
    expect(document.activeElement).toBe(pin);
    await userEvent.keyboard('1111{Enter}');
    expect((await screen.findByText(/不对，没有打开/)).getAttribute('role')).toBe('alert');
    await userEvent.keyboard('2468{Enter}');
    expect(await desk()).toBeTruthy();
    expect(sample.backend.callsOf('session.signIn').map(({ input }) => input)).toEqual([{ repId: ZHOU.id, pin: '1111' }, { repId: ZHOU.id, pin: '2468' }]);
  });

  test('the arrows choose, a rep without a PIN is in at once; nothing is asked of the store before', async () => {
    const sample = await openPage(many, /谁在用/);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(await desk()).toBeTruthy();
    const names = sample.backend.calls.map(({ name }) => name);
    expect(names.slice(0, names.indexOf('session.signIn')).filter((name) => /^(conversation|customer|message)/.test(name)).length).toBeLessThanOrEqual(1);
  });

  test('an Enter that ends a composition takes nobody, and an unknown name says so', async () => {
    const sample = await openPage(many, /谁在用/);
    const field = screen.getByRole('combobox');
    fireEvent.compositionStart(field);
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(sample.backend.callsOf('session.signIn')).toEqual([]);
    await userEvent.type(field, '王');
    expect(screen.getByRole('status').textContent).toBe('没有叫这个名字的客服');
  });

  test('too many tries count down and cannot be sent', async () => {
    await openPage({ state: 'signed_out', reps: [ZHOU], repId: ZHOU.id, retryAt: SAMPLE_NOW + 20_000 }, /谁在用/);
    await userEvent.keyboard('2468{Enter}');
    expect((await screen.findByText(/试错次数太多/)).textContent).toBe('试错次数太多，20 秒 后再试。');
    await userEvent.keyboard('2468');
    expect(screen.getByRole('button', { name: '登录' }).hasAttribute('disabled')).toBe(true);
  });
});

describe('the lock', () => {
  test('covers everything, keeps the draft, and opens by PIN', async () => {
    const sample = await openPage({ reps: [ADMIN, ZHOU], repId: ZHOU.id }, /工作台/);
    const row = sample.backend.state.conversations[0];
    await sample.page.desk.open(row!.id);
    const field = await screen.findByRole('textbox', { name: `回复 ${row!.customerName}` });
    await userEvent.type(field, '正在写的话');
    fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
    expect(await screen.findByRole('heading', { name: '屏幕已锁定' })).toBeTruthy();
    expect([document.body.textContent?.includes(row!.customerName), document.body.textContent?.includes('正在写的话'), screen.queryByRole('navigation')]).toEqual([false, false, null]);
    await waitFor(() => expect(sample.backend.state.drafts.get(row!.id)?.text).toBe('正在写的话'));
    await userEvent.keyboard('2468{Enter}');
    expect(await screen.findByRole('textbox', { name: `回复 ${row!.customerName}` })).toHaveProperty('value', '正在写的话');
  });

  test('told by the backend after idling, it covers as well; another rep may sign in instead', async () => {
    const sample = await openPage({ reps: [ADMIN, ZHOU] }, /工作台/);
    sample.backend.state.access.state = 'locked';
    sample.backend.emit({ type: 'session.changed', session: fakeSession(sample.backend.state.access) });
    expect(await screen.findByText(/没有设 PIN，谁都可以点继续/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '换人登录' }));
    expect(await screen.findByRole('combobox', { name: '输入名字查找' })).toBeTruthy();
  });

  test('a forgotten PIN: the store\'s passphrase opens it', async () => {
    await openPage({ state: 'locked', reps: [ZHOU], repId: ZHOU.id, canUsePassphrase: true }, /屏幕已锁定/);
    await userEvent.click(screen.getByRole('button', { name: '忘了 PIN，用数据口令' }));
    await userEvent.keyboard('correct horse{Enter}');
    expect(await desk()).toBeTruthy();
  });

  test('touching the window puts idleness off, not more often than every ten seconds', async () => {
    const sample = await openPage({}, /工作台/);
    for (let count = 0; count < 5; count++) fireEvent.pointerMove(document.body);
    await waitFor(() => expect(sample.backend.callsOf('session.active')).toHaveLength(1));
  });
});

describe('the rep in the rail', () => {
  test('quiet mode says what it does and is saved; one rep without a PIN has nobody to switch to', async () => {
    const sample = await openPage({}, /工作台/);
    await userEvent.click(screen.getByRole('button', { name: /小同.*账号/ }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText(/问过这类问题的会话不到 5 个/)).toBeTruthy();
    expect(within(menu).queryByRole('menuitem', { name: '换人登录' })).toBeNull();
    await userEvent.click(within(menu).getByRole('menuitemradio', { name: /只在少见或高风险时/ }));
    await waitFor(() => expect(sample.backend.state.settings.quietMode).toBe('rare'));
  });

  test('in rare mode only a high warning stands over the reply', async () => {
    const sample = samplePage({ signals: (id) => samplePage().backend.state.signals(id).map((signal) => ({ ...signal, band: 'warn' as const, p: 0.4 })) });
    sample.backend.state.settings.quietMode = 'rare';
    render(sample.element);
    await desk();
    await sample.page.desk.open(sample.backend.state.conversations[0]!.id);
    expect(await screen.findByText('暂无风险预警')).toBeTruthy();
    await sample.page.app.saveSettings({ quietMode: 'full' });
    await waitFor(() => expect(screen.queryByText('暂无风险预警')).toBeNull());
  });
});
