import type { KeyMap } from '../../../shared/contract/keys.contract.ts';
import { isBindable } from '../../../shared/shortcut-conflict.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import type { Command } from '../../base/command.ts';
import { findKeyConflict, shortcutsOf, withChoice, withChosenKeys } from '../../base/key-map.ts';
import { keyRefusal } from '../../base/key-refusal.ts';

/** Where keys are kept: a command's in the rep's map, a macro's with the macro. */
export type KeyChange = { keys: KeyMap; macros: readonly { id: string; shortcut: string | null }[] };
export type Verdict = { kind: 'free' } | { kind: 'refused'; reasonKey: TextKey } | { kind: 'taken'; owner: Command; canSwap: boolean };

const MACRO = 'macro.';

export function isMacroCommand({ id }: Pick<Command, 'id'>): boolean {
  return id.startsWith(MACRO);
}

/** Whether a command may have these keys: refused, another's, or free. `commands` are all of them with the keys they came with; so is the owner told. */
export function judgeKeys(shortcut: string, command: Command, commands: readonly Command[], keys: KeyMap): Verdict {
  const reasonKey = refusalOf(shortcut, command);
  if (reasonKey !== null) return { kind: 'refused', reasonKey };
  const bound = withChosenKeys(commands, keys);
  const taker = findKeyConflict(shortcut, command, bound);
  const owner = taker === null ? undefined : commands.find(({ id }) => id === taker.id);
  if (taker === null || owner === undefined) return { kind: 'free' };
  const mine = bound.find(({ id }) => id === command.id)?.shortcut ?? null;
  const canSwap = mine !== null && shortcutsOf(taker).length === 1 && refusalOf(mine, owner) === null && findKeyConflict(mine, owner, bound.filter(({ id }) => id !== command.id)) === null;
  return { kind: 'taken', owner, canSwap };
}

function refusalOf(shortcut: string, command: Command): TextKey | null {
  if (isMacroCommand(command) && !isBindable(shortcut)) return 'macro.shortcutBad';
  return keyRefusal(shortcut, command);
}

/** The change that gives `command` these keys. An owner they are taken from gets `ownerKeys` instead. */
export function keyChange(keys: KeyMap, command: Command, shortcut: string | null, taken: { owner: Command; ownerKeys: string | null } | null = null): KeyChange {
  const steps = [...(taken === null ? [] : [{ command: taken.owner, shortcut: taken.ownerKeys }]), { command, shortcut }];
  const ofCommands = steps.filter((step) => !isMacroCommand(step.command));
  return {
    keys: ofCommands.reduce<KeyMap>((map, step) => withChoice(map, step.command, step.shortcut), keys),
    macros: steps.filter((step) => isMacroCommand(step.command)).map((step) => ({ id: step.command.id.slice(MACRO.length), shortcut: step.shortcut })),
  };
}
