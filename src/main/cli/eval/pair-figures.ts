import type { EmbeddingModel } from '../../engine/embedding-model.ts';
import { createBm25, wordSimilarity } from './bm25.ts';
import { areaUnderCurve, bestThresholdAccuracy, rounded, spearman } from './ranking.ts';
import { dot, embedAll, vectorOf } from './vectors.ts';

/** `gold` is a label 0 or 1, or a score 0–5. */
export type LabelledPair = { a: string; b: string; gold: number };
/** `auc` and `accuracy` are null for graded pairs, `auc` also when one label is absent. */
export type PairScores = { spearman: number; auc: number | null; accuracy: number | null };
export type PairFigures = { pairs: number; vector: PairScores; bm25: PairScores };

/** How well likeness by meaning and by words agrees with what people said of pairs. */
export async function pairFigures(pairs: readonly LabelledPair[], isGraded: boolean, model: Pick<EmbeddingModel, 'embed'>, onProgress?: (doneCount: number, totalCount: number) => void): Promise<PairFigures> {
  const texts = pairs.flatMap(({ a, b }) => [a, b]);
  const vectors = await embedAll(model, texts, onProgress);
  const index = createBm25(texts);
  const meaning = pairs.map(({ a, b }) => dot(vectorOf(vectors, a), vectorOf(vectors, b)));
  const words = pairs.map(({ a, b }) => wordSimilarity(index, a, b));
  const gold = pairs.map((pair) => pair.gold);
  return { pairs: pairs.length, vector: scoresOf(meaning, gold, isGraded), bm25: scoresOf(words, gold, isGraded) };
}

function scoresOf(scores: readonly number[], gold: readonly number[], isGraded: boolean): PairScores {
  const correlation = rounded(spearman(scores, gold));
  if (isGraded) return { spearman: correlation, auc: null, accuracy: null };
  const isPositive = gold.map((label) => label === 1);
  const auc = areaUnderCurve(scores, isPositive);
  return { spearman: correlation, auc: auc === null ? null : rounded(auc), accuracy: rounded(bestThresholdAccuracy(scores, isPositive)) };
}
