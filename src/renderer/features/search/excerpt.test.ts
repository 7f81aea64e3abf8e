import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

test('a mark far into a text is brought into the line, and stands where it stood', () => {
  const text = `${'前'.repeat(100)}退款\n${'后'.repeat(100)}`;
  const cut = excerptOf({ text, spans: [{ start: 100, end: 102 }] }, 60);
  expect([cut.text.length <= 62, cut.text.startsWith('…'), cut.text.endsWith('…'), cut.spans.map(({ start, end }) => cut.text.slice(start, end)), cut.text.includes('\n')]).toEqual([true, true, true, ['退款'], false]);
  expect(excerptOf({ text: '一\n二', spans: [] }, 60)).toEqual({ text: '一 二', spans: [] });
});

test('marks keep naming the same words', () => {
  expect(() => fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), fc.nat(20), fc.integer({ min: 10, max: 120 }), (text, at, length, maxUnits) => {
    const start = Math.min(at, text.length);
    const end = Math.min(start + length, text.length);
    const cut = excerptOf({ text, spans: start < end ? [{ start, end }] : [] }, maxUnits);
    const words = text.slice(start, end).replaceAll(/\s/g, ' ');
    return cut.spans.every((kept) => cut.text.slice(kept.start, kept.end) === words);
  }))).not.toThrow();
});
