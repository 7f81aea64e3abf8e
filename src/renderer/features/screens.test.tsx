import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Screen } from '../app/app.store.ts';
import type { FakeState } from '../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';

afterEach(cleanup);

async function openScreen(name: Screen, change: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage(change);
  render(sample.element);
  await screen.findByRole('navigation');
  sample.page.app.goTo(name);
  return sample;
}

describe('import', () => {
  test('a typed path is previewed, a column mapped away is asked for, the import starts with the mapping', async () => {
    const sample = await openScreen('import');
    await userEvent.type(await screen.findByLabelText('或输入文件、文件夹路径'), '/data/orders.csv{Enter}');
    expect(await screen.findByText('GB18030')).toBeTruthy();
    sample.page.imports.mapColumn('实付金额', null);
    expect((await screen.findByText(/缺少必填字段/)).textContent).toBe('△ 缺少必填字段：金额');
    expect((screen.getByRole('button', { name: '开始导入' }) as HTMLButtonElement).disabled).toBe(true);
    sample.page.imports.mapColumn('备注', 'amount');
    await waitFor(() => expect((screen.getByRole('button', { name: '开始导入' }) as HTMLButtonElement).disabled).toBe(false));
    await userEvent.click(screen.getByRole('button', { name: '开始导入' }));
    await waitFor(() => expect(sample.backend.callsOf('import.start')).toHaveLength(1));
    expect(sample.backend.callsOf('import.start')[0]?.input).toMatchObject({ path: '/data/orders.csv', kind: 'orders', options: { mapping: { 买家昵称: 'customer_id', 订单编号: 'order_id', 付款时间: 'paid_at', 备注: 'amount' } } });
  });

  test('rejected rows are shown on demand; a running job is cancelled', async () => {
    const sample = await openScreen('import');
    await userEvent.click(await screen.findByRole('button', { name: '查看退回的行' }));
    expect(within(screen.getByRole('table')).getAllByRole('row').map((row) => row.textContent)).toEqual(['文件行原因', 'orders.csv18amount is not a number: "免费"', 'orders.csv411paid_at is not a date: "2026-13-02"']);
    await userEvent.click(screen.getByRole('button', { name: '取消' }));
    await screen.findByText('已取消');
    expect(sample.backend.callsOf('job.cancel')).toHaveLength(1);
  });

  test('an unreadable file says what was kept', async () => {
    const sample = await openScreen('import');
    sample.backend.fail('import.preview', 'file_unreadable');
    await userEvent.type(await screen.findByLabelText('或输入文件、文件夹路径'), '/nowhere{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('没有导入任何内容');
  });

  test('a replay starts and stops', async () => {
    const sample = await openScreen('import');
    await userEvent.click(await screen.findByRole('button', { name: '开始回放' }));
    expect(await screen.findByText('已播放 3 / 20')).toBeTruthy();
    expect(sample.backend.callsOf('channel.startReplay')[0]?.input).toMatchObject({ speed: 10, limit: 20 });
    await userEvent.click(screen.getByRole('button', { name: '停止' }));
    expect(await screen.findByText(/已停止/)).toBeTruthy();
  });
});

describe('knowledge', () => {
  test('an article is deleted and brought back', async () => {
    const sample = await openScreen('knowledge');
    const article = sample.backend.state.articles[0];
    if (article === undefined) throw new Error('a sample article');
    await screen.findByText('共 5 条');
    await sample.page.knowledge.openArticle(article.id);
    await userEvent.click(await screen.findByRole('button', { name: '删除' }));
    await userEvent.click(await screen.findByRole('button', { name: '撤销' }));
    await screen.findByText('已恢复「终身维修」');
    expect(sample.backend.state.articles).toHaveLength(5);
  });

  test('a macro is written; a bad code is refused before it is sent; a failure keeps what was typed', async () => {
    const sample = await openScreen('knowledge');
    await screen.findByText('共 5 条');
    await userEvent.click(screen.getByRole('button', { name: '快捷短语' }));
    await userEvent.click(await screen.findByRole('button', { name: '新快捷短语' }));
    await userEvent.type(screen.getByLabelText('代码'), 'a b');
    expect(screen.getByText('代码含有不能用的字符')).toBeTruthy();
    await userEvent.clear(screen.getByLabelText('代码'));
    await userEvent.type(screen.getByLabelText('代码'), '改址');
    await userEvent.type(screen.getByLabelText('内容'), '请发新地址。');
    sample.backend.fail('knowledge.saveMacro', 'conflict');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByRole('alert')).textContent).toContain('内容还在编辑框里');
    sample.backend.fail('knowledge.saveMacro', null);
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await screen.findByText('已保存「改址」');
    expect(sample.backend.state.macros.at(-1)).toMatchObject({ code: '改址', text: '请发新地址。' });
  });
});

describe('settings', () => {
  test('language follows the setting, on the screen and on the document', async () => {
    const sample = await openScreen('settings');
    await sample.page.app.saveSettings({ language: 'en' });
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('en');
    await sample.page.app.saveSettings({ language: 'zh-Hant', theme: 'dark' });
    expect(await screen.findByRole('heading', { name: '設定' })).toBeTruthy();
    expect([document.documentElement.lang, document.documentElement.dataset['theme']]).toEqual(['zh-Hant', 'dark']);
  });

  test('a refused change goes back', async () => {
    const sample = await openScreen('settings');
    sample.backend.fail('settings.set', 'store_busy');
    expect(await sample.page.app.saveSettings({ theme: 'dark' })).toMatchObject({ code: 'store_busy' });
    expect(sample.page.app.store.getState().settings.theme).toBe('light');
  });

  test('a passphrase gives a recovery code, shown once', async () => {
    (await openScreen('settings')).page.app.openSettings('store');
    expect(await screen.findByText(/拿到这块硬盘的人可以打开数据/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '设置口令' }));
    await userEvent.type(screen.getByLabelText('新口令（至少 8 个字符）'), 'correct horse');
    await userEvent.type(screen.getByLabelText('再输一次'), 'correct hors');
    expect(screen.getByText('两次输入不一样')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('再输一次'), 'e');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('ABCD-EFGH-JKMN')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '已保管好' }));
    expect(screen.queryByText('ABCD-EFGH-JKMN')).toBeNull();
    expect(await screen.findByText(/由口令保护/)).toBeTruthy();
  });

  test('the store page leads to the backups; a backup says where it is', async () => {
    (await openScreen('settings')).page.app.openSettings('store');
    await userEvent.click(within(await screen.findByRole('region', { name: '数据与备份' })).getByRole('button'));
    await userEvent.click(await screen.findByRole('button', { name: '立即备份' }));
    expect((await screen.findByText(/已备份到/)).textContent).toContain('/home/rep/deskmate-backup.db，18 MB');
  });
});
