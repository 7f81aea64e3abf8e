import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';

afterEach(cleanup);

async function openKnowledge(change: Partial<FakeState> = {}, tab: '知识条目' | '快捷短语' | '未答上的问题' = '知识条目'): Promise<SamplePage> {
  const sample = samplePage(change);
  render(sample.element);
  await screen.findByRole('navigation', { name: '主导航' });
  sample.page.app.goTo('knowledge');
  await screen.findByText('共 5 条');
  if (tab !== '知识条目') await userEvent.click(screen.getByRole('button', { name: new RegExp(`^${tab}`) }));
  return sample;
}
const field = <Element extends HTMLElement>(name: string): Element => screen.getByLabelText<Element>(name);

describe('articles', () => {
  test('one is written, previewed, cut, saved, and the version before is brought back', async () => {
    const sample = await openKnowledge();
    await userEvent.click(screen.getByRole('button', { name: '写一条知识' }));
    await userEvent.type(field('标题'), '帐篷防水');
    await userEvent.type(field('正文'), '## 指数{Enter}外帐 **3000 mm**，<b>放心</b>用。');
    await userEvent.click(screen.getByRole('button', { name: '预览' }));
    expect(screen.getByRole('heading', { name: '指数' })).toBeTruthy();
    expect(screen.getByText('3000 mm').tagName).toBe('STRONG');
    expect(document.querySelector('form b')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '片段' }));
    expect(await screen.findByText('1 个片段')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await screen.findByText('已保存「帐篷防水」');
    const id = sample.backend.state.articles[0]?.id ?? '';
    await sample.page.knowledge.saveArticle({ id, baseVersion: 1, title: '帐篷防水', language: 'zh', intent: null, markdown: '改坏了', validFrom: null, validTo: null, answers: [] });
    await userEvent.click(await screen.findByRole('button', { name: '历史版本' }));
    await userEvent.click(await screen.findByRole('button', { name: /第 1 版/ }));
    await userEvent.click(screen.getByRole('button', { name: '恢复这一版' }));
    await screen.findByText('已恢复第 1 版');
    expect(sample.backend.state.articles[0]).toMatchObject({ version: 3, markdown: expect.stringContaining('3000 mm') as string });
  });

  test('what is typed is there again after another entry was open, and until it is discarded', async () => {
    const sample = await openKnowledge();
    await userEvent.click(screen.getByRole('button', { name: '写一条知识' }));
    await userEvent.type(field('标题'), '写到一半');
    await sample.page.knowledge.openArticle(sample.backend.state.articles[1]?.id ?? '');
    await screen.findByRole('heading', { name: '七天无理由退换' });
    await userEvent.click(screen.getByRole('button', { name: '写一条知识' }));
    expect(field<HTMLInputElement>('标题').value).toBe('写到一半');
    await userEvent.click(screen.getByRole('button', { name: '放弃改动' }));
    await userEvent.click(screen.getByRole('button', { name: '写一条知识' }));
    expect(field<HTMLInputElement>('标题').value).toBe('');
  });

  test('an expired one says so; a conflict keeps what was typed', async () => {
    const sample = await openKnowledge();
    await sample.page.knowledge.openArticle(sample.backend.state.articles[4]?.id ?? '');
    expect(await screen.findByText(/已过期，不再推荐/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '编辑' }));
    await userEvent.type(field('标题'), '二');
    sample.backend.fail('knowledge.saveArticle', 'conflict');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByRole('alert')).textContent).toContain('内容还在编辑框里');
    expect(field<HTMLInputElement>('标题').value).toBe('大促价保二');
  });
});

describe('questions', () => {
  test('from the Desk one opens a new article with its words; saving takes it off the list', async () => {
    const sample = await openKnowledge();
    sample.page.app.writeFor('帐篷的防水指数是多少，能过冬吗');
    await waitFor(() => expect(field<HTMLInputElement>('标题').value).toBe('帐篷的防水指数是多少，能过冬吗'));
    expect(screen.getByText(/3 个同样的问题会从列表中移走/)).toBeTruthy();
    await userEvent.type(field('正文'), '3000 mm，不建议过冬。');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(sample.backend.state.questions.map(({ question }) => question)).toEqual(['能开增值税专票吗']));
  });

  test('one is taken off the list and put back', async () => {
    const sample = await openKnowledge({}, '未答上的问题');
    sample.page.knowledge.chooseQuestion(sample.backend.state.questions[1]!);
    await userEvent.click(await screen.findByRole('button', { name: '不用写' }));
    await screen.findByText('已从列表移走');
    expect(sample.backend.state.questions).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: '撤销' }));
    await waitFor(() => expect(sample.backend.state.questions).toHaveLength(2));
  });
});

