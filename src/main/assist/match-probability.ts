import { dotOf } from './logistic.ts';

export type MatchEvidence = {
  /** Raw cosine of question and matched text, −1–1; null when that row has no vector yet. */
  cosine: number | null;
  /** Share of the question's telling words found, 0–1. */
  wordCoverage: number;
  isSameLanguage: boolean;
  /** Distinct telling tokens of the question: of a short one less can be said. */
  tokenCount: number;
};

/** What `WEIGHTS` multiply, in their order. A row in another language is met by meaning alone. */
export function matchFeatures({ cosine, wordCoverage, isSameLanguage, tokenCount }: MatchEvidence): number[] {
  const same = Number(isSameLanguage);
  const length = Math.log1p(tokenCount);
  return cosine === null ? [1, same * wordCoverage, length] : [1, same, same * cosine, same * wordCoverage, (1 - same) * cosine, length];
}

/** Places of `matchFeatures` where more can only speak for a row. */
export const RISING_FEATURES = { withVector: [2, 3, 4], wordsOnly: [1] };

/**
 * Logistic weights of "this source answers what was asked", fitted by `models/training/calibrate.mjs` on questions of whole intents that the
 * model never saw, a fifth of them about nothing that is known (ADR 17 has the reliability). Without a vector, words alone.
 */
const WEIGHTS = { withVector: [-8.97, 1.68, 6.1, 4.54, 9.55, 0.95], wordsOnly: [-5.62, 5.82, 1.18] };

/** Log-odds that this row answers the question, before the shop's calibration. */
export function matchLogit(evidence: MatchEvidence): number {
  return dotOf(evidence.cosine === null ? WEIGHTS.wordsOnly : WEIGHTS.withVector, matchFeatures(evidence));
}
