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
    if (event.defaultPrevented || isComposingKey(event) || document.querySelector('[role=dialog][data-open]') !== null) return;
    const isTyping = isTextEntry(event.target);
    const usable = commandsNow().filter((command) => command.shortcut !== null && (!isTyping || command.isAllowedWhileTyping === true));
    const prefix = firstKey !== null && event.timeStamp - firstKey.at < SEQUENCE_MS ? firstKey.key : null;
    firstKey = null;
    const found = usable.find(({ shortcut }) => isShortcutNow(event, shortcut ?? '', prefix));
    if (found !== undefined) {
      if (found.shortcut === 'Enter' && isControl(event.target)) return;
      event.preventDefault();
      found.run();
    } else if (prefix === null && !event.ctrlKey && !event.metaKey && !event.altKey && usable.some(({ shortcut }) => shortcut?.startsWith(`${event.key} `))) {
      firstKey = { key: event.key, at: event.timeStamp };
    }
  };
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
