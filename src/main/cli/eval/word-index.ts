/** Which documents hold a token, in order, and how often each. */
type Postings = { documents: Int32Array; counts: Int32Array };
export type WordIndex = {
  documentCount: number;
  /** Tokens of each document. */
  lengths: Int32Array;
  postings: ReadonlyMap<string, Postings>;
};

export function createWordIndex(documents: readonly string[], tokensOf: (text: string) => string[]): WordIndex {
  const growing = new Map<string, { documents: number[]; counts: number[] }>();
  const lengths = Int32Array.from(documents, (document, index) => {
    const tokens = tokensOf(document);
    for (const [token, count] of countsOf(tokens)) {
      const list = growing.get(token) ?? { documents: [], counts: [] };
      if (list.documents.length === 0) growing.set(token, list);
      list.documents.push(index);
      list.counts.push(count);
    }
    return tokens.length;
  });
  const postings = new Map<string, Postings>();
  for (const [token, list] of growing) postings.set(token, { documents: Int32Array.from(list.documents), counts: Int32Array.from(list.counts) });
  return { documentCount: documents.length, lengths, postings };
}

export function countsOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
