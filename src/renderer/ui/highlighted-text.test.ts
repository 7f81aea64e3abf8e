import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightParts } from './highlighted-text.tsx';

test('marks matches, longest first, whatever they are made of', () => {
  expect(highlightParts('免费维修，维修 FREE (a+b)', ['修', '维修', 'free', '(a+b)'])).toEqual([
    { text: '免费', isHit: false }, { text: '维修', isHit: true }, { text: '，', isHit: false }, { text: '维修', isHit: true }, { text: ' ', isHit: false },
    { text: 'FREE', isHit: true }, { text: ' ', isHit: false }, { text: '(a+b)', isHit: true },
  ]);
  expect(highlightParts('<b>x</b>', [])).toEqual([{ text: '<b>x</b>', isHit: false }]);
});

test('the parts join to the text, for any words', () => {
  fc.assert(fc.property(fc.string(), fc.array(fc.string()), (text, words) => {
    expect(highlightParts(text, words).map((part) => part.text).join('')).toBe(text);
  }));
});
