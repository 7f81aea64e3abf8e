import { describe, expect, it } from 'vitest';
import { createBm25, wordSimilarity, wordsOf } from './bm25.ts';

describe('BM25', () => {
  it('scores by the textbook formula', () => {
    const index = createBm25(['red shoes', 'red red hat', 'blue coat long']);
    // N 3, df(red) 2, idf ln(1 + 1.5/2.5); lengths 2, 3, 3, mean 8/3.
    const idf = Math.log(1.6);
    const part = (count: number, length: number) => (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / (8 / 3)));
    const scores = index.scores('RED');
    expect(scores[0]).toBeCloseTo(part(1, 2), 12);
    expect(scores[1]).toBeCloseTo(part(2, 3), 12);
    expect(scores[2]).toBe(0);
    expect(index.scores('red red')[0]).toBeCloseTo(2 * part(1, 2), 12);
  });

  it('takes Chinese by bigrams and traditional as simplified', () => {
    expect(wordsOf('我要退貨 ASAP')).toEqual(['我要', '要退', '退货', 'asap']);
    const index = createBm25(['怎么退货', '什么时候发货']);
    expect([...index.scores('退貨')].map((score) => score > 0)).toEqual([true, false]);
  });

  it('compares two texts the same both ways, from 0 to 1', () => {
    const index = createBm25(['a b', 'b c', 'd']);
    expect([wordSimilarity(index, 'a b', 'a b'), wordSimilarity(index, 'a b', 'd'), wordSimilarity(index, '', 'a'), wordSimilarity(index, 'a b', 'b c') === wordSimilarity(index, 'b c', 'a b')]).toEqual([expect.closeTo(1, 12), 0, 0, true]);
    expect(wordSimilarity(index, 'a b', 'b c')).toBeCloseTo(Math.log(1 + 1.5 / 2.5) / (Math.log(1 + 1.5 / 2.5) + Math.log(1 + 2.5 / 1.5)), 12);
  });
});
