import { describe, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { findKeyConflict, shortcutsOf, withChoice, withChosenKeys } from './key-map.ts';
import { keyRefusal } from './key-refusal.ts';

const command = (id: string, shortcut: string | null, more: Partial<Command> = {}): Command => ({ id, labelKey: 'command.next', group: 'queue', shortcut, run: () => {}, ...more });
const next = command('a.next', 'j');
const search = command('a.search', 'Mod+f', { alsoShortcuts: ['/'], isAllowedWhileTyping: true });
const go = command('a.go', 'g d');
const all = [next, search, go];

test('a chosen key stands instead of all a command came with; null is none', () => {
  expect(withChosenKeys(all, { 'a.search': 'F6', 'a.go': null, 'gone.away': 'x' }).map(shortcutsOf)).toEqual([['j'], ['F6'], []]);
});

describe('conflicts', () => {
  test.each([
    ['j', 'a.next'], ['J', 'a.next'], ['/', 'a.search'], ['ctrl+F', 'a.search'], ['g', 'a.go'], ['g d x', 'a.go'], ['g e', null], ['Shift+j', null],
  ])('%s: %s', (shortcut, owner) => {
    expect(findKeyConflict(shortcut, command('new', null), all)?.id ?? null).toBe(owner);
  });
  test('a command is not in its own way, nor one of another screen', () => {
    expect(findKeyConflict('j', next, all)).toBe(null);
    expect(findKeyConflict('j', command('desk.x', null, { place: 'desk' }), [{ ...next, place: 'desk' }])?.id).toBe('a.next');
  });
});

test('its own keys are no choice', () => {
  expect(withChoice({ 'a.next': 'n', other: 'x' }, next, 'J')).toEqual({ other: 'x' });
  expect(withChoice({}, next, null)).toEqual({ 'a.next': null });
  // with only the first of its two keys it is not as it came
  expect(withChoice({}, search, 'Mod+f')).toEqual({ 'a.search': 'Mod+f' });
});

describe('refused keys', () => {
  test.each([
    ['Mod+w', 'keys.refused.browser'], ['F5', 'keys.refused.browser'], ['Mod+c', 'keys.refused.editing'], ['Mod+ArrowLeft', 'keys.refused.editing'], ['Mod+Space', 'keys.refused.inputMethod'], ['Zenkaku', 'keys.refused.inputMethod'],
    ['Enter', 'keys.refused.field'], ['Shift+Tab', 'keys.refused.field'], ['ArrowDown', 'keys.refused.field'], ['2', 'keys.refused.digit'], ['Mod+Alt+q', 'keys.refused.altGr'], ['a b c', 'keys.refused.unknown'], ['Mod+', 'keys.refused.unknown'],
    ['w', null], ['g w', null], ['Mod+z', null], ['Mod+Enter', null], ['Alt+h', null], ['Mod+Alt+F6', null], ['Shift+w', null], [']', null],
  ])('%s: %s', (shortcut, reason) => {
    expect(keyRefusal(shortcut, command('x', 'y'))).toBe(reason);
  });
  test.each([['w', 'keys.refused.typing'], ['Shift+w', 'keys.refused.typing'], ['g w', 'keys.refused.typing'], ['Mod+z', 'keys.refused.editing'], ['Alt+w', null], ['F6', null]])('while typing, %s: %s', (shortcut, reason) => {
    expect(keyRefusal(shortcut, command('x', 'y', { isAllowedWhileTyping: true }))).toBe(reason);
  });
  test('what a command came with is never refused', () => {
    expect([keyRefusal('Enter', command('x', 'Enter')), keyRefusal('/', search)]).toEqual([null, null]);
  });
});
