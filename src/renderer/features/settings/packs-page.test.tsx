import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { createFakePacks, type FakePacks } from '../../testing/fake-packs.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';

afterEach(cleanup);

async function openPacks(change: Partial<FakePacks> = {}): Promise<SamplePage> {
  const sample = samplePage({ packs: createFakePacks(change) });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('packs');
  await screen.findByRole('region', { name: '演示店铺' });
  return sample;
}

const block = (name: string) => within(screen.getByRole('region', { name }));

describe('demo shop', () => {
  test('is installed, says so at the left edge, and is removed after a question', async () => {
    const { backend } = await openPacks();
    await userEvent.click(await screen.findByRole('button', { name: '安装演示店铺' }));
    await block('演示店铺').findByText('已安装');
    expect(backend.callsOf('demo.install')).toHaveLength(1);
    expect((await within(screen.getByRole('navigation', { name: '主导航' })).findByRole('button', { name: /^演示店铺/ })).textContent).toContain('都是虚构的');
    await userEvent.click(block('演示店铺').getByRole('button', { name: '清掉演示店铺' }));
    expect(document.activeElement?.textContent).toBe('取消');
    await userEvent.keyboard('{Escape}');
    expect(backend.callsOf('demo.remove')).toHaveLength(0);
    await userEvent.click(block('演示店铺').getByRole('button', { name: '清掉演示店铺' }));
    await userEvent.click(within(screen.getByRole('group', { name: '清掉演示店铺' })).getByRole('button', { name: '清掉演示店铺' }));
    await block('演示店铺').findByText('没有安装');
    expect(screen.queryByText('都是虚构的', { exact: false, selector: 'button *' })).toBeNull();
  });

  test('does not go beside real customers', async () => {
    await openPacks({ demo: { state: 'none', installedAt: null, jobId: null, canInstall: false } });
    expect((await screen.findByRole('note')).textContent).toContain('只能装进空的数据文件夹');
    expect(screen.queryByRole('button', { name: '安装演示店铺' })).toBeNull();
  });
});

describe('packs', () => {
  test('one is removed and installed again', async () => {
    await openPacks();
    expect((await screen.findByText(/通用服务/)).closest('li')?.textContent).toContain('已安装 · 知识 0 · 短语 64 · 问题类型 16 · 规则 20');
    await userEvent.click(screen.getByRole('button', { name: '移除「通用服务」' }));
    await userEvent.click(within(screen.getByRole('group', { name: '移除「通用服务」' })).getByRole('button', { name: '移除「通用服务」' }));
    await userEvent.click(await screen.findByRole('button', { name: '安装「通用服务」' }));
    expect(await screen.findByRole('button', { name: '移除「通用服务」' })).toBeTruthy();
  });

  test('a folder is checked first: problems by line, then installed', async () => {
    const { backend } = await openPacks({ problems: (path) => (path.includes('bad') ? [{ file: 'macros/a.yaml', line: 3, message: 'text.en: it is missing; write it' }] : []) });
    const field = await screen.findByLabelText('资料包的文件夹路径');
    await userEvent.type(field, '/packs/bad{Enter}');
    expect((await screen.findByText('macros/a.yaml:3')).parentElement?.textContent).toBe('macros/a.yaml:3 text.en: it is missing; write it');
    expect(block('资料包').queryByRole('button', { name: '安装' })).toBeNull();
    await userEvent.clear(field);
    await userEvent.type(field, '/packs/good{Enter}');
    await userEvent.click(await block('资料包').findByRole('button', { name: '安装' }));
    await waitFor(() => expect(backend.callsOf('pack.install').map(({ input }) => input)).toEqual([{ path: '/packs/good' }]));
  });

  test('a list that cannot be read can be read again', async () => {
    const sample = samplePage({ packs: createFakePacks() });
    sample.backend.fail('pack.list', 'internal');
    render(sample.element);
    await screen.findByRole('navigation', { name: '主导航' });
    sample.page.app.openSettings('packs');
    expect((await screen.findByRole('alert')).textContent).toContain('没能读出资料包');
    sample.backend.fail('pack.list', null);
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByText(/通用服务/)).toBeTruthy();
  });
});
