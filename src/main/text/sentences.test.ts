import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSentences } from './sentences.ts';

test.each([
  ['您好。我要退款！可以吗？', ['您好。', '我要退款！', '可以吗？']],
  ['It is 3.5 kg. See a.com now... Mr. Li said “no.” Fine', ['It is 3.5 kg.', 'See a.com now...', 'Mr. Li said “no.”', 'Fine']],
  ['他说「不行。」然后挂了\n第二行', ['他说「不行。」', '然后挂了', '第二行']],
  ['  \n ', []],
])('splits %j', (text, expected) => {
  expect(splitSentences(text).map((sentence) => sentence.text)).toEqual(expected);
});

test('sentences are ordered slices that keep every visible character', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('退', 'a', '.', '。', '!', ' ', '\n', '”', '3', 'mr'), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const sentences = splitSentences(text);
      expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual(sentences.map((sentence) => sentence.text));
      expect(sentences.every(({ start }, index) => start >= (sentences[index - 1]?.end ?? 0))).toBe(true);
      expect(sentences.map((sentence) => sentence.text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});
