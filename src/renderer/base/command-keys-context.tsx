import { createContext, useContext } from 'react';
import { shortcutWords } from './keys.ts';

/** The keys of a command as they now are, by its id; null for none. */
export type ShortcutOfCommand = (commandId: string) => string | null;

export const CommandKeysContext = createContext<ShortcutOfCommand>(() => null);

/** A command's keys in the words of this computer; null when it has none. */
export function useCommandKeys(commandId: string): string | null {
  const shortcut = useContext(CommandKeysContext)(commandId);
  return shortcut === null ? null : shortcutWords(shortcut);
}
