import type { Note, WorkEvent } from '../../../shared/contract/work.contract.ts';
import type { TranscriptItem } from './transcript-items.ts';

/** What colleagues wrote and did, between the messages. */
export type WorkItem = { kind: 'note'; id: string; note: Note } | { kind: 'event'; id: string; event: WorkEvent };
type Timed = { at: number };

/** The transcript with notes and events where they belong by time. While older messages are not loaded, what is older than the first one is left out with them. */
export function withWork<T extends { id: string }>(items: readonly T[], work: { notes: readonly Note[]; events: readonly WorkEvent[]; hasMore: boolean }, timeOf: (item: T) => number): (T | WorkItem)[] {
  const from = work.hasMore && items[0] !== undefined ? timeOf(items[0]) : Number.NEGATIVE_INFINITY;
  const added: (WorkItem & Timed)[] = [
    ...work.notes.map((note) => ({ kind: 'note' as const, id: `note-${note.id}`, note, at: note.createdAt })),
    ...work.events.map((event) => ({ kind: 'event' as const, id: `event-${event.id}`, event, at: event.at })),
  ].filter(({ at }) => at >= from).toSorted((a, b) => a.at - b.at);
  if (added.length === 0) return [...items];
  const result: (T | WorkItem)[] = [];
  let next = 0;
  for (const item of items) {
    for (let one = added[next]; one !== undefined && one.at < timeOf(item); one = added[next]) {
      result.push(one);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...added.slice(next)];
}

export function timeOfItem(item: TranscriptItem): number {
  if (item.kind === 'day') return item.at;
  return item.kind === 'message' ? item.message.sentAt : item.entry.createdAt;
}
