import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeState } from '../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';
import { sampleConversations, sampleStatus } from '../testing/sample-shop.ts';

// Before the store is open its settings cannot be read, so the gates speak the system's language.
beforeEach(() => void vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['zh-CN']));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function openPage(change: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage(change);
  render(sample.element);
  await screen.findAllByText(/工作台|Desk|打开数据|没能打开/);
  return sample;
}

describe('gates', () => {
  test('locked: a wrong passphrase says what to do, the right one opens the Desk', async () => {
    await openPage({ status: { ...sampleStatus, state: 'locked', keyProtection: 'passphrase' } });
    const field = await screen.findByLabelText('口令');
    await userEvent.type(field, 'wrong');
    await userEvent.click(screen.getByRole('button', { name: '打开' }));
    expect((await screen.findByText(/口令或恢复码不对/)).textContent).toContain('数据没有改动');
    await userEvent.clear(field);
    await userEvent.type(field, 'correct horse{Enter}');
    expect(await screen.findByRole('navigation', { name: '主导航' })).toBeTruthy();
    await waitFor(() => expect(screen.getByText('待回 7')).toBeTruthy());
  });

  test('locked: the recovery code opens too', async () => {
    await openPage({ status: { ...sampleStatus, state: 'locked' } });
    await userEvent.click(await screen.findByRole('button', { name: '忘了口令，用恢复码' }));
    await userEvent.type(screen.getByLabelText('恢复码'), 'ABCD-EFGH-JKMN{Enter}');
    expect(await screen.findByRole('navigation')).toBeTruthy();
  });

  test('failed: the reason, where the file is, and a retry', async () => {
    const sample = await openPage({ status: { ...sampleStatus, state: 'failed', problem: 'Another program is using the store.' } });
    expect((await screen.findByRole('alert')).textContent).toBe('Another program is using the store.');
    sample.backend.state.status = sampleStatus;
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByRole('navigation')).toBeTruthy();
  });
});

describe('notices', () => {
  test('connection lost, engine down, unclean stop', async () => {
    const sample = await openPage({ status: { ...sampleStatus, recovery: { wasUnclean: true, unknownReplyCount: 2, interruptedJobCount: 0 } } });
    expect((await screen.findByText(/上次没有正常退出/)).textContent).toBe('上次没有正常退出。草稿都在。 待核对的回复：2 条。');
    await userEvent.click(screen.getByRole('button', { name: '知道了' }));
    expect(screen.queryByText(/上次没有正常退出/)).toBeNull();
    sample.backend.become('lost');
    expect(await screen.findByText(/与后台的连接断了/)).toBeTruthy();
    sample.backend.become('open');
    sample.backend.emit({ type: 'app.changed', status: { ...sampleStatus, engine: { ...sampleStatus.engine, state: 'down' } } });
    expect(await screen.findByText(/知识匹配停了/)).toBeTruthy();
    expect(screen.queryByText(/与后台的连接断了/)).toBeNull();
  });
});

describe('the Desk', () => {
  test('customer, warning and suggestions of the open conversation', async () => {
    const sample = await openPage();
    const first = sampleConversations()[0];
    if (first === undefined) throw new Error('a sample conversation');
    await sample.page.desk.open(first.id);
    const customer = await screen.findByRole('region', { name: '客户' });
    await within(customer).findByText('冠军客户');
    expect(within(customer).getByText('11 单 · ¥8,420.00')).toBeTruthy();
    expect(within(customer).getByText('· 近一年 11 单，偏多')).toBeTruthy();
    expect(screen.getByText('很可能升级').closest('p')?.textContent).toBe('▲ 很可能升级：提到投诉 · 等了 3 分 10 秒');
    expect(screen.getByText('下一步：说清经过，给出处理人和完成时间')).toBeTruthy();
    expect(within(screen.getByRole('listbox', { name: '推荐回复' })).getAllByRole('option').map((row) => row.textContent?.slice(0, 6))).toEqual(['1给您添麻烦', '2请发一下订', '3您好，袖口']);

    await userEvent.click(screen.getByRole('button', { name: '误报' }));
    expect(await screen.findByText('暂无风险预警')).toBeTruthy();
    expect(sample.backend.callsOf('risk.label')[0]?.input).toMatchObject({ label: 'false_alarm' });
    await userEvent.click(screen.getByRole('button', { name: '撤销' }));
    expect(await screen.findByText('很可能升级')).toBeTruthy();

    await userEvent.click(screen.getByRole('button', { name: '标签有误' }));
    expect(await screen.findByText('已标为有误，待复核')).toBeTruthy();
  });

  test('no knowledge: says so, and goes to write it with the question', async () => {
    const sample = await openPage({ suggestions: (id) => ({ conversationId: sampleConversations()[0]?.id ?? (id as never), messageId: null, state: 'no_match', suggestions: [] }) });
    const first = sampleConversations()[0];
    if (first === undefined) throw new Error('a sample conversation');
    await sample.page.desk.open(first.id);
    await userEvent.click(await screen.findByRole('button', { name: '写一条知识' }));
    await waitFor(() => expect((screen.getByLabelText('标题') as HTMLInputElement).value).toContain('再没有结果我就要投诉了'));
  });

  test('an empty queue says what to do', async () => {
    await openPage({ conversations: [] });
    expect(await screen.findByText('没有排队的会话')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '去导入' }));
    expect(await screen.findByRole('heading', { name: '导入' })).toBeTruthy();
  });
});

describe('keys', () => {
  test('? shows the keys, g s goes to settings, Ctrl+F searches and Enter opens a conversation', async () => {
    const sample = await openPage();
    await screen.findByText('待回 7');
    fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
    expect(await screen.findByRole('dialog', { name: '快捷键' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 's' });
    expect(await screen.findByRole('heading', { name: '设置' })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
    const box = await screen.findByRole('combobox', { name: '搜索' });
    await userEvent.type(box, '快递三天');
    const hit = await screen.findByRole('option', { name: /再不处理我就投诉/ });
    expect(hit.querySelector('mark')?.textContent).toBe('快递三天');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(sample.page.desk.queue.store.getState().openId).toBe(sampleConversations()[8]?.id));
    expect(sample.page.app.store.getState().screen).toBe('desk');
  });

  test('nothing acts while an input method composes', async () => {
    const sample = await openPage();
    await screen.findByText('待回 7');
    fireEvent.keyDown(document.body, { key: '?', isComposing: true });
    fireEvent.keyDown(document.body, { key: '?', keyCode: 229 });
    expect(sample.page.app.store.getState().overlay).toBeNull();
  });
});
