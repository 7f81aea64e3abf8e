import type { EscalationScore } from './cold-start.ts';
import { probabilityOf, type RiskContribution } from './risk-turn.ts';

/** The score with one more summand; unchanged without one. */
export function addContribution(score: EscalationScore, extra: RiskContribution | undefined): EscalationScore {
  if (!extra) return score;
  const logit = score.logit + extra.weight;
  const contributions = [...score.contributions, extra].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return { p: probabilityOf(logit), logit, contributions };
}
