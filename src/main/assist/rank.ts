import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';

/** What ranking looks at; nothing here depends on the other candidates of the query, so a threshold means the same every time. */
export type Evidence = {
  /** Raw cosine of question and matched text, −1–1; null when that row has no vector yet. */
  cosine: number | null;
  /** Share of the question's words found, 0–1. */
  wordCoverage: number;
  isSameLanguage: boolean;
  /** How often this source was shown and sent before. */
  shownCount: number;
  sentCount: number;
  /** Age of the source in ms; null when unknown. */
  ageMs: number | null;
  /** 1 for a matched question or knowledge, less for text that only resembles an answer. */
  trust: number;
};

export type Score = { score: number; words: number; meaning: number; recency: number; acceptance: number };

/** Cosines below the first are chance, above the second as good as equal (read off deskmate-embed-1 on held-out questions, docs/adr/0010). */
const COSINE_RANGE = { from: 0.25, to: 0.7 };
/** Weight of meaning against words. */
const MEANING_WEIGHT = 0.5;
/** Another language can only be met by meaning, which then has no second witness: chance reaches higher and the offer is worth less. */
const CROSS_LANGUAGE = { from: 0.4, to: 0.75, trust: 0.8 };
const YEAR_MS = 365 * 86_400_000;
const WEIGHT = { relevance: 0.86, acceptance: 0.09, recency: 0.05 };

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** All parts and the total are 0–1. A source never shown counts as one acceptance in four. */
export function scoreEvidence(evidence: Evidence): Score {
  const range = evidence.isSameLanguage ? COSINE_RANGE : CROSS_LANGUAGE;
  const meaning = evidence.cosine === null ? 0 : clamp((evidence.cosine - range.from) / (range.to - range.from));
  const words = clamp(evidence.wordCoverage);
  const recency = evidence.ageMs === null ? 0.5 : Math.exp(-Math.max(evidence.ageMs, 0) / YEAR_MS);
  const acceptance = (evidence.sentCount + 1) / (Math.max(evidence.shownCount, evidence.sentCount) + 4);
  const matched = evidence.isSameLanguage ? MEANING_WEIGHT * meaning + (1 - MEANING_WEIGHT) * words : CROSS_LANGUAGE.trust * meaning;
  const relevance = matched * evidence.trust;
  // habit and age only order what is relevant at all
  const score = relevance * (WEIGHT.relevance + WEIGHT.acceptance * acceptance + WEIGHT.recency * recency);
  return { score: clamp(score), words, meaning, recency, acceptance };
}

export const FIT_STRONG = 0.45;
export const FIT_LIKELY = 0.32;
/** Below this nothing is offered; tuned on replayed conversations (docs/adr). */
export const DEFAULT_THRESHOLD = 0.2;

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
