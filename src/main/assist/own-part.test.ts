import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistanceRatio } from '../text/edit-distance.ts';
import { ownPart } from './own-part.ts';

it.each([
  ['可以修。\n今天寄出。', '可以修。', ['今天寄出。'], '可以修。'],
  ['可以修。今天寄出。', '今天寄出。', ['可以修。'], '今天寄出。'],
  ['您好，可以修。', '可以修。', [], '您好，可以修。'],
  ['可以修。\n明天寄出。', '可以修。', ['今天寄出。'], '可以修。\n明天寄出。'],
  ['可以修。', '可以修。', ['可以修。'], '可以修。'],
  ['可以修。今天寄出', '可以修', ['今天寄出'], '可以修'],
])('of %j for %j beside %j it is %j', (sent, own, others, expected) => {
  expect(ownPart(sent, own, others)).toBe(expected);
});

it('a suggestion sent as it was counts as unedited, whatever stands beside it (property)', () => {
  const text = fc.string({ unit: fc.constantFrom('修', '寄', 'a', '，'), minLength: 3, maxLength: 20 }).map((words) => `${words}。`);
  const holds = fc.property(text, text, (one, two) => one.includes(two) || two.includes(one) || editDistanceRatio(one, ownPart(`${one}\n${two}`, one, [two])) === 0);
  expect(() => fc.assert(holds)).not.toThrow();
});
