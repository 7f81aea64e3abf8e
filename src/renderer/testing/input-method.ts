import { cdp } from 'vitest/browser';

/** What the DevTools protocol takes of Chromium's own input pipeline: the page gets trusted events, in the browser's order. */
type InputSession = { send(method: string, params: Record<string, unknown>): Promise<unknown> };
const session = (): InputSession => cdp() as unknown as InputSession;

/** The key that an input method took: keydown with 229 and, while it composes, `isComposing`. */
export async function takenKey(key: string, code = key): Promise<void> {
  await session().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229, key, code });
  await session().send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: 229, key, code });
}

/** Shows `text` as composed so far, underlined, not yet in the field's value for good. */
export async function compose(text: string): Promise<void> {
  await session().send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

/** Ends composing with `text`. */
export async function commit(text: string): Promise<void> {
  await session().send('Input.insertText', { text });
}

/** Gives up what was composed. */
export async function abandon(): Promise<void> {
  await session().send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
}

/** Types as an input method does: each letter is taken, then shown as composed. */
export async function composeLetters(steps: readonly (readonly [letter: string, shown: string])[]): Promise<void> {
  for (const [letter, shown] of steps) {
    await takenKey(letter, `Key${letter.toUpperCase()}`);
    await compose(shown);
  }
}
