import type { Command } from '../../base/command.ts';
import type { ToastStore } from '../../base/toast.store.ts';
import type { Desk } from './desk.store.ts';
import { messageCommands } from './message-commands.ts';
import { replyCommands } from './reply-commands.ts';
import { screenCommands } from './screen-commands.ts';
import { isQueueFocused, workCommands } from './work-commands.ts';

/** What the keys and the palette can do on the Desk. */
export function deskCommands(desk: Desk, toasts: Pick<ToastStore, 'show' | 'problem'>): Command[] {
  const focusQueue = (): void => document.getElementById('queue-list')?.focus();
  const move = (step: 1 | -1) => (): void => {
    desk.queue.moveCursor(step);
    focusQueue();
  };
  const openCursor = (): void => {
    const { cursorId } = desk.queue.store.getState();
    if (cursorId !== null) void desk.open(cursorId).then(() => desk.focusField());
  };
  /** The first press goes to the list, the next lets go of what was selected there. */
  const back = (): void => {
    if (isQueueFocused()) desk.queue.clearSelection();
    focusQueue();
  };
  return [
    { id: 'desk.next', labelKey: 'command.next', group: 'queue', shortcut: 'j', isRepeatable: true, run: move(1) },
    { id: 'desk.previous', labelKey: 'command.previous', group: 'queue', shortcut: 'k', isRepeatable: true, run: move(-1) },
    { id: 'desk.open', labelKey: 'command.open', group: 'queue', shortcut: 'Enter', run: openCursor },
    { id: 'desk.why', labelKey: 'command.why', group: 'queue', shortcut: 'i', run: () => desk.queue.toggleWhy() },
    { id: 'desk.back', labelKey: 'command.back', group: 'queue', shortcut: 'Escape', run: back },
    ...replyCommands(desk),
    ...messageCommands(desk),
    ...workCommands(desk),
    ...screenCommands(desk, toasts),
    ...desk.macroKeys.commands((macro) => void desk.insertMacro(macro)),
  ];
}
