import { expect, test } from 'vitest';
import { todaySummarySchema } from '../../../shared/contract/today.contract.ts';
import { sampleToday } from '../../testing/fake-pictures.ts';
import { linesOf, waitTicks } from './today-choices.ts';

test('each number has its conversations: waits from the longest down', () => {
  const summary = todaySummarySchema.parse(sampleToday());
  const shown = (choice: Parameters<typeof linesOf>[1]) => linesOf(summary, choice).map(({ customerName, waitMs }) => [customerName, waitMs]);
  const all = linesOf(summary, { kind: 'all' });
  expect(all).toHaveLength(summary.all.count);
  expect(all.map(({ waitMs }) => waitMs)).toEqual(all.map(({ waitMs }) => waitMs).toSorted((a, b) => b! - a!));
  expect(shown({ kind: 'first' })).toHaveLength(summary.first.count);
  expect(shown({ kind: 'closed' })).toEqual(summary.closed.map(({ customerName }) => [customerName, null]));
  expect(shown({ kind: 'used' })).toHaveLength(summary.suggestionsUsed.length);
  const hour = summary.hours[0]!;
  expect(shown({ kind: 'hour', startAt: hour.startAt })).toHaveLength(hour.all.count);
});

test.each([
  [0, [0, 10]], [9, [0, 10]], [45, [0, 30, 60]], [200, [0, 60, 120, 180, 240]], [4000, [0, 1200, 2400, 3600, 4800]], [400_000, [0, 100_000, 200_000, 300_000, 400_000]],
])('an axis up to %i s counts %j', (longest, expected) => {
  expect(waitTicks(longest * 1000)).toEqual(expected.map((seconds) => seconds * 1000));
});
