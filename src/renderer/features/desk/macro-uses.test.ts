import { describe, expect, test } from 'vitest';
import { sampleConversations } from '../../testing/sample-shop.ts';
import { nextHole } from './hole-walk.ts';
import { createMacroUses } from './macro-uses.ts';

describe('macro uses', () => {
  const id = sampleConversations()[0]!.id;
  test('count what is still in the reply, once, for its own conversation', () => {
    const uses = createMacroUses();
    uses.note(id, { id: 'a', text: '请发一下订单号 ⟨order.id⟩ 和照片' });
    uses.note(id, { id: 'a', text: '请发一下订单号 ⟨order.id⟩ 和照片' });
    uses.note(id, { id: 'b', text: '好的' });
    expect(uses.heldBy(id, '您好，请发一下订单号 123')).toEqual(['a']);
    expect(uses.heldBy(id, '好的')).toEqual(['b']);
    expect(uses.heldBy(id, '改写了')).toEqual([]);
    expect(uses.heldBy(sampleConversations()[1]!.id, '好的')).toEqual([]);
    uses.forget(id);
    expect(uses.heldBy(id, '好的')).toEqual([]);
  });
});

describe('nextHole', () => {
  const text = '单号 ⟨order.id⟩，⟨rep.name⟩ 敬上';
  const at = (start: number, end = start) => ({ start, end });
  test.each([
    [at(0), false, 'order.id'],
    [at(3, 13), false, 'rep.name'],
    [at(14, 24), false, null],
    [at(26), true, 'rep.name'],
    [at(14, 24), true, 'order.id'],
    [at(3, 13), true, null],
  ] as const)('from %j, backwards %s: %s', (selection, isBackwards, name) => {
    expect(nextHole(text, selection, isBackwards)?.name ?? null).toBe(name);
  });
});
