import type { EmbeddingModel } from '../../engine/embedding-model.ts';
import { createBm25 } from './bm25.ts';
import { mean, rankOf, rounded, shareOf } from './ranking.ts';
import { dot, embedAll, vectorOf } from './vectors.ts';

export type LabelledText = { text: string; intent: string };
export type IntentScores = { top1: number; top5: number; mrr: number };
export type IntentFigures = { vector: IntentScores; bm25: IntentScores };

/**
 * Finds the intent of each text by the nearest example (or label text): an intent scores what its best example scores, `top1` is
 * one-nearest-neighbour accuracy, `top5` asks for the right one among the best five intents. Ties cost half a place each.
 */
export async function intentFigures(texts: readonly LabelledText[], examples: readonly LabelledText[], model: Pick<EmbeddingModel, 'embed'>, onProgress?: (doneCount: number, totalCount: number) => void): Promise<IntentFigures> {
  const vectors = await embedAll(model, [...examples, ...texts].map(({ text }) => text), onProgress);
  const rows = examples.map(({ text }) => vectorOf(vectors, text));
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const places = new Map(intents.map((intent, place) => [intent, place]));
  const placeOf = examples.map(({ intent }) => places.get(intent) ?? 0);
  const index = createBm25(examples.map(({ text }) => text));
  const ranks = { vector: [] as number[], bm25: [] as number[] };
  for (const { text, intent } of texts) {
    const right = places.get(intent);
    const asked = vectorOf(vectors, text);
    const isRight = (place: number) => place === right;
    ranks.vector.push(rankOf(bestByIntent(Float64Array.from(rows, (row) => dot(asked, row)), placeOf, intents.length), isRight));
    ranks.bm25.push(rankOf(bestByIntent(index.scores(text), placeOf, intents.length), isRight));
  }
  return { vector: scoresOf(ranks.vector), bm25: scoresOf(ranks.bm25) };
}

function bestByIntent(scores: Float64Array, placeOf: readonly number[], intentCount: number): Float64Array {
  const best = new Float64Array(intentCount).fill(Number.NEGATIVE_INFINITY);
  for (const [at, place] of placeOf.entries()) best[place] = Math.max(best[place] ?? 0, scores[at] ?? 0);
  return best;
}

function scoresOf(ranks: readonly number[]): IntentScores {
  return { top1: shareOf(ranks, (rank) => rank <= 1), top5: shareOf(ranks, (rank) => rank <= 5), mrr: rounded(mean(ranks.map((rank) => 1 / rank))) };
}
