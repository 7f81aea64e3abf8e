import { expect, test } from 'vitest';
import type { RiskTurn } from './risk-turn.ts';
import { createTurnMemory } from './turn-memory.ts';

const turn = (id: string, text = id): RiskTurn => ({ id, role: 'customer', text, at: 1 });

test('the same message is the same object until it says something else, is forgotten, or is the longest unused', () => {
  const { turnOf, forget } = createTurnMemory(2);
  const [a, b] = [turnOf(turn('a')), turnOf(turn('b'))];
  expect([turnOf(turn('b')) === b, turnOf(turn('a')) === a, turnOf(turn('a', 'other')) === a]).toEqual([true, true, false]);
  turnOf(turn('c'));
  expect(turnOf(turn('b')) === b).toBe(false);
  const c = turnOf(turn('c'));
  forget();
  expect(turnOf(turn('c')) === c).toBe(false);
});
