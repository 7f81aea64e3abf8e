import type { Language } from '../../shared/contract/ids.contract.ts';
import type { SearchCandidate } from './search.types.ts';
import type { IndexKind } from './index-writer.ts';

/** What both arms know of one row: `cosine` null when it has no vector, `bm25` 0 when it shares no word. */
export type ArmScores = { kind: IndexKind; seq: number; language: Language; cosine: number | null; bm25: number; matchedWords: string[] };

/** Weight of the meaning arm (0–1) by the language of the question; the words arm gets the rest. */
export type FuseWeights = Record<Language, number>;

/** Words still carry more than meaning in Chinese (embedding.md's measure on service questions; to be tuned per shop). */
export const DEFAULT_WEIGHTS: FuseWeights = { zh: 0.3, en: 0.5, other: 0.5 };

/**
 * Weighted sum of min-max scaled scores (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"), best first, ties by
 * kind and seq. The floor of both scales is 0 or the lowest score at hand, the ceiling the highest: rows never looked at are taken as
 * unrelated. A row in another language than the question is scored by meaning alone, and lower, as no shared word vouches for it; a row
 * without a vector by words alone.
 */
export function fuse(rows: readonly ArmScores[], language: Language, weights: FuseWeights = DEFAULT_WEIGHTS): SearchCandidate[] {
  const words = scaleOf(rows.map((row) => row.bm25));
  const meaning = scaleOf(rows.flatMap((row) => row.cosine ?? []));
  return rows
    .map(({ kind, seq, language: rowLanguage, cosine, bm25, matchedWords }) => {
      const arms = { words: words(bm25), meaning: cosine === null ? 0 : meaning(cosine) };
      return { kind, seq, score: weighted(arms, cosine !== null, isForeign(rowLanguage, language), weights[language]), ...arms, cosine, bm25, matchedWords };
    })
    .toSorted((a, b) => b.score - a.score || a.kind.localeCompare(b.kind) || a.seq - b.seq);
}

/** What a row in another language is worth against an equally near one in the language of the question. */
const FOREIGN_TRUST = 0.7;

function weighted({ words, meaning }: { words: number; meaning: number }, hasVector: boolean, isForeignRow: boolean, weight: number): number {
  if (!hasVector) return words;
  return isForeignRow ? FOREIGN_TRUST * meaning : weight * meaning + (1 - weight) * words;
}

/** `other` (digits, emoji, rare scripts) is foreign to nothing: its words are as good as any. */
function isForeign(row: Language, question: Language): boolean {
  return row !== question && row !== 'other' && question !== 'other';
}

function scaleOf(scores: readonly number[]): (score: number) => number {
  const low = Math.min(0, ...scores);
  const high = Math.max(...scores);
  if (!(high > low)) return () => 0;
  return (score) => Math.min(1, Math.max(0, (score - low) / (high - low)));
}
