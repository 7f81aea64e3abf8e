import { createPinyin, initialsFit } from '../../../shared/i18n/pinyin-initials.ts';
import type { TextRow } from '../../../shared/i18n/text-row.ts';
import { texts } from '../../../shared/i18n/texts.ts';
import type { Command, CommandChoice } from '../../base/command.ts';
import type { Translate } from '../../base/formats.ts';

const pinyin = createPinyin();
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');

/**
 * How well what was typed fits a name, 0–1; 0 for not at all. A name begins with it, a word of it does, it stands inside, it is the
 * first letters of its English words or of its pinyin, or all its words stand somewhere.
 */
export function nameFit(typed: string, name: string): number {
  const query = plain(typed);
  const label = plain(name);
  if (query === '') return 1;
  if (label === query) return 1;
  if (label.startsWith(query)) return 0.9;
  if (label.includes(` ${query}`)) return 0.8;
  if (label.includes(query)) return 0.7;
  return initialFit(query.replaceAll(' ', ''), label) || (query.split(' ').every((word) => label.includes(word)) ? 0.4 : 0);
}

function initialFit(letters: string, label: string): number {
  const englishInitials = label.split(/[\s-]+/).map((word) => word[0] ?? '').join('');
  if (/^[a-z]/.test(label) && letters.length > 1 && englishInitials.startsWith(letters)) return 0.65;
  const fit = /\p{Script=Han}/u.test(label) ? initialsFit(pinyin.initials(label), letters) : null;
  return fit === 'start' ? 0.6 : fit === 'inside' ? 0.5 : 0;
}

/** Every name of a command: in the reader's language, and in the others, for hands that remember those. */
function namesOf(command: Command, t: Translate): string[] {
  const fill = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => command.labelValues?.[name] ?? '');
  const row: TextRow = texts[command.labelKey];
  return [t(command.labelKey, command.labelValues), ...row.map(fill)];
}

/** The commands that fit, best first; of equals the ones used last, then the order of the list. Without text: used last, then all. */
export function matchCommands(typed: string, commands: readonly Command[], recentIds: readonly string[], t: Translate): Command[] {
  const recency = ({ id }: Command): number => (recentIds.includes(id) ? recentIds.length - recentIds.indexOf(id) : 0);
  const found = commands.map((command) => ({ command, fit: commandFit(typed, namesOf(command, t)) })).filter(({ fit }) => fit > 0);
  return found.toSorted((a, b) => b.fit - a.fit || recency(b.command) - recency(a.command)).map(({ command }) => command);
}

/** The reader's own language weighs a little more. */
function commandFit(typed: string, names: readonly string[]): number {
  return Math.max(...names.map((name, index) => nameFit(typed, name) * (index === 0 ? 1 : 0.95)));
}

export function matchChoices(typed: string, choices: readonly CommandChoice[]): CommandChoice[] {
  const found = choices.map((choice) => ({ choice, fit: choice.isTyped === true ? 0.01 : Math.max(nameFit(typed, choice.label), nameFit(typed, choice.keywords ?? choice.label) * 0.9, nameFit(typed, choice.hint ?? choice.label) * 0.8) }));
  return found.filter(({ fit }) => fit > 0).toSorted((a, b) => b.fit - a.fit).map(({ choice }) => choice);
}
