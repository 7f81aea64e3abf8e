import { normaliseForMatch } from '../../text/normalise.ts';
import { letterRuns } from '../../text/tokens.ts';
import { countsOf, createWordIndex } from '../../tuning/word-index.ts';

const LONGEST_GRAM = 3;

/** Of each run of CJK characters every 1-, 2- and 3-gram, of everything else the words; in text order, repeats kept. */
export function gramsOf(text: string): string[] {
  return letterRuns(normaliseForMatch(text)).flatMap((run) => (run.isCjk ? cjkGrams(Array.from(run.text)) : [run.text]));
}

function cjkGrams(characters: readonly string[]): string[] {
  const grams: string[] = [];
  for (let start = 0; start < characters.length; start++) {
    for (let end = start + 1; end <= Math.min(start + LONGEST_GRAM, characters.length); end++) grams.push(characters.slice(start, end).join(''));
  }
  return grams;
}

export type TfidfIndex = {
  /** Cosine (0–1) of every document, in the order given. */
  scores(query: string): Float64Array;
  /** Cosine of two texts, by the idf of the documents. */
  similarity(a: string, b: string): number;
};

/**
 * Cosine of TF-IDF vectors over documents held in memory: a gram that a text holds c times of N documents, n of which hold it, weighs
 * (1 + ln c) · (1 + ln((1 + N) / (1 + n))) (sublinear tf, smoothed idf: Manning et al. 2008, §6.4; the smoothing is scikit-learn's).
 * Grams that no document holds count in a query's length, so that a query of unknown words is like nothing.
 */
export function createTfidf(documents: readonly string[]): TfidfIndex {
  const { documentCount, postings } = createWordIndex(documents, gramsOf);
  const idf = (gram: string) => 1 + Math.log((1 + documentCount) / (1 + (postings.get(gram)?.documents.length ?? 0)));
  const lengths = new Float64Array(documentCount);
  for (const [gram, { documents: holders, counts }] of postings) {
    const weight = idf(gram);
    for (let at = 0; at < holders.length; at++) {
      const document = holders[at] as number;
      lengths[document] = (lengths[document] as number) + (weightOf(counts[at] as number) * weight) ** 2;
    }
  }
  for (let document = 0; document < documentCount; document++) lengths[document] = Math.sqrt(lengths[document] as number);
  const vectorOf = (text: string) => {
    const weights = new Map([...countsOf(gramsOf(text))].map(([gram, count]) => [gram, weightOf(count) * idf(gram)]));
    return { weights, length: Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight ** 2, 0)) };
  };
  return {
    scores(query) {
      const scores = new Float64Array(documentCount);
      const { weights, length } = vectorOf(query);
      for (const [gram, asked] of weights) {
        const found = postings.get(gram);
        if (found === undefined) continue;
        const weight = (asked * idf(gram)) / length;
        for (let at = 0; at < found.documents.length; at++) {
          const document = found.documents[at] as number;
          scores[document] = (scores[document] as number) + (weight * weightOf(found.counts[at] as number)) / (lengths[document] as number);
        }
      }
      return scores;
    },
    similarity(a, b) {
      const [left, right] = [vectorOf(a), vectorOf(b)];
      let sum = 0;
      for (const [gram, weight] of left.weights) sum += weight * (right.weights.get(gram) ?? 0);
      return sum === 0 ? 0 : sum / (left.length * right.length);
    },
  };
}

/** Said twice is not twice as much. */
function weightOf(count: number): number {
  return 1 + Math.log(count);
}
