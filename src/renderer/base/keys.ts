import { normaliseShortcut } from '../../shared/shortcut-conflict.ts';

/** Whether an input method owns this key; 229 covers browsers that end composing before they deliver its Enter. */
export function isComposingKey(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether typing goes into this element. */
export function isTextEntry(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select'));
}

/** What of a keydown tells which keys are down. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { getModifierState?: (name: string) => boolean };

const MODIFIER_KEYS = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS', 'Fn', 'CapsLock', 'NumLock', 'ScrollLock']);
/** What the sign keys of a US keyboard type, without and with Shift. */
const SIGN_CODES: Readonly<Record<string, string>> = {
  Slash: '/?', Semicolon: ';:', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Minus: '-_', Equal: '=+', Comma: ',<', Period: '.>', Quote: '\'"', Backquote: '`~',
};
const LATIN_SIGN = /^[\x21-\x7e]$/;
const LETTER_OR_DIGIT = /^[a-z\d]$/i;

/**
 * The key as shortcuts write it: what it types on this keyboard; where that is no Latin sign (Cyrillic, kana, full width, what
 * Alt makes of a letter), what a US keyboard types at its place. Digits with Ctrl or Alt go by their place: a French keyboard
 * types them with Shift only.
 */
function keyNameOf(event: KeyPress): string | null {
  const { key } = event;
  if (MODIFIER_KEYS.has(key) || key === 'Process') return null;
  const place = placeOf(event);
  if (isDigitByPlace(event, place)) return place;
  const typed = SPACES.has(key) ? 'Space' : asciiOf(key);
  if (LATIN_SIGN.test(typed) && !isLetterChangedByAlt(event, typed, place)) return typed === '+' ? 'Plus' : typed.toLowerCase();
  return typed.length === 1 || UNTOLD.has(key) ? place : typed;
}

const SPACES = new Set([' ', '\u3000']);
const UNTOLD = new Set(['Dead', 'Unidentified']);

function isDigitByPlace(event: KeyPress, place: string | null): boolean {
  const isHeld = event.altKey || event.ctrlKey || event.metaKey;
  // a number pad without its lock moves the caret
  return isHeld && place !== null && /\d/.test(place) && (event.code.startsWith('Digit') || /^\d$/.test(event.key));
}

function isLetterChangedByAlt({ altKey }: KeyPress, typed: string, place: string | null): boolean {
  return altKey && !LETTER_OR_DIGIT.test(typed) && place !== null && /[a-z]/.test(place);
}

/** Full-width signs as the keyboard's own; other signs keep their form, or a lone accent would become two characters. */
function asciiOf(key: string): string {
  const folded = key.normalize('NFKC');
  return LATIN_SIGN.test(folded) ? folded : key;
}

function placeOf({ code, shiftKey }: KeyPress): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1);
  return SIGN_CODES[code]?.[shiftKey ? 1 : 0] ?? null;
}

/**
 * The keys of a keydown as commands write them: `j`, `Shift+j`, `Mod+k` (Ctrl, on Apple Cmd), `Alt+1`, `?`, `F6`; null for
 * a lone modifier and for what cannot be told. A sign says nothing of Shift or AltGr: which of them it needs is the keyboard's affair.
 */
export function shortcutOf(event: KeyPress): string | null {
  const key = keyNameOf(event);
  if (key === null) return null;
  const isSign = key === 'Plus' || (key.length === 1 && !LETTER_OR_DIGIT.test(key));
  const { hasMod, hasAlt } = heldOf(event, isSign);
  const isTypedDigit = /^\d$/.test(key) && !hasMod && !hasAlt;
  const isShiftTold = event.shiftKey && !isSign && !isTypedDigit;
  return `${hasMod ? 'Mod+' : ''}${hasAlt ? 'Alt+' : ''}${isShiftTold ? 'Shift+' : ''}${key}`;
}

/** AltGr is told as itself, as Ctrl and Alt together, or as both; with a sign it is what the sign takes. */
function heldOf(event: KeyPress, isSign: boolean): { hasMod: boolean; hasAlt: boolean } {
  const isAltGr = event.getModifierState?.('AltGraph') === true || (event.ctrlKey && event.altKey);
  if (isSign && isAltGr) return { hasMod: false, hasAlt: false };
  return { hasMod: event.ctrlKey || event.metaKey, hasAlt: event.altKey };
}

/** Whether these keys write something in a text field, so that they can do nothing else there. */
export function typesText(shortcut: string): boolean {
  return /^(shift\+)?(\S|plus|space)( |$)/.test(canonicalShortcut(shortcut));
}

/** Two spellings of the same keys are equal: `shift+mod+K` and `Mod+Shift+k`, `Shift+?` and `?`. */
export function canonicalShortcut(shortcut: string): string {
  return normaliseShortcut(shortcut).split(' ').map((press) => press.replace(/^((?:mod\+|alt\+)*)shift\+([^a-z\d])$/, '$1$2')).join(' ');
}

/** A shortcut in the words of this computer: `Mod+j` is Ctrl+J, on Apple ⌘+J; the keys of a sequence stand apart. */
export function shortcutWords(shortcut: string): string {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  return shortcut.split(' ').map((press) => press.replace('Mod', isApple ? '⌘' : 'Ctrl').replace('Escape', 'Esc').replace(/\+([a-z])$/, (_all, key: string) => `+${key.toUpperCase()}`).replace(/^[a-z]$/, (key) => key.toUpperCase())).join(' ');
}
