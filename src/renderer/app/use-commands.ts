import { useEffect } from 'react';
import { canonicalShortcut, isComposingKey, isTextEntry, shortcutOf, typesText } from '../base/keys.ts';
import type { Command } from '../base/command.ts';
import { shortcutsOf } from '../base/key-map.ts';

const SEQUENCE_MS = 1000;
/** Whatever lies over the page and takes its own keys. */
const OVER_THE_PAGE = '[role=dialog][data-open], [role=menu][data-open], [role=listbox][data-open]';

/** Listens for the commands' shortcuts; `commandsNow` is asked at each key. Quiet while a dialog or menu is up or an input method composes. */
export function useCommands(commandsNow: () => Command[]): void {
  useEffect(() => {
    const onKeyDown = createKeyRunner(commandsNow);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commandsNow]);
}

type FirstKey = { keys: string; at: number } | null;

/** Runs the command a key means. Two-key shortcuts (`g d`) wait a second for their second key. */
export function createKeyRunner(commandsNow: () => Command[]): (event: KeyboardEvent) => void {
  let first: FirstKey = null;
  return (event) => {
    const pressed = isTaken(event) ? null : shortcutOf(event);
    // a lone Shift on the way to the second key keeps the first
    if (pressed === null) return;
    const begun = begunBy(first, event.timeStamp);
    first = null;
    const wanted = canonicalShortcut(`${begun ?? ''} ${pressed}`);
    const isTyping = isTextEntry(event.target);
    const usable = isTyping && typesText(wanted) ? [] : usableCommands(commandsNow(), isTyping);
    const found = usable.find((command) => shortcutsOf(command).some((shortcut) => canonicalShortcut(shortcut) === wanted));
    if (found === undefined) {
      if (begun === null && beginsSequence(wanted, usable)) first = { keys: wanted, at: event.timeStamp };
    } else if (wanted !== 'enter' || !isControl(event.target)) {
      event.preventDefault();
      runUnlessHeld(found, event);
    }
  };
}

/** The first key of a sequence, while it still waits for its second. */
function begunBy(first: FirstKey, nowMs: number): string | null {
  return first !== null && nowMs - first.at < SEQUENCE_MS ? first.keys : null;
}

/** A held key does again only what is meant to be done again: moving, not inserting or closing. */
function runUnlessHeld({ isRepeatable, run }: Command, { repeat }: KeyboardEvent): void {
  if (!repeat || isRepeatable === true) run();
}

/** Keys that are another's: handled already, an input method's, or of what lies over the page. */
function isTaken(event: KeyboardEvent): boolean {
  return event.defaultPrevented || isComposingKey(event) || document.querySelector(OVER_THE_PAGE) !== null;
}

function usableCommands(commands: readonly Command[], isTyping: boolean): Command[] {
  return commands.filter((command) => (!isTyping || command.isAllowedWhileTyping === true) && command.isAvailable?.() !== false);
}

function beginsSequence(wanted: string, usable: readonly Command[]): boolean {
  return usable.some((command) => shortcutsOf(command).some((shortcut) => canonicalShortcut(shortcut).startsWith(`${wanted} `)));
}

/** Elements that take Enter themselves. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role=button], [role=menuitem], [role=option], [role=tab]') !== null;
}
