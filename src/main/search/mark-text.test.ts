import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markNumber, marksOf, markText } from './mark-text.ts';

const shown = ({ text, spans }: ReturnType<typeof markText>): string[] => spans.map(({ start, end }) => text.slice(start, end));

test.each([
  ['退款多久到账', '您好，退款會在三天內到賬。', ['退款', '到賬']],
  ['維修', '衣服可以维修', ['维修']],
  ['jack', 'The JACKET came with a bluejacket', ['JACK']],
  ['修', '终身维修，修好为止', ['修', '修']],
  ['ｒｅｐａｉｒ', 'Free Repair.', ['Repair']],
  ['冲锋衣', '冲锋衣冲锋衣', ['冲锋衣冲锋衣']],
  ['a tent', 'A tent and a table', ['A', 'tent', 'a']],
  ['m码', 'M码的 me 可以', ['M码']],
  ['nothing', '没有', []],
])('%j marks in %j %j', (asked, text, expected) => {
  expect(shown(markText(text, marksOf(asked, [])))).toEqual(expected);
});

test('numbers are marked with their separators', () => {
  expect(shown(markNumber('SY-1000 303587', marksOf('sy1000303', ['sy1000303'])))).toEqual(['SY-1000 303']);
  expect(shown(markNumber('YT8768706136847', marksOf('6847', ['6847'])))).toEqual(['6847']);
});

test('a long text is cut around its first mark', () => {
  const { text, spans } = markText(`${'前'.repeat(3000)}退款${'后'.repeat(3000)}`, marksOf('退款', []), 500);
  expect([text.length, spans.map(({ start, end }) => text.slice(start, end))]).toEqual([500, ['退款']]);
});

test('spans are in order, apart, inside the text, and never cut a character', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(fc.property(texts, texts, fc.integer({ min: 2, max: 60 }), (text, asked, maxUnits) => {
    const marked = markText(text, marksOf(asked, []), maxUnits);
    expect(text).toContain(marked.text);
    expect(marked.text.length).toBeLessThanOrEqual(Math.max(maxUnits, text.length <= maxUnits ? text.length : 0));
    expect(marked.text.isWellFormed() || !text.isWellFormed()).toBe(true);
    let end = -1;
    for (const span of marked.spans) {
      expect(span.start).toBeGreaterThan(end);
      expect(span.end).toBeGreaterThan(span.start);
      end = span.end;
    }
    expect(end).toBeLessThanOrEqual(marked.text.length);
  }));
});
