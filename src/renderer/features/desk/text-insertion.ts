import type { Desk } from './desk.store.ts';
import { placeholdersIn } from './draft-marks.ts';

/**
 * Puts `text` in place of `[start, end)` of the field as if typed, so that the browser's own undo takes it back as one
 * step. Selects the first place still to be filled, else leaves the caret behind the insertion.
 */
export function insertAsTyped(field: HTMLTextAreaElement, text: string, start: number, end: number): void {
  field.focus();
  field.setSelectionRange(start, end);
  // The one command that keeps the field's undo history; deprecated, yet without a successor in any browser.
  const isDone = typeof document.execCommand === 'function' && (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text));
  if (!isDone) {
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  }
  const hole = placeholdersIn(text)[0];
  if (hole !== undefined) field.setSelectionRange(start + hole.start, start + hole.end);
}

/** Puts the chosen macro in place of the `;query` before the caret. */
export function pickMacro(desk: Desk, field: HTMLTextAreaElement, index: number): void {
  const { macros } = desk.composer.store.getState();
  const item = macros?.items[index];
  if (macros === null || item === undefined) return;
  const end = macros.start + 1 + macros.query.length;
  desk.composer.macros.close();
  desk.composer.expectInsertion({ start: macros.start, text: item.text, marked: null });
  insertAsTyped(field, item.text, macros.start, end);
  desk.notePicked(item);
}

/** The chosen macro, or once it is known the best one: fast fingers press Enter before the list is there, which must neither send `;gr` nor take a row of the list before. */
export function pickWhenListed(desk: Desk, field: HTMLTextAreaElement): void {
  const { store } = desk.composer;
  const asked = store.getState().macros;
  if (asked === null || !asked.isLoading) return pickMacro(desk, field, asked?.activeIndex ?? 0);
  const stop = store.subscribe(({ macros }) => {
    const isSame = macros !== null && macros.query === asked.query && macros.start === asked.start;
    if (isSame && macros.isLoading) return;
    stop();
    if (isSame && macros.items.length > 0) pickMacro(desk, field, 0);
  });
}
