import { normaliseForMatch } from '../../text/normalise.ts';
import { cjkTokens } from '../../text/tokens.ts';

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
};

/** Okapi BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75, idf ln(1 + (N − n + ½)/(n + ½))) over documents held in memory. A word repeated in a query counts each time. */
export function createBm25(documents: readonly string[]): Bm25Index {
  const postings = new Map<string, { document: number; count: number }[]>();
  const lengths = documents.map((document, index) => {
    const tokens = wordsOf(document);
    for (const [token, count] of countsOf(tokens)) {
      const list = postings.get(token) ?? [];
      list.push({ document: index, count });
      postings.set(token, list);
    }
    return tokens.length;
  });
  const meanLength = Math.max(lengths.reduce((sum, length) => sum + length, 0) / Math.max(documents.length, 1), 1e-9);
  const idf = (token: string) => {
    const holders = postings.get(token)?.length ?? 0;
    return Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
  };
  return {
    idf,
    scores(query) {
      const scores = new Float64Array(documents.length);
      for (const [token, asked] of countsOf(wordsOf(query))) {
        const weight = idf(token) * asked;
        for (const { document, count } of postings.get(token) ?? []) {
          const norm = K1 * (1 - B + (B * (lengths[document] ?? 0)) / meanLength);
          scores[document] = (scores[document] ?? 0) + (weight * count * (K1 + 1)) / (count + norm);
        }
      }
      return scores;
    },
  };
}

function countsOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** How alike two texts are by their words, 0–1: idf of the shared words over the geometric mean of both idf sums. Symmetric, unlike BM25 itself. */
export function wordSimilarity(index: Pick<Bm25Index, 'idf'>, a: string, b: string): number {
  const left = new Set(wordsOf(a));
  const right = new Set(wordsOf(b));
  const sum = (tokens: Iterable<string>) => [...tokens].reduce((total, token) => total + index.idf(token), 0);
  const norm = Math.sqrt(sum(left) * sum(right));
  return norm === 0 ? 0 : sum(left.intersection(right)) / norm;
}
