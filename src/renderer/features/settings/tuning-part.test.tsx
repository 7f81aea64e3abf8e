import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { TuningOutcome, TuningStatus } from '../../../shared/contract/tuning.contract.ts';
import { createFakeAccess, sampleRep } from '../../testing/fake-access.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { BETTER, createFakeTuning, TUNED, tuneJob } from '../../testing/fake-tuning.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { SAMPLE_NOW } from '../../testing/sample-shop.ts';

afterEach(cleanup);

const PART = '搜索怎样看字词和意思';
const OUTCOME = '上次调的结果';

async function open(change: Partial<TuningStatus> = {}, more: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage({ tuning: createFakeTuning(change), ...more });
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('adapt');
  await within(await screen.findByRole('region', { name: PART })).findByRole('table');
  return sample;
}

const block = (name: string) => within(screen.getByRole('region', { name }));
const buttons = (name: string) => block(name).queryAllByRole('button').map(({ textContent }) => textContent);
const rowsOf = (table: HTMLElement) => within(table).getAllByRole('row').map((row) => [...row.children].map(({ textContent }) => textContent));
const own = { madeAt: SAMPLE_NOW, model: { id: 'deskmate-embed-2', hasLearned: false }, holds: true };

test('in a shop that never tuned it says what came with Deskmate, in plain words, and can be started and cancelled', async () => {
  const { backend } = await open();
  expect([...screen.getByRole('region', { name: PART }).querySelectorAll('dd')].map(({ textContent }) => textContent)).toEqual(['同桌自带的', '自带的算法']);
  expect(rowsOf(block(PART).getByRole('table'))).toEqual([
    ['问和答', '现在'],
    ['中文问，中文答', '意思 65%，字词 35%'],
    ['英文问，英文答', '意思 60%，字词 40%'],
    ['只有数字、符号的问题', '意思 50%，字词 50%'],
    ['中文问，英文答', '只看意思，按 85% 计分'],
    ['英文问，中文答', '只看意思，按 85% 计分'],
  ]);
  expect([buttons(PART), screen.queryByRole('region', { name: OUTCOME })]).toEqual([['开始调'], null]);
  backend.state.jobs = [tuneJob()];
  block(PART).getByRole('button', { name: '开始调' }).focus();
  await userEvent.keyboard('{Enter}');
  expect((await block(PART).findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('45');
  expect(buttons(PART)).toEqual(['取消']);
  await userEvent.click(block(PART).getByRole('button', { name: '取消' }));
  await waitFor(() => expect(buttons(PART)).toEqual(['开始调']));
  expect(backend.callsOf('job.cancel')).toHaveLength(1);
});

describe('an outcome that waits', () => {
  test('says what it gives, how sure that is, and on how many questions', async () => {
    await open({ last: BETTER });
    expect(block(OUTCOME).getByRole('status').textContent).toBe('✓ 有更好的：用较新的问题考过，比正在用的好。');
    expect(block(OUTCOME).getByText(/较早的 310 个问题用来选，较新的 310 个问题用来考/)).toBeTruthy();
    const ranking = within(block(OUTCOME).getByRole('region', { name: '客服真正发的回复，排得有多靠前' }));
    expect([rowsOf(ranking.getAllByRole('table')[0]!), ranking.getByText(/不像是碰巧/).textContent]).toEqual([
      [['调之前', '调过之后', '变化', '打分的问题'], ['51.2', '56.3', '+5.1', '240']], '换一批同样的问题，变化大多会在 +2.1 到 +8.2 分之间，不像是碰巧。',
    ]);
    expect(rowsOf(ranking.getByRole('table', { name: '字词和意思各占多少' }))).toEqual([['问和答', '调之前', '调过之后'], ['中文问，中文答', '意思 65%，字词 35%', '意思 40%，字词 60%']]);
    const sure = within(block(OUTCOME).getByRole('region', { name: '推荐说的把握，有多少真的对' }));
    expect(rowsOf(sure.getByRole('table'))).toEqual([
      ['标为', '调之前', '调过之后'],
      ['很匹配', '每 100 条说对 66 条，实对 48 条 （共 312 条）', '每 100 条说对 57 条，实对 55 条 （共 201 条）'],
      ['可能', '每 100 条说对 34 条，实对 19 条 （共 260 条）', '每 100 条说对 33 条，实对 29 条 （共 228 条）'],
      ['参考', '每 100 条说对 20 条，实对 8 条 （共 198 条）', '没有'],
      ['不显示的', '每 100 条说对 9 条，实对 3 条 （共 160 条）', '每 100 条说对 8 条，实对 9 条 （共 501 条）'],
    ]);
    expect([sure.getByText(/平均每 100 条/).textContent, sure.getByText(/按本店改过/).textContent]).toEqual([
      '说的和实际，平均每 100 条原来差 16 条，调过之后差 4 条。', '按本店改过：自带说 100 条里对 45 条的，本店算 31 条；说对 25 条的，算 14 条',
    ]);
  });

  test('is taken into use with the keyboard, and put back after a question', async () => {
    const { backend } = await open({ last: BETTER });
    expect(buttons(OUTCOME)).toEqual(['启用', '丢掉']);
    block(OUTCOME).getByRole('button', { name: '启用' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(await block(PART).findByText(/按本店调的，配 deskmate-embed-2/)).toBeTruthy();
    expect(rowsOf(block(PART).getByRole('table')).slice(0, 2)).toEqual([['问和答', '自带', '现在'], ['中文问，中文答', '意思 65%，字词 35%', '意思 40%，字词 60%']]);
    expect([buttons(PART), buttons(OUTCOME), block(OUTCOME).getByRole('status').textContent]).toEqual([['再调一次', '回到自带的'], [], '✓ 有更好的：用较新的问题考过，比正在用的好。 已启用。']);
    await userEvent.click(block(PART).getByRole('button', { name: '回到自带的' }));
    expect(document.activeElement?.textContent).toBe('取消');
    await userEvent.keyboard('{Escape}');
    expect(buttons(PART)).toEqual(['再调一次', '回到自带的']);
    await userEvent.click(block(PART).getByRole('button', { name: '回到自带的' }));
    await userEvent.click(within(screen.getByRole('group', { name: '回到自带的' })).getByRole('button', { name: '回到自带的' }));
    await waitFor(() => expect(buttons(PART)).toEqual(['再调一次']));
    expect([backend.callsOf('tuning.accept').length, backend.callsOf('tuning.undo').length]).toEqual([1, 1]);
  });

  test('is thrown away, and what is in use stays', async () => {
    const { backend } = await open({ last: BETTER });
    await userEvent.click(block(OUTCOME).getByRole('button', { name: '丢掉' }));
    await waitFor(() => expect(block(OUTCOME).getByRole('status').textContent).toContain('没有启用，已丢掉。'));
    expect([buttons(OUTCOME), backend.callsOf('tuning.accept'), backend.state.tuning.status.own]).toEqual([[], [], null]);
  });

  test('is there to read for a rep, who may not decide', async () => {
    const rep = sampleRep(1);
    await open({ last: BETTER, own, inUse: TUNED }, { access: createFakeAccess({ reps: [rep], repId: rep.id }) });
    expect([screen.getByRole('note').textContent, buttons(PART), buttons(OUTCOME)]).toEqual(['改规则：只有组长和管理员可以。你的角色是客服。', [], []]);
  });

  test('can only be thrown away once another model searches', async () => {
    await open({ last: { ...BETTER, isOutdated: true } });
    expect([block(OUTCOME).getByText(/换了模型/).textContent, buttons(OUTCOME)]).toEqual(['调过之后换了模型，这个结果不能用了。请再调一次。', ['丢掉']]);
  });
});

const figures = BETTER.figures!;
test.each<[string, Partial<TuningOutcome>, RegExp[]]>([
  ['a change that may be chance', { figures: { ...figures, mrr: { ...figures.mrr, lead: [-0.01, 0.06] } } }, [/−1\.0 到 \+6\.0 分之间：也可能只是碰巧/]],
  ['a weighing that did no better', { change: { weights: null, odds: TUNED.odds } }, [/没有更好的搭配，比重不改/]],
  ['chances that were no more accurate', { change: { weights: TUNED.weights, odds: null } }, [/平均每 100 条差 16 条/, /没有更准的算法，把握不改/]],
  ['nothing that did better', { verdict: 'not_better', change: null }, [/没有比正在用的更好/]],
  ['too few questions', { verdict: 'too_few', change: null, supply: { questions: { has: 23, needed: 50 }, shown: { has: 69, needed: 100 }, right: { has: 31, needed: 20 } } }, [/有 23 个，至少要 50 个/, /有 69 条，至少要 100 条/]],
  ['no reply known', { verdict: 'too_few', change: null, figures: { ...figures, mrr: { before: null, after: null, lead: null } } }, [/没有一个的回复以前发过/]],
  ['no history', { verdict: 'no_history', change: null, supply: null, figures: null, model: null }, [/还没有够用的历史/]],
])('it tells of %s', async (_, change, shown) => {
  await open({ last: { ...BETTER, ...change } });
  for (const words of shown) expect(block(OUTCOME).getByText(words)).toBeTruthy();
});

test.each([
  ['another model searches', { id: 'e5-small', hasLearned: false }, '配 deskmate-embed-2 的，现在搜索用的是 e5-small，所以先用自带的'],
  ['the model has learned since', { id: 'deskmate-embed-2', hasLearned: true }, '现在搜索用的是 deskmate-embed-2（学过本店用语），所以先用自带的'],
  ['the model was updated', { id: 'deskmate-embed-2', hasLearned: false }, 'deskmate-embed-2 又学过或更新过，所以先用自带的'],
  ['no model is ready', null, '现在搜索用的是 还没有准备好的模型'],
])('what was tuned rests while %s', async (_, model, shown) => {
  await open({ own: { ...own, holds: false }, model });
  expect(block(PART).getByRole('status').textContent).toContain(shown);
});

test('a measurement that failed says why, and when it cannot be read it can be read again', async () => {
  const sample = samplePage({ tuning: createFakeTuning(), jobs: [tuneJob({ state: 'failed', error: 'The search engine is not ready.' })] });
  sample.backend.fail('tuning.status', 'internal');
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.openSettings('adapt');
  const part = within(await screen.findByRole('region', { name: PART }));
  expect([(await part.findByRole('alert')).textContent, part.getByText('搜索还没有准备好。').tagName]).toEqual([expect.stringContaining('没能读出来'), 'P']);
  sample.backend.fail('tuning.status', null);
  await userEvent.click(part.getByRole('button', { name: '重试' }));
  expect(await part.findByText('同桌自带的')).toBeTruthy();
  sample.backend.fail('tuning.start', 'conflict');
  await userEvent.click(part.getByRole('button', { name: '开始调' }));
  expect((await part.findByRole('alert')).textContent).toContain('▲');
});
