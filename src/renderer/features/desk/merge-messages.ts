import type { Message } from '../../../shared/contract/conversation.contract.ts';

/** Both lists as one, oldest first, without doubles; on a double `newer` wins. */
export function mergeMessages(older: readonly Message[], newer: readonly Message[]): Message[] {
  const byId = new Map([...older, ...newer].map((message) => [message.id, message]));
  return [...byId.values()].toSorted((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
}

/** The list with `item` in place of the one with its id, or at the end. */
export function upsertById<T extends { id: string }>(list: readonly T[], item: T): T[] {
  return list.some((other) => other.id === item.id) ? list.map((other) => (other.id === item.id ? item : other)) : [...list, item];
}
