import type { Command } from '../../base/command.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Desk } from './desk.store.ts';
import { workChoices } from './work-choices.ts';

/** Whether keys go to the list of conversations, so that they mean the row at the cursor. */
export function isQueueFocused(): boolean {
  return document.activeElement?.id === 'queue-list';
}

/** What the keys do with conversations: the selected ones, the one at the cursor, or the open one. */
export function workCommands(desk: Desk): Command[] {
  const targets = (): ConversationId[] => desk.workTargets(isQueueFocused());
  const choices = workChoices(desk, targets);
  const show = (kind: 'snooze' | 'close' | 'label' | 'assign') => (): void => {
    const conversationIds = targets();
    if (conversationIds.length > 0) desk.work.show({ kind, conversationIds });
  };
  const withOne = (run: (conversationId: ConversationId) => void) => (): void => {
    const [conversationId] = targets();
    if (conversationId !== undefined) run(conversationId);
  };
  const nextUrgent = (): void =>
    void desk.findNextUrgent().then(async (id) => {
      if (id === null) return;
      await desk.open(id);
      desk.focusField();
    });
  const commands: Command[] = [
    { id: 'desk.nextUrgent', labelKey: 'command.nextUrgent', group: 'queue', shortcut: 'Mod+j', isAllowedWhileTyping: true, run: nextUrgent },
    { id: 'desk.select', labelKey: 'command.select', group: 'queue', shortcut: 'x', run: () => desk.queue.toggleSelected() },
    { id: 'desk.selectNext', labelKey: 'command.selectNext', group: 'queue', shortcut: 'Shift+j', isRepeatable: true, run: () => extend(desk, 1) },
    { id: 'desk.selectPrevious', labelKey: 'command.selectPrevious', group: 'queue', shortcut: 'Shift+k', isRepeatable: true, run: () => extend(desk, -1) },
    { id: 'desk.viewNext', labelKey: 'command.viewNext', group: 'queue', shortcut: ']', run: () => desk.queue.turnView(1) },
    { id: 'desk.viewPrevious', labelKey: 'command.viewPrevious', group: 'queue', shortcut: '[', run: () => desk.queue.turnView(-1) },
    { id: 'desk.filter', labelKey: 'queue.filter', group: 'queue', shortcut: 'f', run: () => document.getElementById('queue-filter')?.click() },
    { id: 'desk.close', labelKey: 'command.closeConversation', group: 'work', shortcut: 'e', choices: choices.close, choiceTitleKey: 'close.title', run: show('close') },
    { id: 'desk.snooze', labelKey: 'command.snooze', group: 'work', shortcut: 'h', choices: choices.snooze, choiceTitleKey: 'snooze.title', run: show('snooze') },
    { id: 'desk.label', labelKey: 'command.label', group: 'work', shortcut: 'l', choices: choices.label, choiceTitleKey: 'label.title', run: show('label') },
    { id: 'desk.note', labelKey: 'command.note', group: 'work', shortcut: 'n', run: withOne((conversationId) => desk.work.show({ kind: 'note', conversationId, note: null })) },
    { id: 'desk.assign', labelKey: 'command.assign', group: 'work', shortcut: 'a', choices: choices.assign, choiceTitleKey: 'assign.title', run: show('assign') },
    { id: 'desk.handOver', labelKey: 'command.handOver', group: 'work', shortcut: 't', run: withOne((conversationId) => desk.work.show({ kind: 'handover', conversationId })) },
    { id: 'desk.unread', labelKey: 'command.unread', group: 'work', shortcut: 'u', run: () => markUnread(desk, targets()) },
    { id: 'desk.reopen', labelKey: 'command.reopen', group: 'work', shortcut: null, run: () => void reopen(desk, targets()) },
    { id: 'desk.undo', labelKey: 'command.undoWork', group: 'work', shortcut: 'Mod+z', run: () => void desk.work.undoLast() },
  ];
  return commands;
}

function extend(desk: Desk, step: 1 | -1): void {
  desk.queue.extendSelection(step);
  document.getElementById('queue-list')?.focus();
}

/** Unread when any of them is read; the open conversation is left, or looking at it would mark it read again. */
function markUnread(desk: Desk, ids: ConversationId[]): void {
  if (ids.length === 0) return;
  const { openId } = desk.queue.store.getState();
  // the open one is read, whatever the list still says
  const isUnread = desk.summariesOf(ids).some((row) => row.unreadCount === 0 || row.id === openId);
  if (isUnread && openId !== null && ids.includes(openId)) {
    desk.leave();
    document.getElementById('queue-list')?.focus();
  }
  void desk.work.markUnread(ids, isUnread);
}

async function reopen(desk: Desk, ids: ConversationId[]): Promise<void> {
  const closed = desk.summariesOf(ids).filter((row) => row.state === 'closed').map((row) => row.id);
  if (closed.length > 0) await desk.work.reopen(closed);
}
