import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, conversationIdSchema, messageIdSchema } from './ids.contract.ts';

const LONGEST_DAY_MS = 26 * 3_600_000;

/** Something the rep did in a conversation, and when. */
const todayPlaceSchema = z.object({ conversationId: conversationIdSchema, customerName: z.string(), at: atSchema });
export type TodayPlace = z.infer<typeof todayPlaceSchema>;

/** One answered wait: from the oldest unanswered customer message to the rep's reply `messageId`. `isFirst`: nobody had answered in this conversation before. */
export const responseSchema = z.object({ conversationId: conversationIdSchema, customerName: z.string(), messageId: messageIdSchema, askedAt: atSchema, answeredAt: atSchema, isFirst: z.boolean() });
export type Response = z.infer<typeof responseSchema>;

/** `medianMs` is null without a response; `p90Ms` with fewer than ten, of which a ninetieth percentile would say nothing. */
const responseStatsSchema = z.object({ count: z.int(), medianMs: z.number().nullable(), p90Ms: z.number().nullable() });
export type ResponseStats = z.infer<typeof responseStatsSchema>;

export const todaySummarySchema = z.object({
  fromAt: atSchema,
  first: responseStatsSchema,
  all: responseStatsSchema,
  /** Only hours with a response; `startAt` is a whole number of hours after `fromAt`. */
  hours: z.array(z.object({ startAt: atSchema, first: responseStatsSchema, all: responseStatsSchema })),
  /** Oldest first; at most 2,000. */
  responses: z.array(responseSchema),
  /** Conversations the rep wrote in, by their last reply of the day; newest first, as are the next two. */
  answered: z.array(todayPlaceSchema),
  closed: z.array(todayPlaceSchema),
  /** One per suggestion sent, so that a conversation may stand here more than once. */
  suggestionsUsed: z.array(todayPlaceSchema),
});
export type TodaySummary = z.infer<typeof todaySummarySchema>;

/** How the day of the rep who asks has gone. */
export const todayContract = {
  /** The day is the reader's: from midnight where they are. @throws bad_request for more than a day. */
  summary: oc.input(z.object({ fromAt: atSchema, toAt: atSchema }).refine(({ fromAt, toAt }) => toAt > fromAt && toAt - fromAt <= LONGEST_DAY_MS, 'That is no day.')).output(todaySummarySchema),
};
