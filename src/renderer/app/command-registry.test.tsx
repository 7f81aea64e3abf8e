/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import type { TextRow } from '../../shared/i18n/text-row.ts';
import { texts } from '../../shared/i18n/texts.ts';
import type { Command } from '../base/command.ts';
import { findKeyConflict, shortcutsOf } from '../base/key-map.ts';
import { keyRefusal } from '../base/key-refusal.ts';
import { canonicalShortcut, typesText } from '../base/keys.ts';
import { DESK_ACTIONS } from '../testing/desk-actions.ts';
import { samplePage } from '../testing/render-page.tsx';
import { keysPage } from '../testing/keys-page-text.ts';
import { allCommands } from './command-registry.ts';

const commands = allCommands(samplePage().page);
const deskFiles = import.meta.glob<string>(['../features/desk/*.tsx', '!../features/desk/*.test.tsx'], { query: '?raw', import: 'default', eager: true });

test('every command has an id of its own', () => {
  const ids = commands.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every command has a label in three languages, and no two the same in one place', () => {
  const rows = commands.map((command) => rowOf(command).map((text) => text.replace(/\{\{(\w+)\}\}/, (_all, name: string) => command.labelValues?.[name] ?? '')));
  expect(rows.filter((row) => row.length !== 3 || row.some((text) => text === ''))).toEqual([]);
  for (const column of [0, 1, 2]) {
    const labels = rows.map((row) => row[column] ?? '');
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
  }
});

test('no two commands come with the same keys in the same place, nor one with the beginning of another’s', () => {
  const clashes = commands.flatMap((command) => shortcutsOf(command).flatMap((shortcut) => findKeyConflict(shortcut, command, commands)?.id ?? []));
  expect(clashes).toEqual([]);
});

test('no command comes with keys that a rep could not choose, but the queue’s own and those that do what the browser does with them', () => {
  const stripped = (command: Command): Command => ({ ...command, shortcut: null, alsoShortcuts: [] });
  // what writes in a text field rests there, so the browser's and the editing keys are what is left
  const refused = commands.flatMap((command) => shortcutsOf(command).filter((shortcut) => keyRefusal(shortcut, { ...stripped(command), isAllowedWhileTyping: command.isAllowedWhileTyping === true && !typesText(shortcut) }) !== null).map((shortcut) => `${command.id} ${canonicalShortcut(shortcut)}`));
  expect(refused.filter((one) => !/^app\.(print|zoom)/.test(one))).toEqual(['desk.open enter', 'desk.back escape']);
});

function rowOf({ labelKey }: Command): TextRow {
  return texts[labelKey];
}

/** The first text of every button and menu line in the Desk's files. */
function deskControls(): Set<string> {
  const found = new Set<string>();
  for (const code of Object.values(deskFiles)) {
    for (const match of code.matchAll(/<(?:Button|IconButton|MenuLine|Menu\.(?:Item|CheckboxItem)|Dialog\.Close)\b/g)) {
      const key = /\bt\(['`]([\w.]+)/.exec(code.slice(match.index, match.index + 900))?.[1];
      if (key !== undefined) found.add(key);
    }
  }
  return found;
}

test('every button and menu line of the Desk is done by a command, or is told where the keyboard reaches it', () => {
  expect([...deskControls()].filter((key) => DESK_ACTIONS[key] === undefined)).toEqual([]);
  const ids = new Set(commands.map(({ id }) => id));
  const unknown = Object.values(DESK_ACTIONS).flatMap((by) => (typeof by === 'string' ? [] : by)).filter((id) => !ids.has(id));
  expect(unknown).toEqual([]);
});

test('docs/KEYS.md is this list; `npx vitest run --project dom src/renderer/app/command-registry.test.tsx -u` writes it anew', async () => {
  await expect(keysPage(commands)).toMatchFileSnapshot('../../../docs/KEYS.md');
});
