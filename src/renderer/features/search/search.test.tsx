import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { FakeState } from '../../testing/fake-backend.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleConversations } from '../../testing/sample-shop.ts';

afterEach(cleanup);

const LIN = sampleConversations()[0];
const box = (): Promise<HTMLInputElement> => screen.findByRole<HTMLInputElement>('combobox', { name: '搜索' });
const options = (): string[] => screen.queryAllByRole('option').map((option) => option.textContent ?? '');
const groups = (): string[] => within(screen.getByRole('listbox', { name: '结果' })).queryAllByRole('group').map((group) => group.firstElementChild?.textContent ?? '');

async function openSearch(change: Partial<FakeState> = {}): Promise<SamplePage> {
  const sample = samplePage(change);
  render(sample.element);
  await screen.findByText('待回 7');
  fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
  await box();
  return sample;
}

describe('the box', () => {
  test('finds every kind as one types, in groups with counts, the words marked', async () => {
    await openSearch();
    await userEvent.type(await box(), '维修');
    await waitFor(() => expect(options().length).toBeGreaterThan(0));
    expect(groups()).toEqual(['知识2 个Alt1', '快捷短语1 个Alt2']);
    // what was found for the first character stays until the rest has come
    await waitFor(() => expect(new Set([...document.querySelectorAll('mark')].map((mark) => mark.textContent))).toEqual(new Set(['维修'])));
    await userEvent.clear(await box());
    await userEvent.type(await box(), '没有这个词');
    await screen.findByText('没有找到「没有这个词」');
  });

  test('an order number opens its customer at that order; Escape goes back, then out', async () => {
    const sample = await openSearch();
    await userEvent.type(await box(), 'SF 1338 8210 377');
    expect((await screen.findAllByRole('option', { name: /DD202603118820031/ })).length).toBeGreaterThan(0);
    fireEvent.keyDown(await box(), { key: 'Enter' });
    const order = await screen.findByRole('region', { name: '订单 DD202603118820031' });
    expect(order.textContent).toContain('批次 B2311-07');
    const conversation = screen.getByRole('button', { name: /提到这单/ });
    await waitFor(() => expect(document.activeElement).toBe(conversation));
    await userEvent.keyboard('{Escape}');
    await waitFor(async () => expect(document.activeElement).toBe(await box()));
    expect(sample.page.app.store.getState().overlay).toBe('search');
    expect((await box()).value).toBe('SF 1338 8210 377');
  });

  test('Enter before the answer is there opens what the words typed by then find', async () => {
    await openSearch();
    await userEvent.type(await box(), 'lin');
    await waitFor(() => expect(options().length).toBeGreaterThan(0));
    const field = await box();
    fireEvent.change(field, { target: { value: 'SF 1338 8210 377' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect((await screen.findByRole('region', { name: '订单 DD202603118820031' })).textContent).toContain('批次 B2311-07');
  });

  test('words changed after Enter open nothing', async () => {
    const sample = await openSearch();
    const field = await box();
    // in one go: looking the box up again may take as long as the answer
    fireEvent.change(field, { target: { value: 'SF 1338 8210 377' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.change(field, { target: { value: '维修' } });
    await screen.findByRole('listbox', { name: '结果' });
    await waitFor(() => expect(groups()[0]).toBe('知识2 个Alt1'));
    expect(sample.page.search.store.getState().sheet).toBe(null);
  });

  test('Ctrl+Enter on a customer goes to the conversation; it is remembered for next time and can be cleared', async () => {
    const sample = await openSearch();
    await userEvent.type(await box(), '林女士');
    await screen.findByText('直达');
    fireEvent.keyDown(await box(), { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(sample.page.desk.queue.store.getState().openId).toBe(LIN?.id));
    fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
    await screen.findByText('最近打开');
    expect(options()).toEqual(['林女士客户', '林女士']);
    await userEvent.click(screen.getByRole('button', { name: '清除最近记录' }));
    await screen.findByText('找客户、订单、聊天、商品和知识');
    expect(sample.backend.state.search).toMatchObject({ searches: [], opened: [] });
  });

  test('arrows walk, Alt and a digit go to a group, a group is shown at length and back', async () => {
    await openSearch();
    await userEvent.type(await box(), '林女士');
    await screen.findByText('直达');
    const active = async (): Promise<string> => document.getElementById((await box()).getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
    expect(await active()).toContain('直达');
    fireEvent.keyDown(await box(), { key: '2', code: 'Digit2', altKey: true });
    expect(await active()).toContain('衣服破了到底能不能修');
    fireEvent.keyDown(await box(), { key: 'ArrowUp' });
    expect(await active()).toContain('直达');
    fireEvent.keyDown(await box(), { key: 'ArrowUp' });
    expect(await active()).toContain('衣服破了');
  });

  test('a macro goes into the reply with Shift+Enter; while a method composes Enter does nothing', async () => {
    const sample = await openSearch();
    await userEvent.keyboard('{Escape}');
    await sample.page.desk.open(LIN?.id as never);
    const field = await screen.findByRole('textbox', { name: /回复/ });
    field.focus();
    fireEvent.keyDown(field, { key: 'f', ctrlKey: true });
    const code = sample.backend.state.macros[0]?.code ?? '';
    await userEvent.type(await box(), code);
    await screen.findByRole('option', { name: new RegExp(sample.backend.state.macros[0]?.title ?? 'none') });
    fireEvent.keyDown(await box(), { key: 'Enter', shiftKey: true, isComposing: true, keyCode: 229 });
    expect(sample.page.app.store.getState().overlay).toBe('search');
    fireEvent.keyDown(await box(), { key: 'Enter', shiftKey: true });
    await waitFor(() => expect((field as HTMLTextAreaElement).value).not.toBe(''));
    expect(sample.page.app.store.getState().overlay).toBeNull();
  });

  test('filters narrow by keyboard and are taken off again', async () => {
    const sample = await openSearch();
    await userEvent.type(await box(), '林女士');
    await screen.findByText('直达');
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('状态');
    await userEvent.keyboard('{Enter}');
    await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: '已结' }));
    await screen.findByText('没有找到「林女士」');
    expect(sample.backend.callsOf('search.everywhere').at(-1)?.input).toMatchObject({ text: '林女士', filters: { state: 'closed' } });
    await userEvent.click(screen.getAllByRole('button', { name: '清除筛选' })[0] as HTMLElement);
    await screen.findByText('直达');
  });

  test('> goes to the commands with what follows', async () => {
    const sample = await openSearch();
    fireEvent.change(await box(), { target: { value: '> 关闭' } });
    await waitFor(() => expect(sample.page.app.store.getState().overlay).toBe('palette'));
    expect(sample.page.palette.store.getState().text).toBe('关闭');
  });

  test('words only is said; a failed search keeps the words and can be tried again', async () => {
    const sample = await openSearch();
    sample.backend.state.search.isWordsOnly = true;
    await userEvent.type(await box(), '林女士');
    await screen.findByText(/只按字词匹配/);
    sample.backend.fail('search.everywhere', 'store_busy');
    await userEvent.type(await box(), ' ');
    expect((await screen.findByRole('alert')).textContent).toContain('没能搜索');
    sample.backend.fail('search.everywhere', null);
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    await screen.findByText('直达');
  });
});

test('a late answer to an older question is dropped', async () => {
  const { page } = samplePage();
  page.search.type('林女士');
  await new Promise((done) => setTimeout(done, 130));
  page.search.type('');
  await new Promise((done) => setTimeout(done, 50));
  expect(page.search.store.getState()).toMatchObject({ text: '', answer: null, isSearching: false });
});
