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
  desk.composer.expectInsertion({ start: macros.start, text: item.text, suggestionId: null });
  insertAsTyped(field, item.text, macros.start, end);
}
