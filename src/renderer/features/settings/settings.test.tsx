import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFakeAccess, sampleRep, type FakeAccess } from '../../testing/fake-access.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';

// finding by role is slow in a made-up document, and a first run has many steps
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ADMIN = sampleRep(0);
const ZHOU = sampleRep(1, { hasPin: true });

async function openSettings(page: string, access: Partial<FakeAccess> = {}): Promise<SamplePage> {
  const sample = samplePage({ access: createFakeAccess(access) });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings(page);
  await screen.findByRole('heading', { level: 1, name: '设置' });
  return sample;
}

async function choose(label: string, choice: string): Promise<void> {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: choice }));
}

describe('my page', () => {
  test('a PIN is set twice the same, changed with the present one, and removed', async () => {
    const sample = await openSettings('me');
    await userEvent.click(await screen.findByRole('button', { name: '设 PIN' }));
    await userEvent.type(screen.getByLabelText('新 PIN（4 到 12 位数字）'), '12a');
    expect(screen.getByText('请用 4 到 12 位数字')).toBeTruthy();
    await userEvent.clear(screen.getByLabelText('新 PIN（4 到 12 位数字）'));
    await userEvent.type(screen.getByLabelText('新 PIN（4 到 12 位数字）'), '2468');
    await userEvent.type(screen.getByLabelText('再输一次'), '2468{Enter}');
    expect(await screen.findByText('已设 PIN')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '去掉 PIN' }));
    await userEvent.type(screen.getByLabelText('现在的 PIN'), '0000{Enter}');
    expect((await screen.findByText('不对，没有打开。请再试。')).getAttribute('role')).toBe('alert');
    await userEvent.clear(screen.getByLabelText('现在的 PIN'));
    await userEvent.type(screen.getByLabelText('现在的 PIN'), '2468{Enter}');
    expect(await screen.findByText('没有 PIN')).toBeTruthy();
    expect(sample.backend.callsOf('rep.setPin').map(({ input }) => input)).toEqual([
      { repId: ADMIN.id, currentPin: null, pin: '2468' }, { repId: ADMIN.id, currentPin: '0000', pin: null }, { repId: ADMIN.id, currentPin: '2468', pin: null },
    ]);
  });

  test('the quiet mode is explained as it is chosen; the tour is found again', async () => {
    const sample = await openSettings('me');
    expect(await screen.findByText(/每条客户消息都找推荐回复/)).toBeTruthy();
    await choose('推荐和预警', '不推荐');
    expect(await screen.findByText(/高风险仍会预警/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '重看导览' }));
    expect(await screen.findByRole('region', { name: '导览' })).toBeTruthy();
    expect(sample.page.app.store.getState().screen).toBe('desk');
  });
});

describe('reps', () => {
  test('an admin adds one, changes one, resets a PIN and shuts one out', async () => {
    const sample = await openSettings('reps', { reps: [ADMIN, ZHOU] });
    await userEvent.click(await screen.findByRole('button', { name: '添加客服' }));
    await userEvent.type(screen.getByLabelText('名字'), '小周');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByText(/已有名叫 小周 的客服/)).getAttribute('role')).toBe('alert');
    await userEvent.type(screen.getByLabelText('名字'), '二');
    await choose('角色', '组长');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByRole('button', { name: /^修改 ?小周二/ })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^修改 ?小周(?!二)/ }));
    await userEvent.click(screen.getByRole('button', { name: '去掉 PIN' }));
    await userEvent.click(screen.getAllByRole('button', { name: '去掉 PIN' }).at(-1)!);
    await waitFor(() => expect(sample.backend.callsOf('rep.setPin').map(({ input }) => input)).toEqual([{ repId: ZHOU.id, currentPin: null, pin: null }]));
    await userEvent.click(screen.getByRole('checkbox', { name: '可以登录' }));
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已停用')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^修改 ?小同/ }));
    expect(screen.getByRole('checkbox', { name: '可以登录' }).hasAttribute('disabled')).toBe(true);
  });

  test('a rep is told who may, and sees what each role may do', async () => {
    const sample = await openSettings('reps', { reps: [ADMIN, ZHOU], repId: ZHOU.id });
    expect((await screen.findByRole('note')).textContent).toBe('管理客服：只有管理员可以。你的角色是客服。');
    expect([screen.queryByRole('button', { name: '添加客服' }), sample.backend.callsOf('rep.list')]).toEqual([null, []]);
    const row = screen.getByRole('row', { name: /^抹除客户/ });
    expect(within(row).getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['–不可以', '✓可以', '–不可以', '✓可以']);
    sample.page.app.openSettings('shop');
    await waitFor(() => expect(screen.getByRole('note').textContent).toContain('改店铺设置：只有管理员可以'));
    expect(screen.getByLabelText('店铺名').hasAttribute('disabled')).toBe(true);
    sample.page.app.openSettings('audit');
    await waitFor(() => expect(screen.getByRole('note').textContent).toBe('看审计：只有组长和管理员可以。你的角色是客服。'));
  });

  test('an admin sets how soon the desk locks', async () => {
    const sample = await openSettings('shop');
    await screen.findByRole('combobox', { name: '多久没操作就锁定' });
    await choose('多久没操作就锁定', '15 分钟');
    await waitFor(() => expect(sample.backend.state.settings.idleLockMinutes).toBe(15));
  });
});

describe('audit', () => {
  test('lists in words, unknown actions by their code; filters; exports', async () => {
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) { saved.push(this.download); });
    const sample = await openSettings('audit');
    const rows = await screen.findAllByRole('row');
    expect(rows.slice(1).map((row) => within(row).getAllByRole('cell').slice(1, 3).map(({ textContent }) => textContent))).toEqual([['小同', '登录'], ['小同', '发出回复'], ['小同', '添加客服'], ['小同', '抹除客户'], ['小同', 'some.new_action']]);
    await choose('做了什么', '抹除客户');
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
    await userEvent.click(screen.getByRole('button', { name: '导出 CSV' }));
    expect(await screen.findByText('已导出 5 行到下载文件夹')).toBeTruthy();
    expect([saved, sample.backend.callsOf('audit.exportCsv').map(({ input }) => input)]).toEqual([['audit.csv'], [{ action: 'customer.erase' }]]);
  });
});
