import type { KeyMap } from '../../shared/contract/keys.contract.ts';
import type { Command } from './command.ts';
import { canonicalShortcut } from './keys.ts';

/** Every key of a command, as it now is. */
export function shortcutsOf({ shortcut, alsoShortcuts = [] }: Pick<Command, 'shortcut' | 'alsoShortcuts'>): readonly string[] {
  return shortcut === null ? alsoShortcuts : [shortcut, ...alsoShortcuts];
}

/** The commands with the keys that this rep chose; a chosen key stands instead of all the command came with. */
export function withChosenKeys(commands: readonly Command[], keys: KeyMap): Command[] {
  return commands.map((command) => {
    const chosen = keys[command.id];
    return chosen === undefined ? command : { ...command, shortcut: chosen, alsoShortcuts: [] };
  });
}

/** The command that these keys would be in the way of: the same keys, or a sequence that begins with them (or they with it), where both act. */
export function findKeyConflict(shortcut: string, command: Pick<Command, 'id' | 'place'>, commands: readonly Command[]): Command | null {
  const wanted = canonicalShortcut(shortcut);
  const overlaps = (other: string): boolean => other === wanted || other.startsWith(`${wanted} `) || wanted.startsWith(`${other} `);
  return commands.find((other) => other.id !== command.id && shareAPlace(command, other) && shortcutsOf(other).some((taken) => overlaps(canonicalShortcut(taken)))) ?? null;
}

function shareAPlace(one: Pick<Command, 'place'>, other: Pick<Command, 'place'>): boolean {
  return one.place === undefined || other.place === undefined || one.place === other.place;
}

/** The map with one command's keys changed; its own keys are no choice, so they leave the map. */
export function withChoice(keys: KeyMap, command: Pick<Command, 'id' | 'shortcut' | 'alsoShortcuts'>, chosen: string | null): KeyMap {
  const { [command.id]: _former, ...others } = keys;
  const isOwn = (command.alsoShortcuts ?? []).length === 0 && (chosen === null ? null : canonicalShortcut(chosen)) === (command.shortcut === null ? null : canonicalShortcut(command.shortcut));
  return isOwn ? others : { ...others, [command.id]: chosen };
}
