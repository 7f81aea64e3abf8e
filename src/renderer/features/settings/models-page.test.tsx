import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { createFakeAccess, sampleRep } from '../../testing/fake-access.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { createFakeModels, sampleModel, type FakeModels } from '../../testing/fake-models.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleStatus } from '../../testing/sample-shop.ts';

vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

async function openModels(change: Partial<FakeModels> = {}, more: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage({ models: createFakeModels(change), ...more });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('models');
  await screen.findByRole('region', { name: '语言模型' });
  return sample;
}

const rowOf = async (id: string) => within((await screen.findByText(id)).closest('li') as HTMLElement);
const added = () => [...createFakeModels().models, sampleModel('e5-tiny', { licence: null })];

test('a model is used and removed after a question; Escape changes nothing', async () => {
  const { backend } = await openModels({ models: added() });
  const row = await rowOf('e5-tiny');
  expect(row.getByText(/^来自文件夹/).textContent).toBe('来自文件夹 · 许可没有写明，使用前请查清 · 112.5 MB · 384 维 · 本机实测：一句短话 12.5 毫秒，每秒 160 句');
  const shipped = await rowOf('deskmate-embed-2');
  expect([shipped.getByText('● 正在使用'), shipped.queryByRole('button', { name: /^移除/ }), shipped.queryByRole('button', { name: /^使用/ })]).toEqual([expect.anything(), null, null]);
  await userEvent.click(row.getByRole('button', { name: '移除 e5-tiny' }));
  expect(document.activeElement?.textContent).toBe('取消');
  await userEvent.keyboard('{Escape}');
  expect(backend.callsOf('model.remove')).toHaveLength(0);
  await userEvent.click(row.getByRole('button', { name: '使用 e5-tiny' }));
  await userEvent.click(within(row.getByRole('group', { name: '使用 e5-tiny' })).getByRole('button', { name: '使用 e5-tiny' }));
  expect(await row.findByText('● 已选用，还没有接替')).toBeTruthy();
  expect(row.queryByRole('button', { name: '移除 e5-tiny' })).toBeNull();
  await userEvent.click(shipped.getByRole('button', { name: '使用 deskmate-embed-2' }));
  await userEvent.click(within(shipped.getByRole('group')).getByRole('button', { name: '使用 deskmate-embed-2' }));
  await userEvent.click(await row.findByRole('button', { name: '移除 e5-tiny' }));
  await userEvent.click(within(row.getByRole('group')).getByRole('button', { name: '移除 e5-tiny' }));
  await waitFor(() => expect(screen.queryByText('e5-tiny')).toBeNull());
  expect(screen.getByText('还没有自己添加的模型')).toBeTruthy();
});

test('an address is added with what the model does not say; the list shows it', async () => {
  const { backend } = await openModels();
  await userEvent.type(await screen.findByLabelText('文件夹路径或网址'), 'https://hub.example/maker/small');
  await userEvent.click(screen.getByText('模型自己没有写明时'));
  await userEvent.type(screen.getByLabelText('问句前缀，如「query: 」'), 'query: ');
  await userEvent.click(screen.getByRole('button', { name: '添加模型' }));
  expect(await screen.findByText('small')).toBeTruthy();
  expect(backend.callsOf('model.add')).toMatchObject([{ input: { target: 'https://hub.example/maker/small', queryPrefix: 'query: ' } }]);
  await userEvent.type(screen.getByLabelText('文件夹路径或网址'), '/x/small{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('▲ 已有名叫 small 的模型。请先移除它，或给新模型另起名称。');
});

test('while one is added its progress stands there and can be cancelled; what failed says why', async () => {
  const { backend } = await openModels({ isSlow: true });
  await userEvent.type(await screen.findByLabelText('文件夹路径或网址'), '/x/slow{Enter}');
  const bar = await screen.findByRole('progressbar', { name: /slow/ });
  expect([bar.getAttribute('aria-valuenow'), bar.nextSibling?.textContent]).toEqual(['25', '28.1 MB']);
  expect(screen.getByRole('button', { name: '添加模型' })).toHaveProperty('disabled', true);
  await userEvent.click(within(screen.getByRole('region', { name: '添加模型' })).getByRole('button', { name: '取消' }));
  expect(backend.callsOf('job.cancel')).toHaveLength(1);
  cleanup();
  await openModels({ error: 'The model does not run: bad graph' });
  await userEvent.type(await screen.findByLabelText('文件夹路径或网址'), '/x/bad{Enter}');
  expect(await screen.findByText('模型运行不了：bad graph')).toBeTruthy();
});

test('a switch under way, one that cannot be, and a model whose files are not right', async () => {
  const models = [...createFakeModels().models, sampleModel('next', { isWanted: true }), sampleModel('half', { state: 'broken', reason: 'The manifest of the model half is missing or damaged. Remove the model and add it again.' })];
  const at = (next: FakeState['status']['engine']['next'], storingProblem: string | null = null) => ({ status: { ...sampleStatus, engine: { ...sampleStatus.engine, next, storingProblem } } });
  await openModels({ models, problems: ['The file config.json of the model next is missing or is not the one that was added. Remove the model and add it again.'] }, at({ modelId: 'next', doneRatio: 0.4, problem: null }));
  expect((await screen.findByRole('progressbar', { name: '正在用 next 重新计算' })).getAttribute('aria-valuenow')).toBe('40');
  const half = await rowOf('half');
  expect([half.getByText('▲ 模型 half 的清单缺失或损坏。请移除它再重新添加。'), half.queryByRole('button', { name: '使用 half' })]).toEqual([expect.anything(), null]);
  await userEvent.click(screen.getByRole('button', { name: '检查文件：next' }));
  expect(await screen.findByText('▲ 模型 next 的文件 config.json 缺失，或不是添加时的那个。请移除模型再重新添加。')).toBeTruthy();
  cleanup();
  await openModels({ models }, at({ modelId: null, doneRatio: 0, problem: 'The file tokenizer.json of the model next is not the one that was shipped.' }));
  expect((await screen.findByRole('alert')).textContent).toContain('模型 next 的文件 tokenizer.json 与发布的不一致。');
  cleanup();
  await openModels({ models }, at({ modelId: 'next', doneRatio: 0.4, problem: null }, 'The disk is full, so new vectors cannot be stored. Free some room; it goes on by itself.'));
  expect((await screen.findByRole('alert')).textContent).toBe('▲ 磁盘满了，新的向量存不下。请腾出空间，之后会自动接着算。');
});

test('who may not change it is told so, and the list that cannot be read can be read again', async () => {
  const sample = await openModels({ models: added() }, { access: createFakeAccess({ reps: [sampleRep(0), sampleRep(1)], repId: sampleRep(1).id }) });
  expect((await screen.findByRole('note')).textContent).toContain('管理员');
  expect([screen.queryByRole('button', { name: '使用 e5-tiny' }), screen.queryByRole('button', { name: '添加模型' })]).toEqual([null, null]);
  expect(screen.getByRole('button', { name: '检查文件：e5-tiny' })).toBeTruthy();
  cleanup();
  sample.backend.fail('model.list', 'internal');
  render(sample.element);
  sample.page.app.openSettings('models');
  expect(await screen.findByRole('button', { name: '重试' })).toBeTruthy();
});
