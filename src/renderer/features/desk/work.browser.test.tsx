import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { createFakeAccess, sampleRep } from '../../testing/fake-access.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import { createFakeWork } from '../../testing/fake-work.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { SAMPLE_NOW, sampleConversations, sampleMessages } from '../../testing/sample-shop.ts';
import '../../style.css';

const [first, second, third] = sampleConversations();
if (first === undefined || second === undefined || third === undefined) throw new Error('three sample conversations');
let sample: SamplePage;

async function openDesk(change: Partial<FakeState> = {}): Promise<void> {
  sample = samplePage({ access: createFakeAccess({ reps: [sampleRep(0), sampleRep(1, { role: 'lead' })] }), ...change });
  await render(sample.element);
  await expect.element(browserPage.getByRole('listbox', { name: '会话列表' })).toBeVisible();
}
const rowOf = (id: string) => sample.backend.state.conversations.find((row) => row.id === id);
const focusList = (): void => document.getElementById('queue-list')?.focus();
const inputOf = (name: string): unknown[] => sample.backend.callsOf(name).map(({ input }) => input);

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('one conversation, by keys', () => {
  test('h Enter snoozes for an hour, Ctrl+Z brings it back', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('h');
    await expect.element(browserPage.getByRole('combobox', { name: '延后到' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowOf(first.id)?.snoozedUntil).toBe(SAMPLE_NOW + 3_600_000);
    await expect.element(browserPage.getByText('已延后到 2026-11-22 10:44')).toBeVisible();
    await expect.element(browserPage.getByRole('option', { name: /林女士/ })).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => rowOf(first.id)?.snoozedUntil).toBe(null);
    await expect.element(browserPage.getByText('已撤销')).toBeVisible();
  });

  test('a typed time, and a date that is over is refused', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('h18:30');
    await expect.element(browserPage.getByRole('option', { name: /输入的时间/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowOf(first.id)?.snoozedUntil).toBe(Date.UTC(2026, 10, 22, 10, 30));
    focusList();
    await userEvent.keyboard('h');
    await browserPage.getByLabelText('指定日期和时间').fill('2026-11-21T10:00');
    await browserPage.getByRole('button', { name: '延后', exact: true }).click();
    await expect.element(browserPage.getByText('要选一个还没到的时间')).toBeVisible();
  });

  test('e, a reason by its first letters, Enter: closed with it; the toast undoes', async () => {
    await openDesk();
    await sample.page.desk.open(first.id);
    focusList();
    await userEvent.keyboard('e');
    await userEvent.keyboard('维修{Enter}');
    await expect.poll(() => [rowOf(first.id)?.state, rowOf(first.id)?.disposition]).toEqual(['closed', 'repair']);
    await expect.element(browserPage.getByText(/小同结束了会话：保修与维修/)).toBeVisible();
    await browserPage.getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => rowOf(first.id)?.state).toBe('open');
  });

  test('Enter while an input method composes picks nothing', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('e');
    const box = document.querySelector<HTMLInputElement>('[role=dialog] input[role=combobox]');
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: '1', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 100));
    expect(inputOf('work.close')).toEqual([]);
    expect(document.querySelector('[role=dialog]')).not.toBe(null);
  });

  test('l makes a label inline and puts it on; Enter again takes it off', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('l大客户{Enter}');
    await expect.poll(() => rowOf(first.id)?.labels.map(({ name }) => name)).toEqual(['大客户']);
    await userEvent.keyboard('大客户');
    await expect.element(browserPage.getByRole('option', { name: /大客户.*已加/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rowOf(first.id)?.labels).toEqual([]);
  });

  test('F2 gives a label another name, but not that of another one; the toast undoes', async () => {
    await openDesk();
    const names = () => sample.backend.state.work.labels.map(({ name }) => name);
    focusList();
    await userEvent.keyboard('l{F2}');
    const field = browserPage.getByRole('combobox', { name: '标签「加急」改名' });
    await expect.element(field).toHaveValue('加急');
    await userEvent.fill(field, '团购');
    await expect.element(browserPage.getByText('没有符合的选项')).toBeVisible();
    await userEvent.fill(field, '很急');
    await userEvent.keyboard('{Enter}');
    await expect.poll(names).toEqual(['很急', '团购']);
    await expect.element(browserPage.getByRole('combobox', { name: '标签' })).toHaveFocus();
    await browserPage.getByRole('button', { name: '撤销' }).click();
    await expect.poll(names).toEqual(['加急', '团购']);
  });

  test('a assigns to a colleague; the row says so', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('a');
    await userEvent.keyboard('小周{Enter}');
    await expect.poll(() => rowOf(first.id)?.rep?.name).toBe('小周');
    await expect.element(browserPage.getByRole('option', { name: /林女士.*小周/ })).toBeVisible();
  });

  test('n writes a note that is kept while unsaved, shown as not sent, changed and deleted by its author', async () => {
    await openDesk();
    await sample.page.desk.open(first.id);
    focusList();
    await userEvent.keyboard('n');
    await userEvent.keyboard('上次也破在袖口');
    await userEvent.keyboard('{Escape}');
    focusList();
    await userEvent.keyboard('n');
    await expect.element(browserPage.getByLabelText('备注内容，客户看不到')).toHaveValue('上次也破在袖口');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    const note = browserPage.getByRole('article', { name: '内部备注，客户看不到' });
    await expect.element(note).toBeVisible();
    await note.getByRole('button', { name: '删除' }).click();
    await expect.element(note).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(note).toBeVisible();
    expect(sample.backend.state.outbox).toEqual([]);
  });

  test('t shows the summary with its quotes; a line left out does not go; the lead gets it', async () => {
    await openDesk();
    await sample.page.desk.open(first.id);
    focusList();
    await userEvent.keyboard('t');
    await expect.element(browserPage.getByRole('button', { name: '转给组长' })).toHaveFocus();
    await expect.element(browserPage.getByRole('textbox', { name: '最后的问题的文字' })).toHaveValue('衣服破了到底能不能修，我已经等了很久了。');
    await browserPage.getByRole('checkbox', { name: /带上这一条：三年前/ }).click();
    await browserPage.getByLabelText('补充说明，可不填').fill('请定赔付');
    await browserPage.getByRole('button', { name: '转给组长' }).click();
    await expect.poll(() => rowOf(first.id)?.rep?.name).toBe('小周');
    const { lines, comment } = inputOf('work.handOver')[0] as { lines: { kind: string }[]; comment: string };
    expect([lines.map(({ kind }) => kind), comment]).toEqual([['ask', 'promise', 'risk', 'risk', 'risk'], '请定赔付']);
    await expect.element(browserPage.getByRole('article', { name: '转给组长的摘要，客户看不到' })).toBeVisible();
  });

  test('u leaves the open conversation and marks it unread', async () => {
    await openDesk();
    await sample.page.desk.open(first.id);
    await expect.poll(() => rowOf(first.id)?.unreadCount).toBe(0);
    await new Promise((done) => setTimeout(done, 300));
    focusList();
    await userEvent.keyboard('u');
    await expect.poll(() => rowOf(first.id)?.unreadCount).toBe(1);
    await expect.element(browserPage.getByText('选一个会话开始')).toBeVisible();
  });
});

