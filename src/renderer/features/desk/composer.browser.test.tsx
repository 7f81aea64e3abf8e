import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleConversations, sampleSuggestions } from '../../testing/sample-shop.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import '../../style.css';

const first = sampleConversations()[0]?.id;
const texts = first === undefined ? [] : sampleSuggestions(first).suggestions.map(({ text }) => text);
let sample: SamplePage;

async function openDesk(change: Partial<FakeState> = {}): Promise<HTMLTextAreaElement> {
  sample = samplePage(change);
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  if (first === undefined) throw new Error('a sample conversation');
  await sample.page.desk.open(first);
  await expect.element(browserPage.getByRole('textbox', { name: '回复 林女士' })).toBeEnabled();
  await expect.element(browserPage.getByRole('listbox', { name: '推荐回复' })).toBeVisible();
  const field = document.querySelector<HTMLTextAreaElement>('textarea#reply');
  if (field === null) throw new Error('a reply field');
  field.focus();
  return field;
}
const key = (field: HTMLElement, init: KeyboardEventInit & { keyCode?: number }): boolean => field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
const sentTexts = (): unknown[] => sample.backend.state.outbox.map(({ text }) => text);
const settle = (): Promise<unknown> => new Promise((done) => setTimeout(done, 150));

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('an input method is composing', () => {
  test('Enter sends nothing, in either order of events', async () => {
    const field = await openDesk();
    await userEvent.type(field, 'nihao');
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    key(field, { key: 'Enter', isComposing: true, keyCode: 229 });
    key(field, { key: 'Enter', keyCode: 13 });
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '你好' }));
    key(field, { key: 'Enter', keyCode: 13 });
    key(field, { key: 'Enter', keyCode: 229 });
    await settle();
    expect(sentTexts()).toEqual([]);
    key(field, { key: 'Enter', keyCode: 13 });
    await expect.poll(sentTexts).toEqual(['nihao']);
  });

  test('digits and letters choose nothing', async () => {
    const field = await openDesk();
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    key(field, { key: '1', isComposing: true, keyCode: 229 });
    key(field, { key: '1', code: 'Digit1', altKey: true, isComposing: true, keyCode: 229 });
    await settle();
    expect(field.value).toBe('');
  });
});

describe('numbers', () => {
  test('1 in an empty field inserts; a digit in a text stays a digit', async () => {
    const field = await openDesk();
    await userEvent.keyboard('1');
    await expect.poll(() => field.value).toBe(texts[0]);
    await userEvent.keyboard('2');
    expect(field.value).toBe(`${texts[0]}2`);
    expect(sample.backend.callsOf('suggestion.insert')).toHaveLength(1);
  });

  test('Alt+3 inserts at the caret and replaces nothing, selected or not', async () => {
    const field = await openDesk();
    await userEvent.type(field, '您好！再见');
    field.setSelectionRange(1, 3);
    await userEvent.keyboard('{Alt>}3{/Alt}');
    await expect.poll(() => field.value).toBe(`您好！${texts[2]}再见`);
  });

  test('an inserted macro selects its first place to fill in', async () => {
    const field = await openDesk();
    await userEvent.keyboard('{Alt>}2{/Alt}');
    await expect.poll(() => field.value.slice(field.selectionStart, field.selectionEnd)).toBe('⟨order.externalId⟩');
  });

  test('one undo takes back the insertion and only it', async () => {
    const field = await openDesk();
    await userEvent.type(field, '您好，');
    await userEvent.keyboard('{Alt>}1{/Alt}');
    await expect.poll(() => field.value).toBe(`您好，${texts[0]}`);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => field.value).toBe('您好，');
    expect(sample.page.desk.composer.store.getState()).toMatchObject({ text: '您好，', marks: [] });
  });
});

