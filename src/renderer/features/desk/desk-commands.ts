import type { Command } from '../../base/command.ts';
import type { Desk } from './desk.store.ts';

/** What the keys and the palette can do on the Desk. */
export function deskCommands(desk: Desk): Command[] {
  const focusQueue = (): void => document.getElementById('queue-list')?.focus();
  const move = (step: 1 | -1) => (): void => {
    desk.queue.moveCursor(step);
    focusQueue();
  };
  const openCursor = (): void => {
    const { cursorId } = desk.queue.store.getState();
    if (cursorId !== null) void desk.open(cursorId).then(() => desk.focusField());
  };
  const insert = (number: number) => (): void => void desk.insertSuggestion(number);
  return [
    { id: 'desk.next', labelKey: 'command.next', group: 'queue', shortcut: 'j', run: move(1) },
    { id: 'desk.previous', labelKey: 'command.previous', group: 'queue', shortcut: 'k', run: move(-1) },
    { id: 'desk.open', labelKey: 'command.open', group: 'queue', shortcut: 'Enter', run: openCursor },
    { id: 'desk.why', labelKey: 'command.why', group: 'queue', shortcut: 'i', run: () => desk.queue.toggleWhy() },
    { id: 'desk.back', labelKey: 'command.back', group: 'queue', shortcut: 'Escape', run: focusQueue },
    { id: 'desk.insert1', labelKey: 'command.insert1', group: 'reply', shortcut: 'Alt+1', isAllowedWhileTyping: true, run: insert(1) },
    { id: 'desk.insert2', labelKey: 'command.insert2', group: 'reply', shortcut: 'Alt+2', isAllowedWhileTyping: true, run: insert(2) },
    { id: 'desk.insert3', labelKey: 'command.insert3', group: 'reply', shortcut: 'Alt+3', isAllowedWhileTyping: true, run: insert(3) },
    { id: 'desk.compose', labelKey: 'command.compose', group: 'reply', shortcut: 'r', run: () => desk.focusField() },
    { id: 'desk.suggestions', labelKey: 'command.suggestions', group: 'reply', shortcut: 's', run: () => document.getElementById('suggestions')?.focus() },
    { id: 'desk.close', labelKey: 'command.closeConversation', group: 'reply', shortcut: null, run: () => void desk.conversation.closeConversation().catch(() => {}) },
  ];
}
