import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleMacros } from '../../testing/sample-knowledge.ts';
import { sampleConversations } from '../../testing/sample-shop.ts';
import type { FakeState } from '../../testing/fake-backend.ts';
import '../../style.css';

const first = sampleConversations()[0]!.id;
let sample: SamplePage;

async function openDesk(change: Partial<FakeState> = {}): Promise<HTMLTextAreaElement> {
  sample = samplePage(change);
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  await sample.page.desk.open(first);
  await expect.element(browserPage.getByRole('textbox', { name: '回复 林女士' })).toBeEnabled();
  const field = document.querySelector<HTMLTextAreaElement>('textarea#reply')!;
  field.focus();
  return field;
}
const selected = (field: HTMLTextAreaElement): string => field.value.slice(field.selectionStart, field.selectionEnd);
const preview = (): string | null | undefined => document.querySelector('[aria-label=插入的内容]')?.textContent;
const sentInputs = (): unknown[] => sample.backend.callsOf('outbox.send').map(({ input }) => input);

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('the list', () => {
  test('shows favourites first with the whole text of the chosen one, filled', async () => {
    const field = await openDesk();
    await userEvent.type(field, ';');
    await expect.element(browserPage.getByRole('option', { name: /收藏.*;invoice\.when/ })).toHaveAttribute('aria-selected', 'true');
    await expect.poll(preview).toContain('林女士您好，电子发票 48 小时内发到您的邮箱。');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(preview).toContain('需补充：最近订单号');
  });
});

describe('holes', () => {
  const macros = sampleMacros().map((macro) => (macro.code === 'repair.ask' ? { ...macro, text: '订单 {{ order.id }}，运单 {{ order.waybill }}，{{ rep.name }}' } : macro));

  test('Tab goes from one to the next and then leaves the field; Shift+Tab goes back', async () => {
    const field = await openDesk({ macros });
    await userEvent.type(field, ';repair');
    await expect.element(browserPage.getByRole('option', { name: /;repair\.ask/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => selected(field)).toBe('⟨order.id⟩');
    await userEvent.keyboard('{Tab}');
    expect(selected(field)).toBe('⟨order.waybill⟩');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(selected(field)).toBe('⟨order.id⟩');
    await userEvent.keyboard('A1');
    await userEvent.keyboard('{Tab}SF2');
    expect(field.value).toBe('订单 A1，运单 SF2，小同');
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement).not.toBe(field);
  });

  test('sending with one asks and names it; what was typed by a macro counts as used', async () => {
    const field = await openDesk({ macros });
    await userEvent.type(field, ';repair');
    await expect.element(browserPage.getByRole('option', { name: /;repair\.ask/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => selected(field)).toBe('⟨order.id⟩');
    await userEvent.keyboard('A1{Enter}');
    await expect.element(browserPage.getByText('还没填：运单号。仍要发送吗？')).toBeVisible();
    expect(sentInputs()).toEqual([]);
    await userEvent.keyboard('{Escape}{Tab}SF2{Enter}');
    await expect.poll(sentInputs).toEqual([expect.objectContaining({ text: '订单 A1，运单 SF2，小同', macroIds: [macros[0]?.id] })]);
  });
});

describe('a macro on a key', () => {
  test('goes in at the caret, also while typing, and what it carries goes with it', async () => {
    const bound = sampleMacros().map((macro) => (macro.code === 'greet' ? { ...macro, shortcut: 'Alt+h' } : macro));
    const field = await openDesk({ macros: bound });
    const media = sample.backend.state.files.add('尺码表.csv', new Uint8Array([49, 50]));
    sample.backend.state.macros = bound.map((macro) => (macro.code === 'greet' ? { ...macro, media } : macro));
    await expect.poll(() => sample.page.desk.macroKeys.store.getState().bound.length).toBe(1);
    await userEvent.type(field, '亲，');
    await userEvent.keyboard('{Alt>}h{/Alt}');
    await expect.poll(() => field.value).toContain('您好，我是小同，请问有什么可以帮您？');
    await expect.poll(() => sample.backend.state.files.ofDraft(first).map(({ name }) => name)).toEqual(['尺码表.csv']);
  });
});
