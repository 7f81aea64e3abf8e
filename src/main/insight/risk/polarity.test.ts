import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseForMatch } from '../../text/normalise.ts';
import { polarityOf } from './polarity.ts';

test.each([
  ['转人工', 0],
  ['我要投诉', 0],
  ['有点失望', -0.5],
  ['有點失望', -0.5],
  ['太失望了', -0.6],
  ['不满意', -0.5],
  ['不好看', -1 / 3],
  ['很好', 0.5],
  ['垃圾', -2 / 3],
  ['请问什么时候发货', 0],
  ['not happy', -1 / 3],
  ['this is terrible', -2 / 3],
  ['very disappointed', -0.6],
  ['it works, nice', 2 / 3],
  ['where is my parcel', 0],
  ['book token', 0],
  ['', 0],
])('%j → %f', (text, expected) => {
  expect(polarityOf(normaliseForMatch(text))).toBeCloseTo(expected, 10);
});

test('stays strictly between −1 and 1', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('垃圾', '不', '太', '满意', ' terrible', ' not', 'ok', '，'), { maxLength: 40 }), (parts) => {
      expect(Math.abs(polarityOf(parts.join('')))).toBeLessThan(1);
    }),
  );
});
