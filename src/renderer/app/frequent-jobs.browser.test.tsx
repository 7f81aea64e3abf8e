import { afterEach, beforeEach, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { ConversationSummary } from '../../shared/contract/conversation.contract.ts';
import { createFakeAccess, sampleRep } from '../testing/fake-access.ts';
import { FREQUENT_JOBS } from '../testing/frequent-jobs.ts';
import { samplePage, type SamplePage } from '../testing/render-page.tsx';
import { sampleMacros } from '../testing/sample-knowledge.ts';
import { SAMPLE_NOW, sampleConversations, sampleMessages, sampleSuggestions } from '../testing/sample-shop.ts';
import '../style.css';

const [first, second] = twoConversations();
const greet = '您好，我是小同，请问有什么可以帮您？';
let sample: SamplePage;

function twoConversations(): [ConversationSummary, ConversationSummary] {
  const [one, other] = sampleConversations();
  if (one === undefined || other === undefined) throw new Error('two sample conversations');
  return [one, other];
}

let strokes = 0;
const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta']);
const count = (event: KeyboardEvent): void => {
  if (event.isTrusted && !event.repeat && !MODIFIERS.has(event.key)) strokes += 1;
};

const field = (): HTMLTextAreaElement | null => document.querySelector('textarea#reply');
const rowOf = (id: string) => sample.backend.state.conversations.find((row) => row.id === id);
const sent = (): unknown[] => sample.backend.state.outbox.map(({ text }) => text);
const dialog = (): Element | null => document.querySelector('[role=dialog]');

/** What each key waits for before it is pressed: a rep looks before the next one. */
const WAITS: Readonly<Record<string, readonly (() => boolean)[]>> = {
  answer: [() => true, () => field()?.value !== ''],
  macro: [() => true, () => true, () => document.querySelectorAll('#macro-list [role=option]').length === 1, () => field()?.value === greet],
  close: [() => true, () => document.activeElement?.id === 'queue-list', () => dialog() !== null],
  snooze: [() => true, () => document.activeElement?.id === 'queue-list', () => dialog() !== null],
  assign: [() => true, () => document.activeElement?.id === 'queue-list', () => dialog() !== null],
  note: [() => true, () => document.activeElement?.id === 'queue-list', () => document.activeElement?.id === 'note-text'],
  command: [() => true, ...Array.from({ length: 4 }, () => () => dialog()?.contains(document.activeElement) === true), () => document.querySelector('#palette-0')?.textContent?.includes('转给组长') === true],
};

/** What came of each job. */
const OUTCOMES: Readonly<Record<string, { read: () => unknown; wanted: unknown }>> = {
  answer: { read: sent, wanted: [sampleSuggestions(first.id).suggestions[0]?.text] },
  next: { read: () => [sample.page.desk.queue.store.getState().openId, document.activeElement?.id], wanted: [second.id, 'reply'] },
  macro: { read: sent, wanted: [greet] },
  boundMacro: { read: () => field()?.value, wanted: greet },
  quote: { read: () => sample.page.desk.composer.store.getState().replyTo?.messageId, wanted: sampleMessages(first.id).findLast(({ role }) => role === 'customer')?.id },
  close: { read: () => [rowOf(first.id)?.state, rowOf(first.id)?.disposition], wanted: ['closed', 'solved'] },
  snooze: { read: () => rowOf(first.id)?.snoozedUntil, wanted: SAMPLE_NOW + 3_600_000 },
  assign: { read: () => rowOf(first.id)?.rep?.name, wanted: '小周' },
  note: { read: () => sample.backend.callsOf('work.addNote').map(({ input }) => input), wanted: [{ conversationId: first.id, text: 'ok' }] },
  command: { read: () => document.querySelector('[role=dialog] h2')?.textContent, wanted: '转给组长' },
};

async function openReply(): Promise<void> {
  const macros = sampleMacros().map((macro) => (macro.code === 'greet' ? { ...macro, shortcut: 'Alt+h' } : macro));
  sample = samplePage({ macros, access: createFakeAccess({ reps: [sampleRep(0), sampleRep(1, { role: 'lead' })] }) });
  await render(sample.element);
  await expect.element(browserPage.getByRole('listbox', { name: '会话列表' })).toBeVisible();
  await sample.page.desk.open(first.id);
  await expect.poll(() => document.querySelectorAll('#suggestions [role=option]').length).toBe(3);
  await expect.poll(() => field()?.disabled).toBe(false);
  await expect.poll(() => sample.page.desk.macroKeys.store.getState().bound.length).toBe(1);
  await expect.poll(() => sample.page.desk.work.store.getState().setup !== null).toBe(true);
  field()?.focus();
}

function keyText(key: string): string {
  if (key === 'typed') return 'ok';
  const parts = key.split('+').map((part) => (part === 'Mod' ? 'Control' : part));
  const last = parts.pop() ?? '';
  const name = last.length === 1 ? last : `{${last}}`;
  return `${parts.map((part) => `{${part}>}`).join('')}${name}${parts.toReversed().map((part) => `{/${part}}`).join('')}`;
}

beforeEach(async () => {
  await browserPage.viewport(1280, 800);
  window.addEventListener('keydown', count, true);
});
afterEach(() => {
  window.removeEventListener('keydown', count, true);
  return cleanup();
});

test.each(FREQUENT_JOBS)('$title', async ({ id, keys, most }) => {
  await openReply();
  strokes = 0;
  for (const [index, key] of keys.entries()) {
    await expect.poll(() => WAITS[id]?.[index]?.() ?? true).toBe(true);
    const before = strokes;
    await userEvent.keyboard(keyText(key));
    if (key === 'typed') strokes = before;
  }
  await expect.poll(OUTCOMES[id]?.read ?? (() => 'no outcome')).toEqual(OUTCOMES[id]?.wanted);
  expect(strokes).toBe(keys.filter((key) => key !== 'typed').length);
  expect(strokes).toBeLessThanOrEqual(most);
});

test('keys pressed faster than the list of macros comes send what is in the list, not what was typed', async () => {
  await openReply();
  await userEvent.keyboard(';g{Enter}');
  await expect.poll(() => field()?.value).toBe(greet);
  expect(sent()).toEqual([]);
});

test('every job has an outcome that is looked at', () => {
  expect(Object.keys(OUTCOMES)).toEqual(FREQUENT_JOBS.map(({ id }) => id));
});
