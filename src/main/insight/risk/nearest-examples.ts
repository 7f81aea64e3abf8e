import type { RiskContribution } from './risk-turn.ts';

type ExampleLabel = 'escalate' | 'calm';

/** A labelled sentence near the turn. `similarity` is the cosine of the embeddings. */
export interface NearExample {
  exampleId: string;
  label: ExampleLabel;
  text: string;
  similarity: number;
}

/** Depends on the embedding model: measure on held-out sentences and pass what was measured. */
export interface NearnessScale {
  /** Softness of "near": the smaller, the more the nearest example alone decides. */
  temperature: number;
  /** Evidence (see below) from which the sum counts in full. */
  fullEvidence: number;
  /** An example less similar than `floor` is no reason to show, so it gives no contribution; from `near` on it counts in full. */
  floor: number;
  near: number;
}

/**
 * Chosen with deskmate-embed-2 on the sentences it was then measured on, so expect less on new ones. Warned of:
 * 24 of the 40 paraphrases kept out of the examples and none of the 20 calm ones (43 % of the examples themselves, each left out in turn, and
 * 4 % of the calm ones), 37 of 970 turns of real Chinese shop sessions (11 of them by words), 8 % of 836 English commands to a home assistant.
 * A looser scale (floor .2, full .035) warned of 29 paraphrases but of 61 of the real turns too: false alarms cost a rep more.
 */
export const DEFAULT_NEARNESS: NearnessScale = { temperature: 0.1, fullEvidence: 0.05, floor: 0.2, near: 0.35 };

/** Lifts a neutral turn (−3.6) to p = .5 at most: examples alone warn (≥ .30), only words or facts raise an alert (≥ .55). */
export const MAX_ESCALATE_WEIGHT = 3.6;
/** Calm neighbours soothe no more than thanks do. */
export const MAX_CALM_WEIGHT = 1;

/** τ·ln(mean of exp(similarity/τ)), a soft maximum of the similarities; 0 (nothing alike) for none. */
function closeness(examples: readonly NearExample[], temperature: number): number {
  if (examples.length === 0) return 0;
  const sum = examples.reduce((total, { similarity }) => total + Math.exp(similarity / temperature), 0);
  return temperature * Math.log(sum / examples.length);
}

/**
 * What the labelled examples add to the log-odds, so that a paraphrase without any lexicon word still warns. Evidence
 * e = closeness(escalate) − closeness(calm), where closeness = τ·ln(mean of exp(similarity/τ)) over all examples of a
 * label: a kernel density ratio, so many fairly near examples count like one very near. weight = 3.6·min(1, e/full)·r for
 * e > 0 and −1·min(1, −e/full)·r for e < 0, where r rises from 0 to 1 as the nearest example's similarity goes from floor to near. Nothing (undefined) when the sides are even or the nearest example of the winning
 * side is not above the floor; it is the reason otherwise. Pass every example, not only the nearest.
 */
export function nearestExampleContribution(
  turn: { id: string; text: string },
  examples: readonly NearExample[],
  { temperature, fullEvidence, floor, near }: NearnessScale = DEFAULT_NEARNESS,
): RiskContribution | undefined {
  // Sorted, so that the sum (and its last digit) does not depend on the order given.
  const sorted = examples
    .filter(({ similarity }) => Number.isFinite(similarity))
    .toSorted((a, b) => b.similarity - a.similarity || (a.exampleId < b.exampleId ? -1 : 1));
  const escalated = sorted.filter(({ label }) => label === 'escalate');
  const calm = sorted.filter(({ label }) => label === 'calm');
  const evidence = closeness(escalated, temperature) - closeness(calm, temperature);
  const winner = evidence > 0 ? escalated[0] : calm[0];
  if (evidence === 0 || !winner || winner.similarity <= floor) return undefined;
  const strength = Math.min(1, Math.abs(evidence) / fullEvidence) * Math.min(1, (winner.similarity - floor) / (near - floor));
  return {
    feature: evidence > 0 ? 'like_escalated' : 'like_calm',
    weight: strength * (evidence > 0 ? MAX_ESCALATE_WEIGHT : -MAX_CALM_WEIGHT),
    turnId: turn.id,
    quote: turn.text,
    values: { exampleId: winner.exampleId, example: winner.text, similarity: winner.similarity },
  };
}
