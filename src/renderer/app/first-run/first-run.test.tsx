import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FirstRun } from '../../../shared/contract/first-run.contract.ts';
import { createFakeAccess } from '../../testing/fake-access.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage } from '../../testing/render-page.tsx';
import { sampleStatus } from '../../testing/sample-shop.ts';

beforeEach(() => void vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['zh-CN']));
// finding by role is slow in a made-up document, and a first run has many steps
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function openFirstRun(firstRun: Partial<FirstRun> = {}, change: Partial<FakeState> = {}) {
  const sample = samplePage({ access: createFakeAccess({ firstRun: { isDue: true, step: 'language', start: null, ...firstRun } }), ...change });
  sample.backend.state.settings = { ...sample.backend.state.settings, language: 'system', repName: '', shopName: '' };
  render(sample.element);
  await screen.findByRole('heading', { level: 1 });
  return sample;
}

const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const next = () => userEvent.click(screen.getByRole('button', { name: '继续' }));

describe('the first steps', () => {
  test('from the language to the desk, with the demo shop and a passphrase', async () => {
    const sample = await openFirstRun();
    await userEvent.click(screen.getByRole('radio', { name: /English/ }));
    await heading('Welcome to Deskmate');
    await userEvent.click(screen.getByRole('radio', { name: /简体中文/ }));
    await heading('欢迎使用同桌');
    await next();
    await heading('怎么称呼');
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('请填你的名字')).toBeTruthy();
    await userEvent.keyboard('小周');
    await userEvent.type(screen.getByLabelText('店铺名（可空）'), '山屿户外{Enter}');
    await heading('从哪里开始');
    await next();
    await heading('怎么保护数据');
    await next();
    await heading('设置口令');
    await userEvent.keyboard('12345678');
    expect(screen.getByRole('status').textContent).toContain('容易猜到');
    await userEvent.clear(screen.getByLabelText(/新口令/));
    await userEvent.type(screen.getByLabelText(/新口令/), 'correct horse battery staple');
    expect(screen.getByRole('status').textContent).toContain('很难猜到');
    await userEvent.type(screen.getByLabelText('再输一次'), 'correct horse battery staple{Enter}');
    await heading('抄下恢复码');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['1ABCD', '2EFGH', '3JKMN']);
    await userEvent.click(screen.getByRole('button', { name: '抄好了' }));
    expect(document.body.textContent).not.toMatch(/ABCD|EFGH|JKMN/);
    const groups = ['ABCD', 'EFGH', 'JKMN'];
    const fields = await screen.findAllByLabelText(/^第 \d 组$/);
    for (const field of fields) await userEvent.type(field, 'XXXX');
    await next();
    expect(await screen.findByText(/和恢复码不一样/)).toBeTruthy();
    for (const field of fields) {
      await userEvent.clear(field);
      const place = Number(/\d/.exec(document.querySelector(`label[for="${field.id}"]`)?.textContent ?? '')?.[0]) - 1;
      await userEvent.type(field, groups[place]!.toLowerCase());
    }
    await next();
    await heading('可以开始了');
    await userEvent.click(screen.getByRole('button', { name: '看两分钟导览' }));
    expect(await screen.findByRole('region', { name: '导览' })).toBeTruthy();
    const { backend } = sample;
    expect([backend.state.settings.repName, backend.state.settings.shopName, backend.state.status.keyProtection, backend.callsOf('demo.install').length, backend.callsOf('channel.startDemo').length, backend.state.access.firstRun.isDue])
      .toEqual(['小周', '山屿户外', 'passphrase', 1, 1, false]);
    expect(backend.callsOf('firstRun.save').map(({ input }) => (input as FirstRun).step)).toEqual(['names', 'start', 'protection', 'done']);
  });

  test('bringing one\'s own data leads to Import; every step goes back', async () => {
    const sample = await openFirstRun({ step: 'start' });
    await userEvent.click(await screen.findByRole('radio', { name: /导入我的数据/ }));
    await next();
    await heading('怎么保护数据');
    await userEvent.click(screen.getByRole('radio', { name: /先不设/ }));
    await next();
    await heading('可以开始了');
    for (const name of ['怎么保护数据', '从哪里开始', '怎么称呼', '欢迎使用同桌']) {
      await userEvent.click(screen.getByRole('button', { name: '上一步' }));
      await heading(name);
    }
    await sample.page.sessions.saveFirstRun({ step: 'done', start: 'own' });
    await heading('可以开始了');
    await userEvent.click(screen.getByRole('button', { name: '直接开始' }));
    expect(await screen.findByRole('heading', { level: 1, name: '导入' })).toBeTruthy();
    expect(sample.backend.callsOf('app.setPassphrase')).toEqual([]);
  });

  test('goes on where it stopped, also when the passphrase was set just before', async () => {
    await openFirstRun({ step: 'protection', start: 'own' }, { status: { ...sampleStatus, keyProtection: 'passphrase' } });
    expect(await screen.findByText(/口令已设好。恢复码只显示过一次/)).toBeTruthy();
    await next();
    await heading('可以开始了');
  });

  test('offers the keychain first where there is one', async () => {
    const sample = await openFirstRun({ step: 'protection' }, { status: { ...sampleStatus, isKeychainAvailable: true } });
    expect(screen.getByRole('radio', { name: /系统钥匙串/ }).getAttribute('aria-checked')).toBe('true');
    await next();
    await heading('可以开始了');
    expect(sample.backend.state.status.keyProtection).toBe('keychain');
  });

  test('can be skipped at once, and is not shown again', async () => {
    const sample = await openFirstRun();
    await userEvent.click(screen.getByRole('button', { name: '跳过，直接开始' }));
    expect(await screen.findByRole('navigation', { name: '主导航' })).toBeTruthy();
    await waitFor(() => expect(sample.backend.state.access.firstRun.isDue).toBe(false));
  });
});
