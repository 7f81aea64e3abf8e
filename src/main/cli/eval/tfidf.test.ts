import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTfidf, gramsOf } from './tfidf.ts';

describe('TF-IDF', () => {
  it('takes Chinese by 1-, 2- and 3-grams within a run, everything else by words, traditional as simplified', () => {
    expect(gramsOf('要退貨 ASAP 急')).toEqual(['要', '要退', '要退货', '退', '退货', '货', 'asap', '急']);
  });

  it('scores by the formula', () => {
    const index = createTfidf(['red red hat', 'red shoe', 'blue']);
    // N 3: red in 2 → 1 + ln(4/3), hat, shoe, blue in 1 → 1 + ln 2, an unknown word in 0 → 1 + ln 4; twice counts 1 + ln 2.
    const [common, rare, unknown] = [1 + Math.log(4 / 3), 1 + Math.log(2), 1 + Math.log(4)];
    const red = (1 + Math.log(2)) * common;
    const cosine = (red * common) / (Math.hypot(red, rare) * Math.hypot(common, rare));
    expect([...index.scores('red shoe')]).toEqual([expect.closeTo(cosine, 12), expect.closeTo(1, 12), 0]);
    expect(index.scores('blue moon')[2]).toBeCloseTo(rare / Math.hypot(rare, unknown), 12);
    expect([index.similarity('red red hat', 'red shoe'), index.similarity('', 'red'), [...index.scores('')]]).toEqual([expect.closeTo(cosine, 12), 0, [0, 0, 0]]);
  });

  it('searching is comparing, both ways the same, from 0 to 1 (property)', () => {
    const text = fc.array(fc.constantFrom('退', '货', '款', 'a ', 'b ', '，'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (documents, query) => {
      const index = createTfidf(documents);
      const scores = index.scores(query);
      for (const [at, document] of documents.entries()) {
        expect(index.similarity(query, document)).toBeCloseTo(scores[at] ?? -1, 10);
        expect(index.similarity(document, query)).toBeCloseTo(scores[at] ?? -1, 10);
        expect((scores[at] ?? -1) >= 0 && (scores[at] ?? 2) <= 1 + 1e-12).toBe(true);
      }
    }));
  });
});
