import { texts } from '../../shared/i18n/texts.ts';
import { FIELD_KEYS } from '../app/keys-sheet.tsx';
import type { Command } from '../base/command.ts';
import { shortcutsOf } from '../base/key-map.ts';
import { DESK_ACTIONS } from './desk-actions.ts';
import { FREQUENT_JOBS } from './frequent-jobs.ts';

const GROUPS = ['queue', 'work', 'reply', 'go', 'app'] as const;
const WHERE = { reply: 'the reply box', queue: 'the queue', anywhere: 'anywhere' } as const;
const code = (shortcut: string): string => `\`${shortcut.replace('|', '\\|')}\``;
const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
const named = (text: string, command: Command): string => text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => command.labelValues?.[name] ?? '');

/** docs/KEYS.md, made from the commands themselves. */
export function keysPage(commands: readonly Command[]): string {
  return `${[head(), jobs(), ...GROUPS.map((group) => commandTable(group, commands.filter((command) => command.group === group))), fieldKeys(), actions()].join('\n\n')}\n`;
}

function head(): string {
  return `# Keys

Made from the commands of the page by \`src/renderer/app/command-registry.test.tsx\`, which fails when this page is not what the program does.

- \`Mod\` is Ctrl, on Apple keyboards Cmd. \`g d\` is two keys within a second. In the page \`?\` shows all keys, \`Mod+k\` runs any command by name: by words or first letters of
  its label in any of the three languages, in Chinese also by the first letters of the pinyin (\`jshh\` finds 结束会话). Recent ones stand first; a name with … asks for a time, a label, a colleague, a conversation.
- Every command can be given other keys in Settings › Keys, each rep for themselves; a file of them can be exported and imported (docs/formats.md). Macros can have keys too (Knowledge, Alt or Ctrl with a letter or digit, or an F key).
- No key acts while an input method composes, nor does the one that ends composing. Keys that write act only outside text fields; the table says which commands act while typing.
- Keys go by what they type. Where that is no Latin sign (Cyrillic, kana, full width, what Alt makes of a letter), by what a US keyboard types at that place; digits with Ctrl or Alt by their place.
- Pinyin letters need no table of readings: the Chinese collation order of the browser (CLDR \`co-pinyin\`) puts each character between the first characters of two letters. Characters with two readings are listed in \`pinyin-initials.ts\`.`;
}

function jobs(): string {
  const lines = FREQUENT_JOBS.map(({ title, titleZh, from, keys, most }) => row(`${title} · ${titleZh}`, WHERE[from], keys.map((key) => (key === 'typed' ? '…' : code(key))).join(' '), String(keys.filter((key) => key !== 'typed').length), String(most)));
  return ['## The ten most frequent jobs', 'A keystroke is one key going down, with whatever is held. `frequent-jobs.browser.test.tsx` presses exactly these keys in Chromium, counts what arrives and looks at what came of it.', [row('job', 'from', 'keys', 'keystrokes', 'at most'), row('---', '---', '---', '---', '---'), ...lines].join('\n')].join('\n\n');
}

function commandTable(group: (typeof GROUPS)[number], commands: readonly Command[]): string {
  const lines = commands.map((command) => {
    const [hans, , en] = texts[command.labelKey];
    return row(`\`${command.id}\``, named(en, command), named(hans, command), shortcutsOf(command).map(code).join(' '), command.place === 'desk' ? 'Desk' : 'everywhere', command.isAllowedWhileTyping === true ? 'yes' : '', command.choices === undefined ? '' : '…');
  });
  return [`## ${texts[`keys.group.${group}`][2]}`, [row('command', 'English', '中文', 'keys', 'acts in', 'while typing', 'asks'), row('---', '---', '---', '---', '---', '---', '---'), ...lines].join('\n')].join('\n\n');
}

function fieldKeys(): string {
  return ['## Inside the reply and its lists', 'These belong to the field and cannot be changed.', [row('key', 'English', '中文'), row('---', '---', '---'), ...FIELD_KEYS.map(({ labelKey, shortcut }) => row(code(shortcut), texts[labelKey][2], texts[labelKey][0]))].join('\n')].join('\n\n');
}

function actions(): string {
  const lines = Object.entries(DESK_ACTIONS).map(([key, by]) => row(`\`${key}\``, typeof by === 'string' ? by : by.map(code).join(' ')));
  return ['## Every button and menu line of the Desk', 'By the first text it shows. *dialog*: inside a dialog, with Tab, Enter, arrows and Escape. *item*: belongs to one file, note, order or message, reached with Tab there.', [row('button', 'command'), row('---', '---'), ...lines].join('\n')].join('\n\n');
}
