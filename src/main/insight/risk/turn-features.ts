import { mapForMatch } from '../../text/mapped-text.ts';
import { cjkTokens } from '../../text/tokens.ts';
import { findPhrases, type PhraseGroup, type PhraseHit } from './lexicon.ts';
import { polarityOf } from './polarity.ts';
import type { RiskTurn } from './risk-turn.ts';

/** What one message says by itself; of a reply only what the rules ask of replies (apologies, sameness). */
export interface TurnFeatures {
  turn: RiskTurn;
  /** Matching copy, trimmed. */
  text: string;
  hits: PhraseHit[];
  polarity: number;
  tokenCounts: ReadonlyMap<string, number>;
}

function countTokens(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of cjkTokens(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Longer messages are read from both ends: a wall of text must not slow the desk down. */
const MAX_UNITS = 2000;

function readable(text: string): string {
  return text.length <= MAX_UNITS ? text : `${text.slice(0, MAX_UNITS / 2)} ${text.slice(-MAX_UNITS / 2)}`;
}

// Turns are immutable values, so what was read from one holds as long as it lives.
const known = new WeakMap<RiskTurn, TurnFeatures>();

/** Reads one message; remembered per turn object. */
export function readTurn(turn: RiskTurn): TurnFeatures {
  const before = known.get(turn);
  if (before) return before;
  const source = readable(turn.text);
  const mapped = mapForMatch(source);
  const text = mapped.text.trim();
  const isCustomer = turn.role === 'customer';
  const features: TurnFeatures = {
    turn,
    text,
    hits: findPhrases(source, mapped, isCustomer ? undefined : 'apology'),
    polarity: isCustomer ? polarityOf(text) : 0,
    tokenCounts: countTokens(text),
  };
  known.set(turn, features);
  return features;
}

/** The first hit of any of the groups. */
export function hitOf(features: TurnFeatures, groups: readonly PhraseGroup[]): PhraseHit | undefined {
  return features.hits.find(({ group }) => groups.includes(group));
}

/** Cosine of two token count vectors, 0–1. */
export function tokenCosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [token, count] of a) {
    dot += count * (b.get(token) ?? 0);
    squaresA += count * count;
  }
  for (const count of b.values()) squaresB += count * count;
  return dot === 0 ? 0 : dot / Math.sqrt(squaresA * squaresB);
}
