import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { keyFileText, readKeyFile, type KeyFile } from './key-file.ts';

const command = (id: string, shortcut: string | null, more: Partial<Command> = {}): Command => ({ id, labelKey: 'command.next', group: 'queue', shortcut, run: () => {}, ...more });
const commands = [command('desk.next', 'j'), command('desk.previous', 'k'), command('app.search', 'Mod+f', { isAllowedWhileTyping: true })];
const file = (keys: string): string => `{\n  "format": "deskmate-keys",\n  "version": 1,\n  "keys": ${keys}\n}\n`;
const problemOf = (read: KeyFile) => (read.kind === 'problem' ? [read.problem.key, read.problem.values, read.problem.reasonKey ?? read.problem.owner?.id ?? null] : read);

test('what is written is read back', () => {
  const keys = { 'desk.previous': null, 'desk.next': 'n', 'app.search': 'F6' };
  expect(readKeyFile(keyFileText(keys), commands)).toEqual({ kind: 'keys', keys });
  expect(keyFileText(keys)).toBe(file('{\n    "app.search": "F6",\n    "desk.next": "n",\n    "desk.previous": null\n  }'));
});

test.each<[string, string, unknown]>([
  ['not JSON', '{\n  "format": oops\n}', ['keys.file.json', { line: 2 }, null]],
  ['cut short', '{\n  "format": "deskmate-keys",\n', ['keys.file.json', { line: 3 }, null]],
  ['a list', '[]', ['keys.file.format', { line: 1, field: 'format', wanted: '"deskmate-keys"' }, null]],
  ['another version', file('{}').replace('1,', '2,'), ['keys.file.format', { line: 3, field: 'version', wanted: '1' }, null]],
  ['no keys', file('[]'), ['keys.file.format', { line: 4, field: 'keys', wanted: '{…}' }, null]],
  ['an unknown command', file('{\n    "desk.next": "n",\n    "desk.nxt": "x" }'), ['keys.file.command', { line: 6, field: 'desk.nxt' }, null]],
  ['a number', file('{ "desk.next": 4 }'), ['keys.file.value', { line: 4, field: 'desk.next' }, null]],
  ['a refused key', file('{ "desk.next": "Mod+w" }'), ['keys.file.refused', { line: 4, field: 'desk.next', keys: 'Mod+w' }, 'keys.refused.browser']],
  ['a key that types', file('{ "app.search": "f" }'), ['keys.file.refused', { line: 4, field: 'app.search', keys: 'f' }, 'keys.refused.typing']],
  ['one key twice', file('{\n    "desk.next": "x",\n    "desk.previous": "X" }'), ['keys.file.conflict', { line: 5, field: 'desk.next', keys: 'x' }, 'desk.previous']],
  ['another command’s own key', file('{ "desk.next": "k" }'), ['keys.file.conflict', { line: 4, field: 'desk.next', keys: 'k' }, 'desk.previous']],
  ['a prototype', file('{ "__proto__": "x" }'), ['keys.file.command', { line: 4, field: '__proto__' }, null]],
  ['too large', ' '.repeat(70_000), ['keys.file.large', {}, null]],
])('%s', (_name, text, expected) => {
  expect(problemOf(readKeyFile(text, commands))).toEqual(expected);
});

test('two commands may change places', () => {
  expect(readKeyFile(file('{ "desk.next": "k", "desk.previous": "j" }'), commands)).toEqual({ kind: 'keys', keys: { 'desk.next': 'k', 'desk.previous': 'j' } });
});

test('no text brings it down', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    expect(readKeyFile(text, commands).kind).toMatch(/^(keys|problem)$/);
  }));
});