describe('several conversations', () => {
  test('x and Shift+J select, e closes them all, one undo opens them', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('x{Shift>}j{/Shift}{Shift>}j{/Shift}');
    await expect.element(browserPage.getByText('已选 3')).toBeVisible();
    await userEvent.keyboard('e{Enter}');
    const states = () => [first, second, third].map(({ id }) => [rowOf(id)?.state, rowOf(id)?.disposition]);
    await expect.poll(states).toEqual([['closed', 'solved'], ['closed', 'solved'], ['closed', 'solved']]);
    await expect.element(browserPage.getByText('已结束 3 个会话：已解决')).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => states().map(([state]) => state)).toEqual(['open', 'open', 'open']);
  });

  test('Escape lets go of the selection', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('x');
    await expect.element(browserPage.getByText('已选 1')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(browserPage.getByText('已选 1')).not.toBeInTheDocument();
  });
});

describe('the queue', () => {
  test('Ctrl+J opens the next urgent conversation, also while typing', async () => {
    await openDesk();
    await sample.page.desk.open(second.id);
    const field = document.querySelector<HTMLTextAreaElement>('textarea#reply');
    await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.disabled).toBe(false);
    (field ?? document.querySelector<HTMLTextAreaElement>('textarea#reply'))?.focus();
    await userEvent.keyboard('写到一半{Control>}j{/Control}');
    await expect.poll(() => sample.page.desk.queue.store.getState().openId).toBe(first.id);
    await expect.poll(() => document.activeElement?.id).toBe('reply');
    await expect.poll(() => sample.backend.state.drafts.get(second.id)?.text).toBe('写到一半');
  });

  test('views by key, filters by label, and each filter can be taken off', async () => {
    const work = createFakeWork();
    const conversations = sampleConversations().map((row, index) => ({ ...row, labels: index === 1 ? work.labels.slice(0, 1) : [], snoozedUntil: index === 2 ? SAMPLE_NOW + 60_000 : null }));
    await openDesk({ work, conversations });
    await userEvent.keyboard(']');
    await expect.element(browserPage.getByRole('button', { name: '延后：1 个会话', pressed: true })).toBeVisible();
    await expect.element(browserPage.getByRole('option', { name: /Amy Chen.*延后到 11-22 09:45/ })).toBeVisible();
    await userEvent.keyboard('[[');
    await browserPage.getByRole('button', { name: '筛选' }).click();
    await browserPage.getByRole('menuitemcheckbox', { name: /加急/ }).click();
    await expect.poll(() => [...document.querySelectorAll('#queue-list [role=option]')].length).toBe(1);
    await browserPage.getByRole('button', { name: '去掉筛选：加急' }).click();
    await expect.poll(() => [...document.querySelectorAll('#queue-list [role=option]')].length).toBe(9);
  });

  test('i says what the place is made of', async () => {
    await openDesk();
    focusList();
    await userEvent.keyboard('i');
    await expect.element(browserPage.getByText('排在这里（12.9）：可能升级 +11.2 · 重要客户 +1.0 · 等了 3 分 10 秒 +0.7')).toBeVisible();
  });

  test('an empty one shows promises that fall due, to be ticked off', async () => {
    const message = sampleMessages(first.id).find(({ role }) => role === 'rep');
    if (message === undefined) throw new Error('a rep message');
    const promise = { conversationId: first.id, customerName: '林女士', messageId: message.id, quote: '今天18点前给您答复', saidAt: SAMPLE_NOW, dueAt: SAMPLE_NOW + 1_800_000 };
    sample = samplePage({ conversations: [], work: createFakeWork({ promises: [promise] }) });
    await render(sample.element);
    await expect.element(browserPage.getByText('今天18点前给您答复')).toBeVisible();
    await expect.element(browserPage.getByText('10:14 前')).toBeVisible();
    await browserPage.getByRole('button', { name: '兑现了' }).click();
    await expect.element(browserPage.getByText('今天18点前给您答复')).not.toBeInTheDocument();
    await browserPage.getByRole('button', { name: '撤销' }).click();
    await expect.element(browserPage.getByText('今天18点前给您答复')).toBeVisible();
  });

  test('a refused step says so and changes nothing', async () => {
    await openDesk();
    sample.backend.fail('work.close', 'store_busy');
    focusList();
    await userEvent.keyboard('e1');
    await expect.element(browserPage.getByText(/没有做成，会话没有改动/)).toBeVisible();
    expect(rowOf(first.id)?.state).toBe('open');
  });
});
