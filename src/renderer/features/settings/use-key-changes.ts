import { useState } from 'react';
import type { KeyMap } from '../../../shared/contract/keys.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import type { Command } from '../../base/command.ts';
import { findKeyConflict, shortcutsOf, withChoice, withChosenKeys } from '../../base/key-map.ts';
import { shortcutWords } from '../../base/keys.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { judgeKeys, keyChange, type KeyChange, type Verdict } from './key-choice.ts';
import type { SettingsPageProps } from './settings-pages.tsx';

/** What stands against the keys that were just pressed for a command. */
export type KeyProblem = { commandId: string; shortcut: string; verdict: Exclude<Verdict, { kind: 'free' }> };

/** Which command is being given keys, what is in the way, and the saving of it, with a way back. */
export function useKeyChanges({ client, settings, onSave, commands: commandsNow }: Pick<SettingsPageProps, 'client' | 'settings' | 'onSave' | 'commands'>) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [editedId, setEditedId] = useState<string | null>(null);
  const [problem, setProblem] = useState<KeyProblem | null>(null);
  const commands = commandsNow();
  const { keys } = settings;
  const bound = withChosenKeys(commands, keys);
  const nameOf = ({ labelKey, labelValues }: Command): string => t(labelKey, labelValues);
  const wordsOf = (command: Command): string => shortcutsOf(command).map(shortcutWords).join(' / ') || t('keys.noKey');

  const fail = (error: unknown): void => {
    const { code, sentence } = callFailure(error);
    toasts.problem({ key: 'settings.saveFailed' }, sentence ?? t(`error.${code}`));
  };
  const write = async ({ keys: next, macros }: KeyChange): Promise<void> => {
    // the macro that gives its keys away is told first
    for (const macro of macros) await client.knowledge.bindMacro(macro);
    if (next !== keys) {
      const failure = await onSave({ keys: { ...next } });
      if (failure !== null) throw Object.assign(new Error(failure.sentence ?? ''), { code: failure.code });
    }
  };
  const save = (change: KeyChange, text: Parameters<typeof toasts.show>[0]): void => {
    const before: KeyChange = { keys, macros: change.macros.map(({ id }) => ({ id, shortcut: commands.find((command) => command.id === `macro.${id}`)?.shortcut ?? null })).toReversed() };
    setEditedId(null);
    setProblem(null);
    void write(change).then(() => toasts.show(text, { labelKey: 'action.undo', run: () => void write({ ...before, keys: { ...before.keys } }).catch(fail) }), fail);
  };
  const give = (command: Command, shortcut: string | null, taken: { owner: Command; ownerKeys: string | null } | null = null): void => {
    const words = shortcut === null ? t('keys.noKey') : shortcutWords(shortcut);
    save(keyChange(keys, command, shortcut, taken), { key: 'keys.saved', values: { name: nameOf(command), keys: words } });
  };
  return {
    bound, commands, editedId, problem, nameOf, wordsOf, give,
    edit(id: string | null) {
      setEditedId(id);
      setProblem(null);
    },
    /** The rep pressed these keys for this command. */
    press(command: Command, shortcut: string | null) {
      const verdict = shortcut === null ? null : judgeKeys(shortcut, command, commands, keys);
      if (shortcut === null || verdict === null || verdict.kind === 'free') return give(command, shortcut);
      setEditedId(null);
      setProblem({ commandId: command.id, shortcut, verdict });
    },
    /** Its own keys again, unless another has them by now. */
    reset(command: Command) {
      const owner = shortcutsOf(command).map((shortcut) => findKeyConflict(shortcut, command, bound)).find((other) => other !== null);
      if (owner !== undefined && owner !== null) return toasts.problem({ key: 'keys.resetBlocked', values: { keys: wordsOf(command), name: nameOf(owner) } });
      const { [command.id]: _chosen, ...others } = keys;
      save({ keys: others, macros: [] }, { key: 'keys.saved', values: { name: nameOf(command), keys: wordsOf(command) } });
    },
    resetAll: () => save({ keys: {}, macros: [] }, { key: 'keys.didReset' }),
    take: (next: KeyMap, count: number) => save({ keys: Object.entries(next).reduce((map, [id, shortcut]) => withOwn(map, commands, id, shortcut), {} as KeyMap), macros: [] }, { key: 'keys.imported', values: { count } }),
  };
}

function withOwn(map: KeyMap, commands: readonly Command[], id: string, shortcut: string | null): KeyMap {
  const command = commands.find((one) => one.id === id);
  return command === undefined ? map : withChoice(map, command, shortcut);
}
