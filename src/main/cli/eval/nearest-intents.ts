import type { Language } from '../../text/language.ts';
import type { Pool } from './eval-work.ts';
import { hybridScores } from '../../tuning/hybrid-scores.ts';
import { rankOf } from './ranking.ts';

export type LabelledText = { text: string; intent: string };
/** `intent` is null for a text out of scope. */
export type AskedText = { text: string; intent: string | null };
export type WordArm = 'vector' | 'bm25' | 'tfidf';

/** What an arm made of one text: the place of the right intent, and how near the nearest example of any intent is. */
export type Recognised = { rank: number; certainty: number };

/** The intents of examples, each with its place; `placeOf` has one for each example. */
export type IntentPlaces = { names: readonly string[]; places: ReadonlyMap<string, number>; placeOf: readonly number[] };

export function intentPlaces(examples: readonly LabelledText[]): IntentPlaces {
  const names = [...new Set(examples.map(({ intent }) => intent))];
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, places, placeOf: examples.map(({ intent }) => places.get(intent) ?? 0) };
}

/**
 * One-nearest-neighbour by each arm: an intent scores what its best example scores. `intent` null is a text that has none. The certainty
 * of BM25 is its score over the most that any document could score, because its own scale is another for each text.
 */
export function recogniseNearest(pool: Pool, { names, places, placeOf }: IntentPlaces, { text, intent }: AskedText): Record<WordArm, Recognised> {
  const right = intent === null ? undefined : places.get(intent);
  const scores = pool.scores(text);
  const of = (arm: WordArm, ceiling: number): Recognised => {
    const best = bestByIntent(scores[arm], placeOf, names.length);
    return { rank: rankOf(best, (place) => place === right), certainty: ceiling === 0 ? 0 : Math.max(...best) / ceiling };
  };
  return { vector: of('vector', 1), bm25: of('bm25', pool.bm25.ceiling(text)), tfidf: of('tfidf', 1) };
}

/** Words and meaning fused as the product fuses them; fused scores are of one text alone, so the certainty is that of the meaning. */
export function recogniseHybrid(pool: Pool, { names, places, placeOf }: IntentPlaces, { text, intent }: AskedText, languages: readonly Language[]): Recognised {
  const right = intent === null ? undefined : places.get(intent);
  const { vector, bm25 } = pool.scores(text);
  const best = bestByIntent(hybridScores(text, { meaning: vector, words: bm25, languages }), placeOf, names.length);
  return { rank: rankOf(best, (place) => place === right), certainty: Math.max(...vector) };
}

function bestByIntent(scores: Float64Array, placeOf: readonly number[], intentCount: number): Float64Array {
  const best = new Float64Array(intentCount).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < scores.length; at++) {
    const place = placeOf[at] as number;
    if ((scores[at] as number) > (best[place] as number)) best[place] = scores[at] as number;
  }
  return best;
}
