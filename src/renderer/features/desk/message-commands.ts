import type { Quote } from '../../../shared/contract/attachment.contract.ts';
import type { Message } from '../../../shared/contract/conversation.contract.ts';
import type { Command } from '../../base/command.ts';
import type { Desk } from './desk.store.ts';

const QUOTE_CHARACTERS = 200;

export function quoteOf({ id, role, text }: Pick<Message, 'id' | 'role' | 'text'>): Quote {
  return { messageId: id, role, text: text.slice(0, QUOTE_CHARACTERS) };
}

/** What the keys can do with messages and files of a reply. */
export function messageCommands(desk: Desk): Command[] {
  return [
    { id: 'desk.quote', labelKey: 'command.quote', group: 'reply', shortcut: 'q', run: () => quoteNext(desk) },
    { id: 'desk.attach', labelKey: 'command.attach', group: 'reply', shortcut: 'p', run: () => document.getElementById('reply-attach')?.click() },
  ];
}

/** Quotes the customer's newest message; once more, the one before it, and after the first the newest again. */
export function quoteNext(desk: Desk): void {
  const { open } = desk.conversation.store.getState();
  if (open.kind !== 'ready') return;
  const theirs = open.messages.filter(({ role }) => role === 'customer');
  const quotedId = desk.composer.store.getState().replyTo?.messageId;
  const place = theirs.findIndex(({ id }) => id === quotedId);
  const next = place > 0 ? theirs[place - 1] : theirs.at(-1);
  if (next === undefined) return;
  desk.composer.quote(quoteOf(next));
  desk.media.jumpTo(next.id);
}
