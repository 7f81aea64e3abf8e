/** Whether an input method owns this key; 229 covers browsers that end composing before they deliver its Enter. */
export function isComposingKey(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether typing goes into this element. */
export function isTextEntry(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select'));
}

/**
 * Whether a keydown is this shortcut: `Mod+k` (Ctrl, on Apple Cmd), `Alt+1` (by the key's place, since Alt may change its
 * character), `?`, `j`, `Enter`.
 */
export function matchesShortcut(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('Mod');
  const wantsAlt = parts.includes('Alt');
  if ((event.ctrlKey || event.metaKey) !== wantsMod || event.altKey !== wantsAlt) return false;
  if (parts.includes('Shift') && !event.shiftKey) return false;
  if (wantsAlt && /^\d$/.test(key)) return event.code === `Digit${key}` || event.code === `Numpad${key}`;
  return event.key.toLowerCase() === key.toLowerCase();
}
