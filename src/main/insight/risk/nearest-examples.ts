import type { RiskContribution } from './risk-turn.ts';

export type ExampleLabel = 'escalate' | 'calm';

/** A labelled sentence near the turn. `similarity` is the cosine of the embeddings. */
export interface NearExample {
  exampleId: string;
  label: ExampleLabel;
  text: string;
  similarity: number;
}

/** Depends on the embedding model: measure on held-out sentences and pass what was measured. */
export interface NearnessScale {
  /** Similarity at and below which an example says nothing. */
  floor: number;
  /** Similarity from which the nearest example counts in full. */
  full: number;
  /** Neighbours that vote. */
  neighbourCount: number;
}

export const DEFAULT_NEARNESS: NearnessScale = { floor: 0.35, full: 0.65, neighbourCount: 8 };

/** Lifts a neutral turn (−3.6) to p = .5 at most: examples alone warn (≥ .30), only words or facts raise an alert (≥ .55). */
export const MAX_ESCALATE_WEIGHT = 3.6;
/** Calm neighbours soothe no more than thanks do. */
export const MAX_CALM_WEIGHT = 1;

function isUsable({ similarity }: NearExample, floor: number): boolean {
  return Number.isFinite(similarity) && similarity > floor;
}

/**
 * What the nearest labelled examples add to the log-odds, so that a paraphrase without any lexicon word still warns.
 * With w = similarity − floor over the `neighbourCount` nearest above the floor:
 * margin m = (Σ w² of escalate − Σ w² of calm) / Σ w², closeness c = min(1, w_max of the winning side / (full − floor));
 * weight = 3.6·m·c when m > 0, 1·m·c when m < 0. The squares let the nearest neighbours decide. Nothing (undefined) when
 * no example is near or the sides are even. The nearest example of the winning side is the reason.
 */
export function nearestExampleContribution(
  turn: { id: string; text: string },
  examples: readonly NearExample[],
  { floor, full, neighbourCount }: NearnessScale = DEFAULT_NEARNESS,
): RiskContribution | undefined {
  const near = examples
    .filter((example) => isUsable(example, floor))
    .toSorted((a, b) => b.similarity - a.similarity || a.exampleId.localeCompare(b.exampleId))
    .slice(0, neighbourCount);
  let signed = 0;
  let total = 0;
  for (const { label, similarity } of near) {
    const vote = (similarity - floor) ** 2;
    total += vote;
    signed += label === 'escalate' ? vote : -vote;
  }
  if (signed === 0) return undefined;
  const winner = near.find(({ label }) => label === (signed > 0 ? 'escalate' : 'calm'));
  if (!winner) return undefined;
  const closeness = Math.min(1, (winner.similarity - floor) / (full - floor));
  const weight = (signed / total) * closeness * (signed > 0 ? MAX_ESCALATE_WEIGHT : MAX_CALM_WEIGHT);
  return {
    feature: winner.label === 'escalate' ? 'like_escalated' : 'like_calm',
    weight,
    turnId: turn.id,
    quote: turn.text,
    values: { exampleId: winner.exampleId, example: winner.text, similarity: winner.similarity },
  };
}
