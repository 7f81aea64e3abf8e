import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema } from './ids.contract.ts';

export const noticeKindSchema = z.enum(['urgent', 'risk', 'due', 'failed']);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

const minuteOfDaySchema = z.int().min(0).max(1439);
/** What one rep wants to be told outside the window. `isPrivate`: no name and no word of a customer. Quiet hours may run over midnight; from inclusive, to exclusive. */
export const noticeSettingsSchema = z.object({
  isPrivate: z.boolean().default(true),
  kinds: z.record(noticeKindSchema, z.boolean()).default({ urgent: true, risk: true, due: true, failed: true }),
  quietHours: z.object({ fromMinute: minuteOfDaySchema, toMinute: minuteOfDaySchema }).nullable().default(null),
});
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>;
export const NO_NOTICE_CHANGES: NoticeSettings = { isPrivate: true, kinds: { urgent: true, risk: true, due: true, failed: true }, quietHours: null };

const MAX_ADDRESS = 500;

/** An https address without a name or password in it. */
export function isHttpsAddress(address: string): boolean {
  if (address.length > MAX_ADDRESS || !URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === '';
}

/** `publicKey`: the 32 bytes of an Ed25519 key in base64; a feed that it did not sign is not believed. */
export const updateFeedSchema = z.object({
  url: z.string().max(MAX_ADDRESS).refine(isHttpsAddress, 'An https address without a name or password is needed.'),
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
export type UpdateFeed = z.infer<typeof updateFeedSchema>;

/** `refused`: something answered, but not by the rules (docs/desktop.md); `reason` is a code the page words. */
export const updateNewsSchema = z.object({
  outcome: z.enum(['off', 'never', 'current', 'newer', 'unreachable', 'refused']),
  reason: z.enum(['network', 'status', 'too_large', 'not_a_feed', 'bad_signature']).nullable(),
  /** What the feed offers, and the page to fetch it from; both only for `newer`. */
  version: z.string().nullable(),
  pageUrl: z.string().nullable(),
  checkedAt: atSchema.nullable(),
});
export type UpdateNews = z.infer<typeof updateNewsSchema>;

export const updateContract = {
  /** What the last look brought; asks nobody. */
  get: oc.input(z.object({})).output(updateNewsSchema),
  /** Asks the feed now. `off` when none is set. */
  check: oc.input(z.object({})).output(updateNewsSchema),
  /** The window told that Chromium asked for its dictionary: noted among the contacts. */
  noteDictionary: oc.input(z.object({ hasFailed: z.boolean() })).output(z.object({})),
};
