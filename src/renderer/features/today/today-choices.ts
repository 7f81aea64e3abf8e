import type { Response, TodaySummary } from '../../../shared/contract/today.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { TodayChoice } from './today.store.ts';

/** A line of the list; `waitMs` only behind a response time. */
export type TodayLine = { key: string; conversationId: ConversationId; customerName: string; at: number; waitMs: number | null };

const HOUR_MS = 3_600_000;

/** The conversations behind a number: response times from the longest wait down, everything else newest first. */
export function linesOf(summary: TodaySummary, choice: TodayChoice): TodayLine[] {
  switch (choice.kind) {
    case 'answered':
    case 'closed':
      return summary[choice.kind].map((place) => ({ ...place, key: place.conversationId, waitMs: null }));
    case 'used':
      return summary.suggestionsUsed.map((place, index) => ({ ...place, key: `${place.conversationId}-${index}`, waitMs: null }));
    case 'first':
      return waited(summary.responses.filter(({ isFirst }) => isFirst));
    case 'all':
      return waited(summary.responses);
    case 'hour':
      return waited(summary.responses.filter(({ answeredAt }) => answeredAt >= choice.startAt && answeredAt < choice.startAt + HOUR_MS));
  }
}

function waited(responses: readonly Response[]): TodayLine[] {
  return responses
    .map(({ messageId, conversationId, customerName, askedAt, answeredAt }) => ({ key: messageId, conversationId, customerName, at: answeredAt, waitMs: answeredAt - askedAt }))
    .toSorted((a, b) => b.waitMs - a.waitMs || b.at - a.at);
}

/** A step for the axis of waits that a reader can count by: seconds, minutes or hours, at most five of them up to `longestMs`. */
export function waitTicks(longestMs: number): number[] {
  const steps = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400].map((seconds) => seconds * 1000);
  const step = steps.find((one) => longestMs <= one * 4) ?? Math.ceil(longestMs / 4);
  return Array.from({ length: Math.max(1, Math.ceil(longestMs / step)) + 1 }, (_, index) => index * step);
}
