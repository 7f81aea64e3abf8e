import type { EmbeddingModel } from '../../engine/embedding-model.ts';
import { fuse } from '../../search/fuse.ts';
import { detectLanguage } from '../../text/language.ts';
import { createBm25 } from './bm25.ts';
import { rankFigures, rankOf, type RankFigures } from './ranking.ts';
import { dot, embedAll, vectorOf } from './vectors.ts';

export type RetrievalSet = { corpus: readonly string[]; queries: readonly { query: string; positives: readonly string[] }[] };
export type RetrievalFigures = { queries: number; corpus: number; hybrid: RankFigures; vector: RankFigures; bm25: RankFigures };

/** Each arm gives its best so many, as the search engine does; the rest of the corpus ties behind them. */
const ARM_LIMIT = 50;

/** Finds each query's positives in the whole corpus by words, by meaning, and by the two fused as the product fuses them. */
export async function retrievalFigures(set: RetrievalSet, model: Pick<EmbeddingModel, 'embed'>, onProgress?: (doneCount: number, totalCount: number) => void): Promise<RetrievalFigures> {
  const { corpus, queries } = set;
  const vectors = await embedAll(model, [...corpus, ...queries.map(({ query }) => query)], onProgress);
  const rows = corpus.map((text) => vectorOf(vectors, text));
  const languages = corpus.map((text) => detectLanguage(text));
  const index = createBm25(corpus);
  const ranks = { hybrid: [] as number[], vector: [] as number[], bm25: [] as number[] };
  for (const { query, positives } of queries) {
    const right = new Set(positives);
    const isRight = (at: number) => right.has(corpus[at] ?? '');
    const asked = vectorOf(vectors, query);
    const meaning = Float64Array.from(rows, (row) => dot(asked, row));
    const words = index.scores(query);
    ranks.vector.push(rankOf(meaning, isRight));
    ranks.bm25.push(rankOf(words, isRight));
    ranks.hybrid.push(rankOf(hybridScores(query, { meaning, words, languages }), isRight));
  }
  return { queries: queries.length, corpus: corpus.length, hybrid: rankFigures(ranks.hybrid), vector: rankFigures(ranks.vector), bm25: rankFigures(ranks.bm25) };
}

type Arms = { meaning: Float64Array; words: Float64Array; languages: readonly ReturnType<typeof detectLanguage>[] };

function hybridScores(query: string, { meaning, words, languages }: Arms): Float64Array {
  const candidates = new Set([...topOf(meaning), ...topOf(words).filter((at) => (words[at] ?? 0) > 0)]);
  const rows = [...candidates].map((at) => ({ kind: 'passage' as const, seq: at, language: languages[at] ?? 'other', cosine: meaning[at] ?? null, bm25: words[at] ?? 0, matchedWords: [] }));
  // Below every candidate: what neither arm brings up is not found.
  const scores = new Float64Array(meaning.length).fill(-1);
  for (const { seq, score } of fuse(rows, detectLanguage(query))) scores[seq] = score;
  return scores;
}

/** Indexes of the highest scores, best first; of equal scores the earlier one. */
export function topOf(scores: Float64Array, limit: number = ARM_LIMIT): number[] {
  const top: { at: number; score: number }[] = [];
  for (const [at, score] of scores.entries()) {
    const last = top.at(-1);
    if (top.length === limit && last !== undefined && score <= last.score) continue;
    const place = top.findLastIndex((each) => each.score >= score) + 1;
    top.splice(place, 0, { at, score });
    top.length = Math.min(top.length, limit);
  }
  return top.map(({ at }) => at);
}
