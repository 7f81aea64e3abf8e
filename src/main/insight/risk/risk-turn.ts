import type { MessageRole } from '../../../shared/contract/conversation.contract.ts';

/** One message of the conversation, oldest first in lists. `at` is epoch ms UTC. */
export interface RiskTurn {
  id: string;
  role: MessageRole;
  text: string;
  at: number;
}

/** One summand of the log-odds, with what it rests on. `feature` is a language-neutral code. */
export interface RiskContribution {
  feature: string;
  weight: number;
  turnId: string | null;
  /** Words of that turn as written; null when the feature is not about words. */
  quote: string | null;
  values: Record<string, number | string>;
}

/** Logistic function. */
export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
