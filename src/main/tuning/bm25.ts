import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';
import { runAtOnce, type Slices } from '../search/slices.ts';
import { countsOf, wordIndexSlices } from './word-index.ts';

const K1 = 1.2;
const B = 0.75;

/** Tokens as full-text search makes them: bigrams of Chinese characters, words of everything else. */
export function wordsOf(text: string): string[] {
  return cjkTokens(normaliseForMatch(text));
}

export type Bm25Index = {
  /** Scores of every document, in the order given; 0 where no word is shared. */
  scores(query: string): Float64Array;
  idf(token: string): number;
  /** What no score of this query can reach, whatever the document: tells scores of long and short queries on one scale. */
  ceiling(query: string): number;
};

/** Okapi BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75, idf ln(1 + (N − n + ½)/(n + ½))) over documents held in memory. A word repeated in a query counts each time. */
export function createBm25(documents: readonly string[]): Bm25Index {
  return runAtOnce(bm25Slices(documents));
}

/** As `createBm25`, a few documents at a time. */
export function* bm25Slices(documents: readonly string[]): Slices<Bm25Index> {
  const { lengths, postings } = yield* wordIndexSlices(documents, wordsOf);
  const meanLength = Math.max(lengths.reduce((sum, length) => sum + length, 0) / Math.max(documents.length, 1), 1e-9);
  const norms = Float64Array.from(lengths, (length) => K1 * (1 - B + (B * length) / meanLength));
  const idf = (token: string) => {
    const holders = postings.get(token)?.documents.length ?? 0;
    return Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
  };
  return {
    idf,
    scores(query) {
      const scores = new Float64Array(documents.length);
      for (const [token, asked] of countsOf(wordsOf(query))) {
        const found = postings.get(token);
        if (found === undefined) continue;
        const weight = idf(token) * asked * (K1 + 1);
        for (let at = 0; at < found.documents.length; at++) {
          const [document, count] = [found.documents[at] as number, found.counts[at] as number];
          scores[document] = (scores[document] as number) + (weight * count) / (count + (norms[document] as number));
        }
      }
      return scores;
    },
    ceiling: (query) => wordsOf(query).reduce((sum, token) => sum + idf(token) * (K1 + 1), 0),
  };
}

/** How alike two texts are by their words, 0–1: idf of the shared words over the geometric mean of both idf sums. Symmetric, unlike BM25 itself. */
export function wordSimilarity(index: Pick<Bm25Index, 'idf'>, a: string, b: string): number {
  const left = new Set(wordsOf(a));
  const right = new Set(wordsOf(b));
  const sum = (tokens: Iterable<string>) => [...tokens].reduce((total, token) => total + index.idf(token), 0);
  const norm = Math.sqrt(sum(left) * sum(right));
  return norm === 0 ? 0 : sum(left.intersection(right)) / norm;
}
