import { describe, expect, test } from 'vitest';
import { isBindable, normaliseShortcut, shortcutConflict } from './shortcut-conflict.ts';

const TAKEN = [{ shortcut: 'Mod+k', owner: 'search' }, { shortcut: 'g d', owner: 'desk' }, { shortcut: 'Alt+1', owner: 'insert' }];

describe('shortcutConflict', () => {
  test.each([
    ['Mod+K', 'search'],
    ['ctrl+k', 'search'],
    ['Cmd+k', 'search'],
    ['Mod+Shift+k', null],
    ['g', 'desk'],
    ['g d', 'desk'],
    ['g d x', 'desk'],
    ['g n', null],
    ['Alt+2', null],
    ['', null],
  ])('%s: %s', (shortcut, owner) => {
    expect(shortcutConflict(shortcut, TAKEN)?.owner ?? null).toBe(owner);
  });
});

test('the order of modifiers and their names do not matter', () => {
  expect(['Shift+Alt+Mod+x', 'ctrl+alt+shift+X', 'Alt+Meta+Shift+x'].map(normaliseShortcut)).toEqual(['mod+alt+shift+x', 'mod+alt+shift+x', 'mod+alt+shift+x']);
});

test('typing never sets a macro off', () => {
  expect(['Alt+h', 'Mod+Shift+9', 'F6', 'mod+f12'].map(isBindable)).toEqual([true, true, true, true]);
  expect(['h', 'Shift+h', 'Enter', 'Mod+Enter', 'g d', 'Alt', 'Mod+', 'F13', 'Alt+1 2'].map(isBindable)).toEqual(Array.from({ length: 9 }, () => false));
});
