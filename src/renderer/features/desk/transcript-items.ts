import type { Message, OutboxEntry } from '../../../shared/contract/conversation.contract.ts';

export type TranscriptItem =
  | { kind: 'day'; id: string; at: number }
  | { kind: 'message'; id: string; message: Message; delivery: OutboxEntry | null }
  | { kind: 'outbox'; id: string; entry: OutboxEntry };

/** Messages with a line per new day, then replies that are not yet messages. `dayOf` names the local day of a time. */
export function transcriptItems(messages: readonly Message[], outbox: readonly OutboxEntry[], dayOf: (at: number) => string): TranscriptItem[] {
  const delivered = new Map(outbox.flatMap((entry) => (entry.messageId === null ? [] : [[entry.messageId, entry] as const])));
  const items: TranscriptItem[] = [];
  let day = '';
  for (const message of messages) {
    const messageDay = dayOf(message.sentAt);
    if (messageDay !== day) items.push({ kind: 'day', id: `day-${messageDay}`, at: message.sentAt });
    day = messageDay;
    items.push({ kind: 'message', id: message.id, message, delivery: delivered.get(message.id) ?? null });
  }
  const shown = new Set<string>(messages.map((message) => message.id));
  const waiting = outbox.filter((entry) => entry.messageId === null || !shown.has(entry.messageId)).toSorted((a, b) => a.createdAt - b.createdAt);
  return [...items, ...waiting.map((entry) => ({ kind: 'outbox', id: entry.id, entry }) as const)];
}
