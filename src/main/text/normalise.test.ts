import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapForMatch, sourceSpan } from './mapped-text.ts';
import { normaliseForMatch, toSimplified, toWellFormed } from './normalise.ts';

const traditional = '後天我要退貨，請問乾淨的裡面著頭髮為什麼線上客服發票隻字不提週末臺灣祇甚麼說説訂單運費險著名';
const mixedText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom(...Array.from(`${traditional}ＡＢ① ﬁ\u200B\u0301\u00AD\uD800İΣς\uFE0F゙ガ`), ' ', '\n', 'a'), { maxLength: 60 }).map((parts) => parts.join('')),
);

describe('normaliseForMatch', () => {
  test.each([
    ['後天我要退貨，裡面訂單', '后天我要退货,里面订单'],
    ['為甚麼妳說祇有乾淨的著名品牌，等著', '为什么你说只有干净的著名品牌,等着'],
    ['  Ｈｅｌｌｏ\u3000 WORLD \n\t！ ', 'hello world !'],
    ['ref\u200Bund\u00AD \uFEFFnow\u0007', 'refund now'],
    ['bad \uD83D end', 'bad \uFFFD end'],
    ['程序怎么运行？这么智慧', '程序怎么运行?这么智慧'],
    ['', ''],
  ])('%j → %j', (text, expected) => {
    expect(normaliseForMatch(text)).toBe(expected);
  });

  test('is idempotent, well formed, trimmed and without invisible characters', () => {
    fc.assert(
      fc.property(mixedText, (text) => {
        const once = normaliseForMatch(text);
        expect(normaliseForMatch(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/^\s|\s$|\s\s|\p{Cc}|\p{Cf}/u);
      }),
      { numRuns: 1500 },
    );
  });

  test('simplified text stays as it is', () => {
    const text = '你们的物流太慢了，我等了三天，请问什么时候能到，著名品牌也这么差，里面的程序有问题';
    expect(toSimplified(text)).toBe(text);
  });

  test('toWellFormed replaces lone surrogates only', () => {
    expect(toWellFormed('a\uDC00b😀')).toBe('a\uFFFDb😀');
  });
});

describe('mapForMatch', () => {
  test('spans of the copy quote the original', () => {
    const source = '您好，\u200B我要投\u200B訴  ＡＢＣ！';
    const mapped = mapForMatch(source);
    const start = mapped.text.indexOf('投诉');
    const span = sourceSpan(mapped, start, start + 2);
    expect([mapped.text, source.slice(span.start, span.end)]).toEqual(['您好,我要投诉 abc!', '投\u200B訴']);
  });

  test('every unit maps into the source, in order', () => {
    fc.assert(
      fc.property(mixedText, (text) => {
        const { text: copy, starts, ends } = mapForMatch(text);
        expect([starts.length, ends.length]).toEqual([copy.length, copy.length]);
        for (let index = 0; index < copy.length; index += 1) {
          const [start, end] = [starts[index] ?? -1, ends[index] ?? -1];
          expect(start >= (starts[index - 1] ?? 0) && start < end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
