import { useEffect } from 'react';
import { isComposingKey, isTextEntry, matchesShortcut } from '../base/keys.ts';
import type { Command } from '../base/command.ts';

const SEQUENCE_MS = 1000;

/** Listens for the commands' shortcuts; `commandsNow` is asked at each key. Quiet while a dialog is up or an input method composes. */
export function useCommands(commandsNow: () => Command[]): void {
  useEffect(() => {
    const onKeyDown = createKeyRunner(commandsNow);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commandsNow]);
}

/** Runs the command a key means. Two-key shortcuts (`g d`) wait a second for their second key. */
export function createKeyRunner(commandsNow: () => Command[]): (event: KeyboardEvent) => void {
  let firstKey: { key: string; at: number } | null = null;
  return (event) => {
    if (isTaken(event)) return;
    const usable = usableCommands(commandsNow(), isTextEntry(event.target));
    const prefix = firstKey !== null && event.timeStamp - firstKey.at < SEQUENCE_MS ? firstKey.key : null;
    firstKey = null;
    const found = usable.find(({ shortcut }) => isShortcutNow(event, shortcut ?? '', prefix));
    if (found === undefined) {
      if (prefix === null && beginsSequence(event, usable)) firstKey = { key: event.key, at: event.timeStamp };
    } else if (found.shortcut !== 'Enter' || !isControl(event.target)) {
      event.preventDefault();
      found.run();
    }
  };
}

/** Keys that are another's: handled already, an input method's, or a dialog's. */
function isTaken(event: KeyboardEvent): boolean {
  return event.defaultPrevented || isComposingKey(event) || document.querySelector('[role=dialog][data-open]') !== null;
}

function usableCommands(commands: readonly Command[], isTyping: boolean): Command[] {
  return commands.filter((command) => command.shortcut !== null && (!isTyping || command.isAllowedWhileTyping === true));
}

function beginsSequence(event: KeyboardEvent, usable: readonly Command[]): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && usable.some(({ shortcut }) => shortcut?.startsWith(`${event.key} `));
}

function isShortcutNow(event: KeyboardEvent, shortcut: string, prefix: string | null): boolean {
  const [first, second] = shortcut.split(' ');
  if (second === undefined) return prefix === null && matchesShortcut(event, shortcut);
  return first === prefix && matchesShortcut(event, second);
}

/** Elements that take Enter themselves. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role=button], [role=menuitem], [role=option], [role=tab]') !== null;
}
