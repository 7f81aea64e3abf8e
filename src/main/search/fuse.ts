import type { Language } from '../../shared/contract/ids.contract.ts';
import type { SearchCandidate } from './search.types.ts';
import type { IndexKind } from './index-writer.ts';

/** What both arms know of one row: `cosine` null when it has no vector, `bm25` 0 when it shares no word. */
export type ArmScores = { kind: IndexKind; seq: number; language: Language; cosine: number | null; bm25: number; matchedWords: string[] };

/** Question and row: of one language (letters of any other count as the language of the question), or of two. */
export const LANGUAGE_PAIRS = ['zh-zh', 'en-en', 'other', 'zh-en', 'en-zh'] as const;
export type LanguagePair = (typeof LANGUAGE_PAIRS)[number];

/**
 * Within one language: the weight of the meaning arm (0–1), the words arm gets the rest. Across two: what meaning alone is worth (0–1)
 * against a row of the question's own language, since no shared word vouches for it.
 */
export type FuseWeights = Readonly<Record<LanguagePair, number>>;

/** Best on questions of intents that the model never saw, over articles and replies in both languages (ADR 17); a shop's own replay may choose others. */
export const DEFAULT_WEIGHTS: FuseWeights = { 'zh-zh': 0.65, 'en-en': 0.6, other: 0.5, 'zh-en': 0.85, 'en-zh': 0.85 };

/**
 * Weighted sum of min-max scaled scores (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"), best first, ties by
 * kind and seq. The floor of both scales is 0 or the lowest score at hand, the ceiling the highest: rows never looked at are taken as
 * unrelated. A row in another language than the question is scored by meaning alone; a row without a vector by words alone.
 */
export function fuse(rows: readonly ArmScores[], language: Language, weights: FuseWeights = DEFAULT_WEIGHTS): SearchCandidate[] {
  const words = scaleOf(rows.map((row) => row.bm25));
  const meaning = scaleOf(rows.flatMap((row) => row.cosine ?? []));
  return rows
    .map(({ kind, seq, language: rowLanguage, cosine, bm25, matchedWords }) => {
      const arms = { words: words(bm25), meaning: cosine === null ? 0 : meaning(cosine) };
      return { kind, seq, score: weighted(arms, cosine !== null, pairOf(language, rowLanguage), weights), ...arms, cosine, bm25, matchedWords };
    })
    .toSorted((a, b) => b.score - a.score || a.kind.localeCompare(b.kind) || a.seq - b.seq);
}

function weighted({ words, meaning }: { words: number; meaning: number }, hasVector: boolean, pair: LanguagePair, weights: FuseWeights): number {
  if (!hasVector) return words;
  const weight = weights[pair];
  return isForeignPair(pair) ? weight * meaning : weight * meaning + (1 - weight) * words;
}

/** `other` (digits, emoji, rare scripts) is foreign to nothing: its words are as good as any. */
export function pairOf(question: Language, row: Language): LanguagePair {
  if (question === 'other') return 'other';
  if (row === 'other' || row === question) return question === 'zh' ? 'zh-zh' : 'en-en';
  return question === 'zh' ? 'zh-en' : 'en-zh';
}

export function isForeignPair(pair: LanguagePair): boolean {
  return pair === 'zh-en' || pair === 'en-zh';
}

function scaleOf(scores: readonly number[]): (score: number) => number {
  const low = Math.min(0, ...scores);
  const high = Math.max(...scores);
  if (!(high > low)) return () => 0;
  return (score) => Math.min(1, Math.max(0, (score - low) / (high - low)));
}
