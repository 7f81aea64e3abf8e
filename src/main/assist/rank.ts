import { REFERENCE_LIKENESS } from '../engine/likeness.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';
import { SHIPPED_CALIBRATION, type ShopCalibration } from '../search/search-tuning.ts';
import { sigmoid } from './logistic.ts';
import { matchLogit, type MatchEvidence } from './match-probability.ts';

/** What ranking looks at; nothing here depends on the other candidates of the query, so a threshold means the same every time. */
export type Evidence = MatchEvidence & {
  /** How often this source was shown and sent before. */
  shownCount: number;
  sentCount: number;
  /** Age of the source in ms; null when unknown. */
  ageMs: number | null;
  /** 1 for a matched question or knowledge, less for text that only resembles an answer. */
  trust: number;
};

/** `score` is the probability that this answers the question; the other parts explain it. All are 0–1. */
export type Score = { score: number; words: number; meaning: number; recency: number; acceptance: number };

const YEAR_MS = 365 * 86_400_000;
/** Of a source never shown: one acceptance in four. */
const PRIOR_ACCEPTANCE = 0.25;
/** Log-odds for every e-fold of acceptance above or below that, and for a new source against one of unknown age: they order what is relevant, and make nothing relevant. */
const ACCEPTANCE_WEIGHT = 0.3;
const RECENCY_WEIGHT = 0.2;
const UNKNOWN_RECENCY = 0.5;

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** What was never shown and has no date scores its bare probability times its trust. */
export function scoreEvidence(evidence: Evidence, { slope, offset }: ShopCalibration = SHIPPED_CALIBRATION): Score {
  const range = REFERENCE_LIKENESS[evidence.isSameLanguage ? 'same' : 'across'];
  const meaning = evidence.cosine === null ? 0 : clamp((evidence.cosine - range.from) / (range.to - range.from));
  const words = clamp(evidence.wordCoverage);
  const recency = evidence.ageMs === null ? UNKNOWN_RECENCY : Math.exp(-Math.max(evidence.ageMs, 0) / YEAR_MS);
  const acceptance = (evidence.sentCount + 1) / (Math.max(evidence.shownCount, evidence.sentCount) + 1 / PRIOR_ACCEPTANCE);
  const habit = ACCEPTANCE_WEIGHT * Math.log(acceptance / PRIOR_ACCEPTANCE) + RECENCY_WEIGHT * (recency - UNKNOWN_RECENCY);
  const score = evidence.trust * sigmoid(slope * matchLogit(evidence) + offset + habit);
  return { score: clamp(score), words, meaning, recency, acceptance };
}

/** Right about every second time, and about every fourth. */
export const FIT_STRONG = 0.45;
export const FIT_LIKELY = 0.25;
/** Below this nothing is offered: of questions about nothing known one in eleven still gets an offer (ADR 17). */
export const DEFAULT_THRESHOLD = 0.15;

export function fitOf(score: number): 'strong' | 'likely' | 'loose' {
  if (score >= FIT_STRONG) return 'strong';
  return score >= FIT_LIKELY ? 'likely' : 'loose';
}

const SAME_TEXT_RATIO = 0.75;

/** Answers for one text after the other whether it says something new: false when it is nearly one of those let through before (Jaccard of their tokens ≥ .75). */
export function createNoveltyCheck(): (text: string) => boolean {
  const known: Set<string>[] = [];
  return (text) => {
    const tokens = new Set(cjkTokens(normaliseForMatch(text)));
    if (known.some((other) => jaccard(tokens, other) >= SAME_TEXT_RATIO)) return false;
    known.push(tokens);
    return true;
  };
}

/** Keeps the best of texts that say nearly the same; input best first. */
export function withoutNearDuplicates<T extends { text: string }>(ranked: readonly T[], limit: number): T[] {
  const says = createNoveltyCheck();
  return ranked.filter(({ text }) => says(text)).slice(0, limit);
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let sharedCount = 0;
  for (const token of a) if (b.has(token)) sharedCount++;
  return sharedCount / (a.size + b.size - sharedCount);
}
