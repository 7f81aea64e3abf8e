import type { ConversationSummary, UrgencyReason } from '../../shared/contract/conversation.contract.ts';
import type { LoyaltySegment } from '../../shared/contract/customer.contract.ts';

/** `isHandedToMe`: given to the rep who looks at the queue, as a lead, and not answered yet. */
export type UrgencyInput = Pick<ConversationSummary, 'waitingSince' | 'unreadCount' | 'risk' | 'tag' | 'wokenAt'> & { isHandedToMe: boolean };
export type Urgency = { urgency: number; reasons: UrgencyReason[]; parts: number[] };

/** After this long another hour of waiting changes nothing. */
const LONGEST_WAIT_MINUTES = 480;
const WAITING_WEIGHT = 3;
const RISK_WEIGHT = 2;
/** More than all parts below it together, so that an alert stands before everything but a handover. */
const ALERT_BONUS = 10;
/** More than all other parts together. */
const HANDOVER_BONUS = 20;
const SNOOZE_DUE_WEIGHT = 1.5;
const BEST_CUSTOMER_WEIGHT = 1;
const UNREAD_WEIGHT = 0.5;
const MANY_UNREAD = 5;
const BEST_SEGMENTS: ReadonlySet<LoyaltySegment> = new Set(['champions', 'loyal', 'cannot_lose']);

/**
 * How soon a conversation wants its rep; the queue is sorted by it, highest first, then by the newest message. The sum of
 * - handed over: 20, only in the queue of the lead it was given to, until answered;
 * - risk: nothing for band `none`, 2 · p for `warn`, 10 + 2 · p for `alert`, which is above everything below together;
 * - waiting: 3 · min(1, ln(1 + m) / ln(1 + 480)), m = minutes since the oldest unanswered customer message (1 min 0.34, 10 min 1.16, 60 min 2.0, 8 h 3);
 * - snooze due: 1.5 from the time it came back until somebody deals with it;
 * - best customer: 1 for champions, loyal and cannot_lose, unless the rep disputed the tag;
 * - unread: 0.5 · min(1, unread / 5).
 * `reasons` names every part that adds something, the largest first; `parts` are their sizes and sum to `urgency`.
 */
export function urgencyOf(input: UrgencyInput, nowMs: number): Urgency {
  const waitedMinutes = input.waitingSince === null ? 0 : Math.max(0, nowMs - input.waitingSince) / 60_000;
  const waitRatio = Math.min(1, Math.log1p(waitedMinutes) / Math.log1p(LONGEST_WAIT_MINUTES));
  const isBest = input.tag !== null && !input.tag.isDisputed && BEST_SEGMENTS.has(input.tag.segment);
  const all: { reason: UrgencyReason; part: number }[] = [
    { reason: 'handed_over', part: input.isHandedToMe ? HANDOVER_BONUS : 0 },
    { reason: 'risk', part: riskPart(input.risk) },
    { reason: 'waiting', part: WAITING_WEIGHT * waitRatio },
    { reason: 'snooze_due', part: input.wokenAt === null ? 0 : SNOOZE_DUE_WEIGHT },
    { reason: 'best_customer', part: isBest ? BEST_CUSTOMER_WEIGHT : 0 },
    { reason: 'unread', part: UNREAD_WEIGHT * Math.min(1, input.unreadCount / MANY_UNREAD) },
  ];
  const counted = all.filter(({ part }) => part > 0).sort((a, b) => b.part - a.part);
  return { urgency: counted.reduce((sum, { part }) => sum + part, 0), reasons: counted.map(({ reason }) => reason), parts: counted.map(({ part }) => part) };
}

function riskPart(risk: ConversationSummary['risk']): number {
  if (risk === null || risk.band === 'none') return 0;
  return RISK_WEIGHT * risk.p + (risk.band === 'alert' ? ALERT_BONUS : 0);
}
