import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { abandon, commit, compose, composeLetters, takenKey } from '../testing/input-method.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';
import { sampleConversations } from '../testing/sample-shop.ts';
import '../style.css';

const first = sampleConversations()[0]?.id;
let sample: SamplePage;
/** What the browser told of composing and of keys, to see that the events are real. */
let events: string[] = [];
const record = (event: Event): void => {
  const key = event instanceof KeyboardEvent ? ` ${event.key} ${event.keyCode}${event.isComposing ? ' composing' : ''}` : '';
  // Chromium itself tells the end of composing as untrusted
  events.push(`${event.type}${key}${event.isTrusted || event.type === 'compositionend' ? '' : ' untrusted'}`);
};
const KINDS = ['compositionstart', 'compositionend', 'keydown'] as const;

async function openReply(): Promise<HTMLTextAreaElement> {
  sample = samplePage();
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  if (first === undefined) throw new Error('a sample conversation');
  await sample.page.desk.open(first);
  await expect.element(browserPage.getByRole('listbox', { name: '推荐回复' })).toBeVisible();
  const field = document.querySelector<HTMLTextAreaElement>('textarea#reply');
  if (field === null) throw new Error('a reply field');
  await expect.poll(() => field.disabled).toBe(false);
  field.focus();
  return field;
}
const sent = (): unknown[] => sample.backend.state.outbox.map(({ text }) => text);
const settle = (): Promise<unknown> => new Promise((done) => setTimeout(done, 150));
/** Nothing was sent, inserted or run, and no list came up. */
async function expectQuiet(): Promise<void> {
  await settle();
  expect(sent()).toEqual([]);
  expect(sample.backend.callsOf('suggestion.insert')).toEqual([]);
  expect(sample.page.app.store.getState().overlay).toBe(null);
  expect(sample.page.desk.work.store.getState().dialog).toBe(null);
  expect(document.querySelector('[role=listbox][aria-label="快捷短语"]')).toBe(null);
}

beforeEach(() => {
  events = [];
  for (const kind of KINDS) window.addEventListener(kind, record, true);
  return browserPage.viewport(1280, 800);
});
afterEach(() => {
  for (const kind of KINDS) window.removeEventListener(kind, record, true);
  return cleanup();
});

describe('pinyin', () => {
  const NIHAO = [['n', 'n'], ['i', 'ni'], ['h', 'ni h'], ['a', 'ni ha'], ['o', 'ni hao']] as const;

  test('letters, digits, Enter, Escape, Tab, ; and space go to the candidates; the next Enter sends', async () => {
    const field = await openReply();
    await composeLetters(NIHAO);
    for (const key of ['2', ';', 'Tab', 'Escape', 'Enter', ' ', 'ArrowDown', '/', '?']) await takenKey(key);
    await expectQuiet();
    expect(document.activeElement).toBe(field);
    await commit('你好');
    expect(field.value).toBe('你好');
    expect(events.filter((event) => event.startsWith('composition'))).toEqual(['compositionstart', 'compositionend']);
    expect(events.filter((event) => event.startsWith('keydown') && !event.endsWith('229 composing') && event !== 'keydown n 229')).toEqual([]);
    await settle();
    await userEvent.keyboard('{Enter}');
    await expect.poll(sent).toEqual(['你好']);
  });

  test('Enter commits the letters as they are, told in Safari’s order: composing ends first, then comes its keydown', async () => {
    const field = await openReply();
    await composeLetters(NIHAO);
    await commit('nihao');
    await takenKey('Enter');
    await expectQuiet();
    expect(events.slice(-2)).toEqual(['compositionend', 'keydown Enter 229']);
    expect(field.value).toBe('nihao');
  });

  test('a plain Enter within the same task as the end of composing is still the input method’s', async () => {
    const field = await openReply();
    await compose('ni');
    field.addEventListener('compositionend', () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true })), { once: true });
    await commit('你');
    await expectQuiet();
    expect(field.value).toBe('你');
  });

  test('commands that act while typing rest', async () => {
    await openReply();
    await compose('ni');
    const field = document.activeElement;
    for (const init of [{ key: 'k', code: 'KeyK', ctrlKey: true }, { key: 'j', code: 'KeyJ', ctrlKey: true }, { key: '1', code: 'Digit1', altKey: true }]) field?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    await expectQuiet();
    expect(sample.page.desk.queue.store.getState().openId).toBe(first);
    await abandon();
  });

  test('the list of macros that ; opened leaves the candidate keys alone, and follows what was committed', async () => {
    const field = await openReply();
    await userEvent.keyboard(';');
    await expect.element(browserPage.getByRole('listbox', { name: '快捷短语' })).toBeVisible();
    await composeLetters([['w', 'w'], ['e', 'we'], ['n', 'wen']]);
    for (const key of ['ArrowDown', 'Enter', 'Tab', '1', 'Escape']) await takenKey(key);
    await settle();
    expect(field.value).toBe(';wen');
    await expect.element(browserPage.getByRole('listbox', { name: '快捷短语' })).toBeVisible();
    expect(sample.page.desk.composer.store.getState().macros?.activeIndex).toBe(0);
    await commit('问候');
    await expect.element(browserPage.getByRole('option', { name: /;greet/ })).toBeVisible();
    await settle();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => field.value).toBe('您好，我是小同，请问有什么可以帮您？');
    expect(sent()).toEqual([]);
  });

  test('the full-width ； opens the list as ; does', async () => {
    await openReply();
    await commit('；');
    await expect.element(browserPage.getByRole('listbox', { name: '快捷短语' })).toBeVisible();
  });

  test('an Escape that gives up what was composed leaves the caret where it was', async () => {
    const field = await openReply();
    await composeLetters(NIHAO);
    await takenKey('Escape');
    await abandon();
    await expectQuiet();
    expect([field.value, document.activeElement]).toEqual(['', field]);
  });
});