describe('the draft', () => {
  test('marks stay while the rep types around them, leave when touched, and are saved with the caret', async () => {
    const field = await openDesk();
    await userEvent.keyboard('{Alt>}1{/Alt}');
    await userEvent.type(field, '。');
    const end = texts[0]?.length ?? 0;
    await expect.poll(() => sample.backend.state.drafts.get(first ?? '')?.text).toBe(`${texts[0]}。`);
    expect(sample.backend.state.drafts.get(first ?? '')).toMatchObject({ caret: end + 1, marks: [{ start: 0, end }] });
    field.setSelectionRange(3, 3);
    await userEvent.keyboard('x');
    expect(sample.page.desk.composer.store.getState().marks).toEqual([]);
  });

  test('is there again after another conversation was open', async () => {
    const field = await openDesk();
    await userEvent.type(field, '写到一半');
    const second = sampleConversations()[1]?.id;
    if (first === undefined || second === undefined) throw new Error('two sample conversations');
    await sample.page.desk.open(second);
    await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.value).toBe('');
    await sample.page.desk.open(first);
    await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.value).toBe('写到一半');
  });
});

describe('sending', () => {
  test('Shift+Enter is a new line, Enter sends with the suggestions used, and the field is empty', async () => {
    const field = await openDesk();
    await userEvent.keyboard('{Alt>}1{/Alt}');
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}好的');
    expect(field.value).toBe(`${texts[0]}\n好的`);
    await userEvent.keyboard('{Enter}');
    await expect.poll(sentTexts).toEqual([`${texts[0]}\n好的`]);
    expect(sample.backend.callsOf('outbox.send')[0]?.input).toMatchObject({ suggestionIds: [sample.backend.state.suggestions(first ?? '').suggestions[0]?.id] });
    await expect.poll(() => document.querySelector<HTMLTextAreaElement>('textarea#reply')?.value).toBe('');
  });

  test('after a lost answer the same text keeps its id', async () => {
    const field = await openDesk();
    sample.backend.fail('outbox.send', 'internal');
    await userEvent.type(field, '您好');
    await userEvent.keyboard('{Enter}');
    await expect.element(browserPage.getByText(/没有发出，文字还在输入框里/)).toBeVisible();
    sample.backend.fail('outbox.send', null);
    await userEvent.keyboard('{Enter}');
    await expect.poll(sentTexts).toEqual(['您好']);
    const ids = sample.backend.callsOf('outbox.send').map(({ input }) => (input as { id: string }).id);
    expect(new Set(ids).size).toBe(1);
  });

  test('a blocked phrase is asked about once, in place, and can be rewritten', async () => {
    const field = await openDesk({ check: (text) => (text.includes('保证') ? [{ ruleId: 'promise.1', kind: 'over-promise', severity: 'block', start: text.indexOf('保证'), end: text.indexOf('保证') + 2, text: '保证', rewrite: '尽力' }] : []) });
    await userEvent.type(field, '我保证今天到');
    await userEvent.keyboard('{Enter}');
    await expect.element(browserPage.getByText('这句可能违规，仍要发送吗？')).toBeVisible();
    expect(sentTexts()).toEqual([]);
    await browserPage.getByRole('button', { name: '改为「尽力」' }).click();
    expect(field.value).toBe('我尽力今天到');
    await userEvent.keyboard('{Enter}');
    await expect.poll(sentTexts).toEqual(['我尽力今天到']);
  });
});

describe('phrases', () => {
  test('; lists macros, Enter puts one in place of what was typed, Esc closes', async () => {
    const field = await openDesk();
    await userEvent.type(field, '您好，;gre');
    await expect.element(browserPage.getByRole('option', { name: /;greet/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => field.value).toBe('您好，您好，我是小同，请问有什么可以帮您？');
    await userEvent.type(field, ' ;');
    await expect.element(browserPage.getByRole('listbox', { name: '快捷短语' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(browserPage.getByRole('listbox', { name: '快捷短语' })).not.toBeInTheDocument();
    expect(sentTexts()).toEqual([]);
  });
});

describe('the list of suggestions', () => {
  test('Space opens one in full, Delete dismisses it, its number goes to the next', async () => {
    const field = await openDesk();
    await userEvent.keyboard('{ArrowUp}');
    await userEvent.keyboard(' ');
    await expect.element(browserPage.getByText('衣服破了都可以修', { exact: false })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => document.querySelectorAll('#suggestions [role=option]').length).toBe(2);
    await userEvent.keyboard('1');
    await expect.poll(() => field.value).toBe(texts[1]);
  });
});