describe('macros', () => {
  test('an unknown variable is named with its place and mended by one click; the preview shows the holes', async () => {
    const sample = await openKnowledge({}, '快捷短语');
    await userEvent.click(screen.getByRole('button', { name: '新快捷短语' }));
    await userEvent.type(field('代码'), 'ship');
    const text = field<HTMLTextAreaElement>('内容');
    await userEvent.click(text);
    await userEvent.paste('单号 {{ order.waybil }}');
    expect(await screen.findByText('第 1 行第 7 列：没有变量 order.waybil')).toBeTruthy();
    expect((screen.getByRole('button', { name: '保存' }) as HTMLButtonElement).disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: '改为 order.waybill' }));
    expect(text.value).toBe('单号 {{ order.waybill }}');
    expect(await screen.findByText(/这个会话里没有：运单号/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await screen.findByText('已保存「ship」');
    expect(sample.backend.state.macros.at(-1)).toMatchObject({ code: 'ship', scope: 'team' });
  });

  test('one is deleted and comes back with everything', async () => {
    const sample = await openKnowledge({}, '快捷短语');
    sample.page.knowledge.chooseMacro(sample.backend.state.macros[1]?.id ?? '');
    await userEvent.click(await screen.findByRole('button', { name: '删除' }));
    await userEvent.click(await screen.findByRole('button', { name: '撤销' }));
    await screen.findByText('已恢复「发票时间」');
    expect(sample.backend.state.macros.at(-1)).toMatchObject({ code: 'invoice.when', useCount: 90, isFavourite: true });
  });

  test('keys are taken by pressing them, refused when a command has them, cleared by Backspace', async () => {
    const sample = await openKnowledge({}, '快捷短语');
    const { id } = sample.backend.state.macros[0]!;
    sample.page.knowledge.chooseMacro(id);
    const keys = await screen.findByLabelText<HTMLInputElement>('按键');
    await userEvent.click(keys);
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(await screen.findByText(/已用于「/)).toBeTruthy();
    await userEvent.keyboard('x');
    expect(await screen.findByText('要带 Ctrl 或 Alt，或用 F1–F12')).toBeTruthy();
    await userEvent.keyboard('{Alt>}h{/Alt}');
    await waitFor(() => expect(keys.value).toBe('Alt+H'));
    await userEvent.keyboard('{Backspace}');
    await waitFor(() => expect(sample.backend.state.macros.find((macro) => macro.id === id)?.shortcut).toBeNull());
  });

  test("a team macro a rep may not change can be read, marked and copied", async () => {
    const sample = await openKnowledge({}, '快捷短语');
    sample.backend.state.macros = sample.backend.state.macros.map((macro) => ({ ...macro, canEdit: false }));
    await sample.page.knowledge.load();
    sample.page.knowledge.chooseMacro(sample.backend.state.macros[0]?.id ?? '');
    expect((await screen.findByLabelText<HTMLTextAreaElement>('内容')).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '收藏' }));
    await waitFor(() => expect(sample.backend.state.macros[0]?.isFavourite).toBe(true));
    await userEvent.click(screen.getByRole('button', { name: '另存为我的' }));
    await screen.findByRole('heading', { name: '新快捷短语' });
    expect(field<HTMLTextAreaElement>('内容').value).toContain('请发一下订单号');
  });

  test('a phrase list is previewed and taken', async () => {
    const sample = await openKnowledge({}, '快捷短语');
    await userEvent.click(screen.getByRole('button', { name: '导入我的短语' }));
    await userEvent.click(await screen.findByRole('button', { name: '选择文件' }));
    const region = await screen.findByRole('region', { name: '导入我的短语' });
    expect(within(region).getAllByRole('row').map((row) => row.textContent)).toEqual([
      '新增;hi欢迎亲，您好，在的', '更新;greet欢迎您好，这里是山屿户外', '已有;稍等等待请稍等，我帮您查一下', '第 5 行：内容：是空的，需要不超过 100,000 个字符的文字。',
    ]);
    await userEvent.click(screen.getByRole('button', { name: '导入' , hidden: false }));
    await screen.findByText('已导入：新增 1，更新 1，已有 1');
    expect(sample.backend.callsOf('knowledge.importPhrases')).toHaveLength(1);
  });
});
