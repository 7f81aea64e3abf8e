import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { adaptJob, createFakeAdapt, LEARNED, type FakeAdapt } from '../../testing/fake-adapt.ts';
import { createFakeAccess, sampleRep } from '../../testing/fake-access.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';

afterEach(cleanup);

const CHANGES = [
  { question: '<b>浮雕</b>款什么时候到', before: ['运费险怎么赔', '发票怎么开'], after: ['浮雕款周四到货', '运费险怎么赔'] },
  { question: '老花有货吗', before: [], after: ['老花系列现货'] },
];

async function open(adapt: FakeAdapt, change: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage({ adapt, ...change });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('adapt');
  await screen.findByRole('region', { name: '本店用语' });
  return sample;
}

const block = (name: string) => within(screen.getByRole('region', { name }));
const buttons = (name: string) => block(name).queryAllByRole('button').map(({ textContent }) => textContent);

test('with too little to learn from it says how much is missing, and cannot be started', async () => {
  await open(createFakeAdapt({ pairCount: 180, missingCount: 320, newPairCount: 180 }));
  expect((await block('本店用语').findByText(/还差/)).textContent).toBe('还差 320 组。客服多回复、多结束一些会话，或多写知识条目，就够了。');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '开始学习' }).disabled).toBe(true);
  expect([screen.queryByRole('region', { name: '上次学习的结果' }), screen.queryByRole('region', { name: '前后对比' })]).toEqual([null, null]);
});

test('it is started, shows how far it is, is cancelled, and learns once a week when asked to', async () => {
  const { backend } = await open(createFakeAdapt());
  backend.state.jobs = [adaptJob()];
  await userEvent.click(await screen.findByRole('button', { name: '开始学习' }));
  expect((await block('本店用语').findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('30');
  expect(screen.queryByRole('button', { name: '开始学习' })).toBeNull();
  await userEvent.click(block('本店用语').getByRole('button', { name: '取消' }));
  expect(await screen.findByRole('button', { name: '开始学习' })).toBeTruthy();
  expect(backend.callsOf('job.cancel')).toHaveLength(1);
  await userEvent.click(screen.getByLabelText('每周自动学一次'));
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('每周自动学一次').checked).toBe(true));
  expect(backend.callsOf('adapt.saveWeekly').map(({ input }) => input)).toEqual([{ isWeekly: true }]);
});

describe('what was learned', () => {
  test('is told in points, gains and costs', async () => {
    await open(createFakeAdapt(LEARNED, CHANGES));
    const rows = within(await screen.findByRole('table', { name: '正确答案排得有多靠前' })).getAllByRole('row').map((row) => [...row.children].map(({ textContent }) => textContent));
    expect(rows).toEqual([
      ['题目', '之前', '之后', '变化', '题数'],
      ['本店客户问的', '41.2', '48.6', '+7.4', '214'],
      ['英文（同桌自带的题）', '73.1', '72.4', '−0.7', '300'],
      ['用中文找英文（同桌自带的题）', '65.5', '65.5', '0', '180'],
    ]);
  });

  test('is shown on real questions as plain text, taken into use with the keyboard, and undone after a question', async () => {
    const { backend } = await open(createFakeAdapt(LEARNED, CHANGES));
    const [first, second] = (await block('前后对比').findAllByRole('listitem')).filter((item) => item.hasAttribute('aria-labelledby'));
    const listed = (item: HTMLElement | undefined) => ['之前', '之后'].map((name) => within(item!).queryByRole('list', { name })?.textContent);
    expect([first?.querySelector('p')?.textContent, first?.querySelector('b'), listed(first), listed(second)]).toEqual([
      '<b>浮雕</b>款什么时候到', null, ['运费险怎么赔发票怎么开', '＋新找到：浮雕款周四到货运费险怎么赔'], ['', '＋新找到：老花系列现货'],
    ]);
    expect(buttons('前后对比')).toEqual(['启用', '丢掉']);
    block('前后对比').getByRole('button', { name: '启用' }).focus();
    await userEvent.keyboard('{Enter}');
    expect((await screen.findByText(/从 861 段会话学到的/)).tagName).toBe('DD');
    expect([buttons('前后对比'), backend.callsOf('adapt.accept').length]).toEqual([['不再用学到的'], 1]);
    await userEvent.click(block('前后对比').getByRole('button', { name: '不再用学到的' }));
    expect(document.activeElement?.textContent).toBe('取消');
    await userEvent.click(within(screen.getByRole('group', { name: '不再用学到的' })).getByRole('button', { name: '不再用学到的' }));
    expect(await screen.findByText('同桌自带的模型')).toBeTruthy();
    expect(screen.queryByRole('region', { name: '前后对比' })).toBeNull();
  });

  test('is thrown away, and what is in use stays', async () => {
    const { backend } = await open(createFakeAdapt({ ...LEARNED, accepted: { ...LEARNED.candidate!, state: 'accepted', key: 'deskmate@1+0' } }, CHANGES));
    await block('前后对比').findByText('老花有货吗');
    expect(buttons('前后对比')).toEqual(['启用', '丢掉', '不再用学到的']);
    await userEvent.click(block('前后对比').getByRole('button', { name: '丢掉' }));
    await waitFor(() => expect(buttons('前后对比')).toEqual(['不再用学到的']));
    expect([backend.state.adapt.status.accepted?.key, backend.callsOf('adapt.undo')]).toEqual(['deskmate@1+0', []]);
  });

  test('is there to read for a rep, who may not decide', async () => {
    const rep = sampleRep(1);
    await open(createFakeAdapt(LEARNED, CHANGES), { access: createFakeAccess({ reps: [rep], repId: rep.id }) });
    await block('前后对比').findByText('老花有货吗');
    expect([screen.getByRole('note').textContent, buttons('本店用语'), buttons('前后对比')]).toEqual(['改规则：只有组长和管理员可以。你的角色是客服。', [], []]);
  });
});

test.each([
  ['adapt.status', '本店用语', '同桌自带的模型'],
  ['adapt.preview', '前后对比', '老花有货吗'],
])('when %s fails it says so and can be read again', async (call, region, shown) => {
  const sample = samplePage({ adapt: createFakeAdapt(LEARNED, CHANGES) });
  sample.backend.fail(call, 'internal');
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('adapt');
  expect((await screen.findByRole('alert')).textContent).toContain('没能读出来');
  sample.backend.fail(call, null);
  await userEvent.click(block(region).getByRole('button', { name: '重试' }));
  expect(await screen.findByText(shown)).toBeTruthy();
});

test('a customer is left out where they would be erased, and let in again', async () => {
  const { backend, page } = await open(createFakeAdapt());
  page.app.openSettings('retention');
  const customerId = backend.state.conversations[0]?.customerId ?? '';
  await userEvent.type(await screen.findByLabelText('客户编号'), `${customerId}{Enter}`);
  const dialog = within(await screen.findByRole('dialog', { name: '抹除客户' }));
  await userEvent.click(await dialog.findByRole('button', { name: '不再向这位客户学习' }));
  expect(await dialog.findByText('学习本店用语时会跳过这位客户。')).toBeTruthy();
  expect([...backend.state.adapt.forgotten]).toEqual([customerId]);
  await userEvent.click(dialog.getByRole('button', { name: '可以再学' }));
  expect(await dialog.findByRole('button', { name: '不再向这位客户学习' })).toBeTruthy();
  expect([backend.state.adapt.forgotten.size, backend.callsOf('customer.erase')]).toEqual([0, []]);
});
