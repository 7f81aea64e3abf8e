import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseForMatch } from './normalise.ts';
import { cjkTokens, ftsDocument } from './tokens.ts';

test.each([
  ['我要退款', ['我要', '要退', '退款']],
  ['退', ['退']],
  ['iPhone15 能退吗？SF1234', ['iphone15', '能退', '退吗', 'sf1234']],
  ["don't wait 3.5 days", ['don', 't', 'wait', '3', '5', 'days']],
  ['買一送一，OK', ['买一', '一送', '送一', 'ok']],
  ['𠮷野家', ['𠮷野', '野家']],
  ['!?……', []],
])('tokens of %j', (text, expected) => {
  const normalised = normaliseForMatch(text);
  expect(cjkTokens(normalised)).toEqual(expected);
  expect(ftsDocument(normalised)).toBe(expected.join(' '));
});

const LETTERS_AND_DIGITS = /^[\p{L}\p{N}]+$/u;

test('tokens hold only letters and digits, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }).map((codePoint) => String.fromCodePoint(codePoint)), { maxLength: 80 }).map((parts) => parts.join('')), (text) => {
      const tokens = cjkTokens(normaliseForMatch(text));
      expect(tokens.filter((token) => !LETTERS_AND_DIGITS.test(token))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
