import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalShortcut, shortcutOf, shortcutWords, typesText, type KeyPress } from './keys.ts';

const press = (key: string, code: string, held = ''): KeyPress => ({ key, code, ctrlKey: held.includes('C'), metaKey: held.includes('M'), altKey: held.includes('A'), shiftKey: held.includes('S'), getModifierState: (name) => name === 'AltGraph' && held.includes('G') });

describe('one keyboard layout after the other', () => {
  test.each<[string, KeyPress, string | null]>([
    ['US j', press('j', 'KeyJ'), 'j'],
    ['US with Caps Lock', press('J', 'KeyJ'), 'j'],
    ['US Shift+J', press('J', 'KeyJ', 'S'), 'Shift+j'],
    ['US ?', press('?', 'Slash', 'S'), '?'],
    ['US Ctrl+Shift+9 types (', press('(', 'Digit9', 'CS'), 'Mod+Shift+9'],
    ['US F6, Shift+F6', press('F6', 'F6', 'S'), 'Shift+F6'],
    ['US space', press(' ', 'Space', 'C'), 'Mod+Space'],
    ['US Ctrl++', press('+', 'Equal', 'CS'), 'Mod+Plus'],
    ['Apple Alt+1 types ¡', press('¡', 'Digit1', 'A'), 'Alt+1'],
    ['Apple Alt+H types ˙', press('˙', 'KeyH', 'A'), 'Alt+h'],
    ['Apple Alt+N is dead', press('Dead', 'KeyN', 'A'), 'Alt+n'],
    ['Apple Cmd+K', press('k', 'KeyK', 'M'), 'Mod+k'],
    ['German ? is Shift+ß', press('?', 'Minus', 'S'), '?'],
    ['German / is Shift+7', press('/', 'Digit7', 'S'), '/'],
    ['German [ is AltGr+8, told as Ctrl+Alt', press('[', 'Digit8', 'CAG'), 'Mod+Alt+8'],
    ['German [ is AltGr+8, told as AltGraph', press('[', 'Digit8', 'G'), '['],
    ['German ü stands where US has [', press('ü', 'BracketLeft'), '['],
    ['German z is a z', press('z', 'KeyY'), 'z'],
    ['French 1 is Shift+&', press('1', 'Digit1', 'S'), '1'],
    ['French Alt+& is Alt+1', press('&', 'Digit1', 'A'), 'Alt+1'],
    ['French a is an a', press('a', 'KeyQ'), 'a'],
    ['Japanese [ is elsewhere', press('[', 'BracketRight'), '['],
    ['Japanese kana for J', press('ま', 'KeyJ'), 'j'],
    ['Japanese ? with kana', press('・', 'Slash', 'S'), '?'],
    ['Chinese full-width ？', press('？', 'Slash', 'S'), '?'],
    ['Chinese 【', press('【', 'BracketLeft'), '['],
    ['Chinese 、 for /', press('、', 'Slash'), '/'],
    ['full-width ｊ', press('ｊ', 'KeyJ'), 'j'],
    ['Russian Ctrl+Л', press('л', 'KeyK', 'C'), 'Mod+k'],
    ['number pad', press('3', 'Numpad3', 'A'), 'Alt+3'],
    ['number pad without its lock', press('PageDown', 'Numpad3', 'A'), 'Alt+PageDown'],
    ['a lone Shift', press('Shift', 'ShiftLeft', 'S'), null],
    ['the key an input method took', press('Process', 'KeyA'), null],
    ['a dead sign', press('Dead', 'Quote'), '\''],
  ])('%s', (_name, event, expected) => {
    expect(shortcutOf(event)).toBe(expected);
  });
});

test('spellings of the same keys', () => {
  expect(['Shift+?', 'mod+shift+K', 'Ctrl+Alt+Shift+x', 'G  d'].map(canonicalShortcut)).toEqual(['?', 'mod+shift+k', 'mod+alt+shift+x', 'g d']);
  expect([press('K', 'KeyK', 'CS'), press('Enter', 'Enter', 'S'), press('k', 'KeyK', 'A')].map(shortcutOf)).toEqual(['Mod+Shift+k', 'Shift+Enter', 'Alt+k']);
});

test('whatever a keyboard tells, its keys are written in one way that reading again does not change', () => {
  const key = fc.constantFrom('a', 'k', '5', '/', '?', '[', 'F9', 'Enter', 'ArrowUp', '+', ' ', 'é', 'ж', '；');
  const code = fc.constantFrom('KeyA', 'KeyK', 'Digit5', 'Slash', 'BracketLeft', 'F9', 'Enter', 'Space', 'Equal', '');
  fc.assert(fc.property(key, code, fc.subarray(['C', 'A', 'S', 'M', 'G']), (name, place, held) => {
    const shortcut = shortcutOf(press(name, place, held.join('')));
    if (shortcut === null) return;
    expect(shortcut).toMatch(/^(Mod\+)?(Alt\+)?(Shift\+)?([!-~]|[A-Z][A-Za-z0-9]+)$/);
    expect(canonicalShortcut(canonicalShortcut(shortcut))).toBe(canonicalShortcut(shortcut));
  }));
});

test('keys that write, and keys that do not', () => {
  expect(['j', 'Shift+j', '?', '/', 'g d', 'Space', 'Plus'].map(typesText)).toEqual([true, true, true, true, true, true, true]);
  expect(['Mod+k', 'Alt+1', 'F6', 'Enter', 'Escape', 'Mod+Shift+l'].map(typesText)).toEqual([false, false, false, false, false, false]);
});

test('in words', () => {
  expect(['Mod+k', 'Alt+Shift+x', 'j', 'g d', '?', 'Enter'].map((shortcut) => shortcutWords(shortcut).replace('⌘', 'Ctrl'))).toEqual(['Ctrl+K', 'Alt+Shift+X', 'J', 'G D', '?', 'Enter']);
});