describe('kana to kanji', () => {
  test('space, digits, Tab and the Enter that takes the kanji do nothing here; the next Enter sends', async () => {
    const field = await openReply();
    await composeLetters([['k', 'ｋ'], ['a', 'か'], ['n', 'かん'], ['j', 'かんｊ'], ['i', 'かんじ']]);
    await takenKey(' ', 'Space');
    await compose('漢字');
    for (const key of ['ArrowDown', '3', 'Tab', 'F7']) await takenKey(key);
    await compose('感じ');
    await takenKey('Enter');
    await commit('感じ');
    await expectQuiet();
    expect(field.value).toBe('感じ');
    await userEvent.keyboard('{Enter}');
    await expect.poll(sent).toEqual(['感じ']);
  });

  test('Safari’s order', async () => {
    const field = await openReply();
    await composeLetters([['a', 'あ'], ['i', 'あい']]);
    await compose('愛');
    await commit('愛');
    await takenKey('Enter');
    await expectQuiet();
    expect(field.value).toBe('愛');
  });
});

describe('everywhere else', () => {
  test('the palette runs nothing and stays, then finds what was committed', async () => {
    await openReply();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(browserPage.getByRole('combobox', { name: '命令' })).toHaveFocus();
    await composeLetters([['y', 'y'], ['a', 'ya'], ['n', 'yan']]);
    for (const key of ['Enter', 'ArrowDown', 'Escape', '1']) await takenKey(key);
    await settle();
    await expect.element(browserPage.getByRole('combobox', { name: '命令' })).toBeVisible();
    expect(sample.page.desk.work.store.getState().dialog).toBe(null);
    await commit('延后');
    await expect.element(browserPage.getByRole('option', { name: /^延后/ })).toBeVisible();
  });

  test('a picker chooses nothing', async () => {
    await openReply();
    document.getElementById('queue-list')?.focus();
    await userEvent.keyboard('e');
    await expect.element(browserPage.getByRole('combobox', { name: '为什么结束' }).or(browserPage.getByRole('dialog').getByRole('combobox'))).toBeVisible();
    await composeLetters([['w', 'w'], ['e', 'wei']]);
    for (const key of ['Enter', '1', 'Escape']) await takenKey(key);
    await settle();
    expect(sample.backend.callsOf('work.close')).toEqual([]);
    expect(document.querySelector('[role=dialog]')).not.toBe(null);
    await abandon();
  });
});
