import { expect, test } from 'vitest';
import { settleOrder } from './settle-order.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const order = (shown: string[], next: string[], openId: string | null, isHeld = false): string => settleOrder(shown, rows(...next), openId, isHeld).map(({ id }) => id).join('');

test('the open row keeps its place, the rest follow urgency', () => {
  expect(order(['a', 'b', 'c'], ['c', 'b', 'a', 'd'], 'a')).toBe('acbd');
  expect(order(['a', 'b', 'c'], ['d', 'c', 'a', 'b'], 'b')).toBe('dbca');
  expect(order(['a', 'b', 'c'], ['c'], 'c')).toBe('c');
});

test('without an open row, or with a new one, urgency alone counts', () => {
  expect(order(['a', 'b'], ['b', 'a'], null)).toBe('ba');
  expect(order(['a', 'b'], ['c', 'b', 'a'], 'c')).toBe('cba');
});

test('held: nothing moves, new ones wait at the end, gone ones go', () => {
  expect(order(['a', 'b', 'c'], ['d', 'c', 'a'], 'a', true)).toBe('acd');
});
