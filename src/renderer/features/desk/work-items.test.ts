import { expect, test } from 'vitest';
import type { Note, WorkEvent } from '../../../shared/contract/work.contract.ts';
import { withWork } from './work-items.ts';

const message = (at: number) => ({ id: `m${at}`, at });
const note = (at: number): Note => ({ id: `n${at}`, createdAt: at }) as unknown as Note;
const event = (at: number): WorkEvent => ({ id: `e${at}`, at }) as unknown as WorkEvent;
const order = (messages: number[], notes: number[], events: number[], hasMore = false): string[] =>
  withWork(messages.map(message), { notes: notes.map(note), events: events.map(event), hasMore }, ({ at }) => at).map(({ id }) => id);

test('notes and events stand where they belong by time, after a message of the same moment', () => {
  expect(order([10, 20, 30], [15, 30], [5, 20, 40])).toEqual(['event-e5', 'm10', 'note-n15', 'm20', 'event-e20', 'm30', 'note-n30', 'event-e40']);
  expect(order([], [1], [])).toEqual(['note-n1']);
  expect(order([10], [], [])).toEqual(['m10']);
});

test('what is older than the loaded messages waits for them', () => {
  expect(order([10, 20], [5], [7, 15], true)).toEqual(['m10', 'event-e15', 'm20']);
});
