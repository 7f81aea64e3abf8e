import type { ConversationSummary } from '../../shared/contract/conversation.contract.ts';
import type { LoyaltySegment } from '../../shared/contract/customer.contract.ts';

type UrgencyReason = ConversationSummary['urgencyReasons'][number];
export type UrgencyInput = Pick<ConversationSummary, 'waitingSince' | 'unreadCount' | 'risk' | 'tag'>;

/** After this long another hour of waiting changes nothing. */
const LONGEST_WAIT_MINUTES = 480;
const WAITING_WEIGHT = 3;
const RISK_WEIGHT = 2;
/** More than all other parts together, so that an alert is always first. */
const ALERT_BONUS = 10;
const BEST_CUSTOMER_WEIGHT = 1;
const UNREAD_WEIGHT = 0.5;
const MANY_UNREAD = 5;
const BEST_SEGMENTS: ReadonlySet<LoyaltySegment> = new Set(['champions', 'loyal', 'cannot_lose']);

/**
 * How soon a conversation wants its rep; the queue is sorted by it, highest first. The sum of
 * - waiting: 3 · min(1, ln(1 + m) / ln(1 + 480)), m = minutes since the oldest unanswered customer message (1 min 0.34, 10 min 1.16, 60 min 2.0, 8 h 3);
 * - risk: nothing for band `none`, 2 · p for `warn`, 10 + 2 · p for `alert`, which is above everything else together;
 * - best customer: 1 for champions, loyal and cannot_lose, unless the rep disputed the tag;
 * - unread: 0.5 · min(1, unread / 5).
 * `reasons` names the parts that count, the largest first; a wait under one minute is not named.
 */
export function urgencyOf(input: UrgencyInput, nowMs: number): { urgency: number; reasons: UrgencyReason[] } {
  const parts: { reason: UrgencyReason; part: number; isNamed: boolean }[] = [];
  const waitedMinutes = input.waitingSince === null ? 0 : Math.max(0, nowMs - input.waitingSince) / 60_000;
  const waitRatio = Math.min(1, Math.log1p(waitedMinutes) / Math.log1p(LONGEST_WAIT_MINUTES));
  parts.push({ reason: 'waiting', part: WAITING_WEIGHT * waitRatio, isNamed: waitedMinutes >= 1 });
  parts.push({ reason: 'risk', part: riskPart(input.risk), isNamed: input.risk !== null && input.risk.band !== 'none' });
  const isBest = input.tag !== null && !input.tag.isDisputed && BEST_SEGMENTS.has(input.tag.segment);
  parts.push({ reason: 'best_customer', part: isBest ? BEST_CUSTOMER_WEIGHT : 0, isNamed: isBest });
  parts.push({ reason: 'unread', part: UNREAD_WEIGHT * Math.min(1, input.unreadCount / MANY_UNREAD), isNamed: input.unreadCount > 0 });
  return {
    urgency: parts.reduce((sum, { part }) => sum + part, 0),
    reasons: parts.filter(({ isNamed }) => isNamed).sort((a, b) => b.part - a.part).map(({ reason }) => reason),
  };
}

function riskPart(risk: ConversationSummary['risk']): number {
  if (risk === null || risk.band === 'none') return 0;
  return RISK_WEIGHT * risk.p + (risk.band === 'alert' ? ALERT_BONUS : 0);
}
