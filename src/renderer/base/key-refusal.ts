import type { TextKey } from '../../shared/i18n/texts.ts';
import type { Command } from './command.ts';
import { canonicalShortcut, typesText } from './keys.ts';

const BROWSER = new Set([
  'mod+w', 'mod+t', 'mod+n', 'mod+q', 'mod+r', 'mod+l', 'mod+p', 'mod+d', 'mod+h', 'mod+o', 'mod+s', 'mod+u', 'mod+tab', 'mod+f4', 'mod+f5', 'mod+shift+tab', 'mod+shift+n', 'mod+shift+t', 'mod+shift+w', 'mod+shift+p', 'mod+shift+i', 'mod+shift+j', 'mod+shift+r',
  'mod+-', 'mod+=', 'mod+plus', 'mod+0', 'f1', 'f3', 'f5', 'f7', 'f11', 'f12', 'alt+f4', 'alt+tab', 'alt+space', 'alt+arrowleft', 'alt+arrowright', 'alt+home', 'mod+escape', 'mod+alt+delete',
]);
const EDITING = new Set(['mod+a', 'mod+c', 'mod+v', 'mod+x', 'mod+b', 'mod+i', 'mod+shift+v']);
const TEXT_UNDO = new Set(['mod+z', 'mod+y', 'mod+shift+z']);
const INPUT_METHOD = new Set(['mod+space', 'shift+space', 'alt+shift+space', 'mod+shift+space', 'mod+.', 'mod+,', 'alt+`', 'mod+`', 'mod+shift+f', 'mod+shift+b', 'shift+capslock']);
const INPUT_METHOD_KEYS = /(^|\+)(process|convert|nonconvert|kanamode|kanjimode|hangulmode|hanjamode|junjamode|hiragana|katakana|hiraganakatakana|zenkaku|hankaku|zenkakuhankaku|romaji|eisu|alphanumeric|lang\d|modechange|compose|codeinput)$/;
/** Keys that fields, lists and buttons act on themselves. */
const FIELD_KEYS = /^(shift\+)?(enter|space|tab|escape|backspace|delete|arrowup|arrowdown|arrowleft|arrowright|home|end|pageup|pagedown|insert|contextmenu)$/;

const CARET_KEYS = /^mod\+(shift\+)?(backspace|delete|arrowup|arrowdown|arrowleft|arrowright|home|end|insert)$/;

/** Why these keys cannot be given to this command, as a text's key; null when they can. The keys that the command came with are never refused. */
export function keyRefusal(shortcut: string, command: Pick<Command, 'shortcut' | 'alsoShortcuts' | 'isAllowedWhileTyping'>): TextKey | null {
  const wanted = canonicalShortcut(shortcut);
  const own = [command.shortcut, ...(command.alsoShortcuts ?? [])];
  if (own.some((one) => one !== null && canonicalShortcut(one) === wanted)) return null;
  const presses = wanted.split(' ');
  if (presses.length > 2 || presses.some((press) => !/^(mod\+)?(alt\+)?(shift\+)?(\S|plus|f([1-9]|1\d|2[0-4])|[a-z]\w+)$/.test(press))) return 'keys.refused.unknown';
  for (const press of presses) {
    const reason = pressRefusal(press, command.isAllowedWhileTyping === true);
    if (reason !== null) return reason;
  }
  return presses.length === 2 && command.isAllowedWhileTyping === true ? 'keys.refused.typing' : null;
}

type Rule = { reason: TextKey; isWhileTyping?: true; holds: (press: string) => boolean };
/** The first that holds is told. */
const RULES: readonly Rule[] = [
  { reason: 'keys.refused.browser', holds: (press) => BROWSER.has(press) },
  { reason: 'keys.refused.inputMethod', holds: (press) => INPUT_METHOD.has(press) || INPUT_METHOD_KEYS.test(press) },
  { reason: 'keys.refused.editing', holds: (press) => EDITING.has(press) || CARET_KEYS.test(press) },
  { reason: 'keys.refused.editing', isWhileTyping: true, holds: (press) => TEXT_UNDO.has(press) },
  { reason: 'keys.refused.field', holds: (press) => FIELD_KEYS.test(press) },
  { reason: 'keys.refused.digit', holds: (press) => /^\d$/.test(press) },
  { reason: 'keys.refused.altGr', holds: (press) => /^mod\+alt\+(shift\+)?(\S|plus)$/.test(press) },
  { reason: 'keys.refused.typing', isWhileTyping: true, holds: typesText },
];

function pressRefusal(press: string, isWhileTyping: boolean): TextKey | null {
  return RULES.find((rule) => (rule.isWhileTyping !== true || isWhileTyping) && rule.holds(press))?.reason ?? null;
}
