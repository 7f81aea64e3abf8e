import { runAtOnce, type Slices } from '../search/slices.ts';

/** Which documents hold a token, in order, and how often each. */
type Postings = { documents: Int32Array; counts: Int32Array };
export type WordIndex = {
  documentCount: number;
  /** Tokens of each document. */
  lengths: Int32Array;
  postings: ReadonlyMap<string, Postings>;
};

/** So many documents or tokens make one slice. */
const SLICE = 64;

export function createWordIndex(documents: readonly string[], tokensOf: (text: string) => string[]): WordIndex {
  return runAtOnce(wordIndexSlices(documents, tokensOf));
}

/** As `createWordIndex`, a few documents at a time. */
export function* wordIndexSlices(documents: readonly string[], tokensOf: (text: string) => string[]): Slices<WordIndex> {
  const growing = new Map<string, { documents: number[]; counts: number[] }>();
  const lengths = new Int32Array(documents.length);
  for (const [index, document] of documents.entries()) {
    const tokens = tokensOf(document);
    lengths[index] = tokens.length;
    for (const [token, count] of countsOf(tokens)) {
      const list = growing.get(token) ?? { documents: [], counts: [] };
      if (list.documents.length === 0) growing.set(token, list);
      list.documents.push(index);
      list.counts.push(count);
    }
    if (index % SLICE === 0) yield;
  }
  const postings = new Map<string, Postings>();
  for (const [token, list] of growing) {
    postings.set(token, { documents: Int32Array.from(list.documents), counts: Int32Array.from(list.counts) });
    if (postings.size % SLICE === 0) yield;
  }
  return { documentCount: documents.length, lengths, postings };
}

export function countsOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
