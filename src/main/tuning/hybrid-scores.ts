import { fuse, type ArmScores, type FuseWeights } from '../search/fuse.ts';
import { detectLanguage, type Language } from '../text/language.ts';

/** Each arm gives its best so many, as the search engine does; the rest of the corpus ties behind them. */
const ARM_LIMIT = 50;

export type Arms = { meaning: Float64Array; words: Float64Array; languages: readonly Language[] };

/** What the search engine would fuse: the best rows of each arm, with both scores. */
export function armRows({ meaning, words, languages }: Arms): ArmScores[] {
  const candidates = new Set([...topOf(meaning), ...topOf(words).filter((at) => (words[at] ?? 0) > 0)]);
  return [...candidates].map((at) => ({ kind: 'passage' as const, seq: at, language: languages[at] ?? 'other', cosine: meaning[at] ?? null, bm25: words[at] ?? 0, matchedWords: [] }));
}

/** Words and meaning fused as the product fuses them. */
export function hybridScores(query: string, arms: Arms, weights?: FuseWeights): Float64Array {
  // Below every candidate: what neither arm brings up is not found.
  const scores = new Float64Array(arms.meaning.length).fill(-1);
  for (const { seq, score } of fuse(armRows(arms), detectLanguage(query), weights)) scores[seq] = score;
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
