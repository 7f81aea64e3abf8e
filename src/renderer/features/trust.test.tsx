import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { EngineStatus } from '../../shared/contract/app.contract.ts';
import { createFakeTrust, type FakeTrust } from '../testing/fake-trust.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';
import { sampleStatus } from '../testing/sample-shop.ts';

afterEach(cleanup);

async function open(pageId: string, change: Partial<FakeTrust> = {}): Promise<SamplePage> {
  const sample = samplePage({ trust: createFakeTrust(change) });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings(pageId);
  return sample;
}

const region = (name: string) => screen.findByRole('region', { name });

test('nothing has left, in plain words; hosts and this machine are told apart', async () => {
  await open('contacts');
  expect((await region('离开本机的内容')).textContent).toContain('没有任何内容离开过本机');
  cleanup();
  const line = { feature: 'channel', contactCount: 3, failureCount: 1, bytesOut: 2048, bytesIn: 10, firstAt: 1, lastAt: 2 };
  await open('contacts', { contacts: [{ ...line, host: 'api.shop.example', isLocal: false }, { ...line, host: '127.0.0.1:80', isLocal: true }] });
  expect(within(await screen.findByRole('table', { name: '其他主机' })).getByRole('row', { name: /api\.shop\.example 渠道 3 · 失败 1/ })).toBeTruthy();
  expect(screen.getByRole('table', { name: '本机的程序（没有离开这台电脑）' }).textContent).toContain('127.0.0.1:80');
});

test('health: each part says how it is; checks, a rebuild and a retry are asked for', async () => {
  const { backend } = await open('health', { storeProblems: ['row 3 missing'], health: { ...createFakeTrust().health, setAside: [{ kind: 'message', seq: 7, excerpt: '怪话', strikeCount: 2, at: 1 }] } });
  expect((await region('知识匹配')).textContent).toContain('正常');
  await userEvent.click(screen.getByRole('button', { name: '检查 数据' }));
  expect((await screen.findByRole('alert')).textContent).toContain('请从备份恢复');
  await userEvent.click(screen.getByRole('button', { name: '检查 模型文件' }));
  expect((await screen.findByText(/与发布时一致/)).textContent).toContain('deskmate-embed-2');
  await userEvent.click(screen.getByRole('button', { name: '重试 怪话' }));
  await waitFor(async () => expect((await region('搁置的文本')).textContent).toContain('没有'));
  await userEvent.click(screen.getByRole('button', { name: '重建索引' }));
  expect(backend.callsOf('trust.rebuildIndex')).toHaveLength(1);
});

test('health: a model on its way to take over says how far it is, one that does not open why', async () => {
  const { backend } = await open('health');
  const tell = (next: EngineStatus['next']) => backend.emit({ type: 'app.changed', status: { ...sampleStatus, engine: { ...sampleStatus.engine, next } } });
  tell({ modelId: 'deskmate-embed-2', doneRatio: 0.43, problem: null });
  await waitFor(async () => expect((await region('知识匹配')).textContent).toContain('deskmate-embed-2，已读 43%，读完前仍用现在的'));
  tell({ modelId: null, doneRatio: 0, problem: 'The file tokenizer.json of the model twin is not the one that was shipped.' });
  expect((await screen.findByRole('alert')).textContent).toBe('选用的模型没能打开，仍用现在的。 模型 twin 的文件 tokenizer.json 与发布的不一致。');
});

test('health: a full disk is told in the words of the rep, and so is why the engine is down', async () => {
  const { backend } = await open('health', { health: { ...createFakeTrust().health, engineProblem: 'The file tokenizer.json of the model twin is not the one that was shipped.' } });
  const tell = (change: Partial<EngineStatus>) => backend.emit({ type: 'app.changed', status: { ...sampleStatus, engine: { ...sampleStatus.engine, ...change } } });
  tell({ storingProblem: 'The disk is full, so new vectors cannot be stored. Free some room; it goes on by itself.' });
  expect((await screen.findByRole('alert')).textContent).toBe('磁盘满了，新的向量存不下。请腾出空间，之后会自动接着算。');
  expect((await region('知识匹配')).textContent).toContain('留意');
  tell({ state: 'down' });
  await waitFor(() => expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(['停了：建议和搜索只按字词。 模型 twin 的文件 tokenizer.json 与发布的不一致。']));
});

test('health: each model in use is checked, and what to do depends on where it came from', async () => {
  const checked = { problem: null, sha256: null, byteCount: 5_082_321, checkedAt: 1 };
  await open('health', { models: [{ ...checked, modelId: 'small', isShipped: false }, { ...checked, modelId: 'wanted', isShipped: false, problem: 'There is no model wanted.' }, { ...checked, modelId: 'deskmate-embed-2', isShipped: true, problem: 'A file of the model deskmate-embed-2 cannot be read: EIO' }] });
  await userEvent.click(await screen.findByRole('button', { name: '检查 模型文件' }));
  expect((await screen.findByText(/与添加时一致/)).textContent).toContain('small');
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(['wanted 的文件不对，请到「语言模型」移除它再添加，或换一个。 没有模型 wanted。', 'deskmate-embed-2 的文件不对，请重新安装同桌。 模型 deskmate-embed-2 有文件读不了：EIO']);
  expect((await region('模型文件')).textContent).toContain('有问题');
});

test('a backup is looked into, needs its passphrase, is restored and brought back', async () => {
  const { backend } = await open('backup');
  await userEvent.click(await screen.findByRole('button', { name: /^查看 .* 的备份/ }));
  expect(document.activeElement).toBe(screen.getByLabelText('备份文件的路径'));
  await userEvent.keyboard('{Enter}');
  await screen.findByText(/输入这份备份的口令/);
  await userEvent.type(screen.getByLabelText('这份备份的口令或恢复码'), 'correct horse{Enter}');
  await screen.findByText(/会话 120/);
  await userEvent.click(screen.getByRole('button', { name: '恢复这份备份' }));
  await userEvent.click(await screen.findByRole('button', { name: '撤回恢复' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: '撤回恢复' })).toBeNull());
  expect(backend.callsOf('trust.restore').map(({ input }) => input)).toEqual([{ path: '/data/backups/deskmate-auto-1.deskmate-backup', passphrase: 'correct horse' }]);
});

test('a customer is erased only with the name typed', async () => {
  const { backend } = await open('retention');
  const id = backend.state.conversations[0]?.customerId ?? '';
  const { name } = backend.state.card(id);
  const field = await screen.findByLabelText('客户编号');
  fireEvent.change(field, { target: { value: id } });
  await userEvent.type(field, '{Enter}');
  const dialog = within(await screen.findByRole('dialog', { name: '抹除客户' }));
  const button = await dialog.findByRole<HTMLButtonElement>('button', { name: '抹除，不能撤回' });
  expect([button.disabled, dialog.getByRole('region', { name: '会删掉' }).textContent?.includes('会话')]).toEqual([true, true]);
  await userEvent.type(dialog.getByLabelText(`输入客户的名字「${name}」确认`), `${name}{Enter}`);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(backend.callsOf('customer.erase').map(({ input }) => input)).toEqual([{ customerId: id }]);
});

test('about: a notice is found by licence', async () => {
  await open('about');
  await userEvent.type(await screen.findByLabelText('按名字或许可查找'), 'apache');
  expect(within(await region('第三方软件')).getAllByRole('listitem').map(({ textContent }) => textContent?.includes('usearch'))).toEqual([true]);
});
