import { oc } from '@orpc/contract';
import { z } from 'zod';
import { attachmentIdSchema, attachmentKindSchema, attachmentSchema, MAX_ATTACHMENTS, quoteSchema } from './attachment.contract.ts';
import { customerTagSchema } from './customer.contract.ts';
import { atSchema, conversationIdSchema, customerIdSchema, languageSchema, labelIdSchema, messageIdSchema, outboxIdSchema, ratioSchema, repIdSchema, suggestionIdSchema } from './ids.contract.ts';
import { riskBandSchema } from './risk.contract.ts';
import { labelSchema } from './work.contract.ts';

export const messageRoleSchema = z.enum(['customer', 'rep', 'bot', 'system']);
export type MessageRole = z.infer<typeof messageRoleSchema>;

/** Offsets count UTF-16 units of the message text. */
export const piiSpanSchema = z.object({ kind: z.string(), start: z.int(), end: z.int() });
export type PiiSpan = z.infer<typeof piiSpanSchema>;

export const messageSchema = z.object({
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  role: messageRoleSchema,
  text: z.string(),
  sentAt: atSchema,
  language: languageSchema,
  piiSpans: z.array(piiSpanSchema),
  /** Absent when it carries none. */
  attachments: z.array(attachmentSchema).optional(),
  /** The message it answers; absent when it quotes none. */
  replyTo: quoteSchema.optional(),
});
export type Message = z.infer<typeof messageSchema>;

export const conversationStateSchema = z.enum(['open', 'closed']);

/** What can move a conversation up in the queue; how much each counts stands at `urgencyOf`. */
export const urgencyReasonSchema = z.enum(['handed_over', 'risk', 'waiting', 'snooze_due', 'best_customer', 'unread']);
export type UrgencyReason = z.infer<typeof urgencyReasonSchema>;

/** One queue row. `urgency` orders the queue, highest first; `urgencyReasons` are codes the page words, `urgencyParts` what each adds: they sum to it. */
export const conversationSummarySchema = z.object({
  id: conversationIdSchema,
  customerId: customerIdSchema,
  customerName: z.string(),
  channelKind: z.string(),
  state: conversationStateSchema,
  lastText: z.string(),
  /** What the last message carries besides its text; absent when nothing. */
  lastFileKind: attachmentKindSchema.optional(),
  lastRole: messageRoleSchema.nullable(),
  lastAt: atSchema,
  /** When the oldest unanswered customer message arrived; null when the rep has answered. */
  waitingSince: atSchema.nullable(),
  unreadCount: z.int(),
  hasDraft: z.boolean(),
  risk: z.object({ p: ratioSchema, band: riskBandSchema }).nullable(),
  tag: customerTagSchema.nullable(),
  urgency: z.number(),
  urgencyReasons: z.array(urgencyReasonSchema),
  /** In the order of the reasons. */
  urgencyParts: z.array(z.number()),
  /** Who it belongs to; null while nobody has taken it. The name may be empty. */
  rep: z.object({ id: repIdSchema, name: z.string() }).nullable(),
  labels: z.array(labelSchema),
  /** Out of the queue until then. */
  snoozedUntil: atSchema.nullable(),
  /** It was snoozed until this time, came back, and nobody has dealt with it since. */
  wokenAt: atSchema.nullable(),
  /** Given to a lead, who has not answered yet. */
  handedOverAt: atSchema.nullable(),
  /** Why it was closed: a code of the shop's list. */
  disposition: z.string().nullable(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** `marks` are spans of the draft that came from a suggestion and were not edited since; `source` names where it came from. Its files are kept apart (`attachment.ofDraft`). */
export const draftSchema = z.object({
  conversationId: conversationIdSchema,
  text: z.string().max(20_000),
  caret: z.int().nonnegative(),
  marks: z.array(z.object({ start: z.int(), end: z.int(), suggestionId: suggestionIdSchema, source: z.string().max(300).optional() })),
  /** The message it answers; absent when it quotes none. */
  replyTo: quoteSchema.optional(),
  updatedAt: atSchema,
});
export type Draft = z.infer<typeof draftSchema>;

export const outboxStateSchema = z.enum(['queued', 'sending', 'sent', 'failed', 'unknown']);
export type OutboxState = z.infer<typeof outboxStateSchema>;
export const outboxEntrySchema = z.object({
  id: outboxIdSchema,
  conversationId: conversationIdSchema,
  text: z.string(),
  state: outboxStateSchema,
  attemptCount: z.int(),
  error: z.string().nullable(),
  messageId: messageIdSchema.nullable(),
  createdAt: atSchema,
  attachments: z.array(attachmentSchema).optional(),
  replyTo: quoteSchema.optional(),
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

export const conversationContract = {
  /** The queue: open conversations by urgency, snoozed ones by when they come back, or closed ones, newest first. */
  list: oc
    .input(
      z.object({
        state: conversationStateSchema.default('open'),
        limit: z.int().min(1).max(2000).default(500),
        isSnoozed: z.boolean().default(false),
        /** `me`: those of the rep who asks. */
        owner: z.enum(['anyone', 'me', 'nobody']).default('anyone'),
        labelId: labelIdSchema.optional(),
        /** At least this band. */
        band: z.enum(['warn', 'alert']).optional(),
        channelKind: z.string().max(40).optional(),
      }),
    )
    .output(z.array(conversationSummarySchema)),
  get: oc.input(z.object({ conversationId: conversationIdSchema })).output(conversationSummarySchema),
  /** One page of messages, oldest first; `before` pages back. */
  messages: oc
    .input(z.object({ conversationId: conversationIdSchema, before: messageIdSchema.optional(), limit: z.int().min(1).max(500).default(200) }))
    .output(z.object({ messages: z.array(messageSchema), hasMore: z.boolean() })),
  markRead: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.object({})),
  close: oc.input(z.object({ conversationId: conversationIdSchema, disposition: z.string().max(200).nullable() })).output(z.object({})),
  reopen: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.object({})),
};

export const draftContract = {
  get: oc.input(z.object({ conversationId: conversationIdSchema })).output(draftSchema.nullable()),
  /** Saving an empty text that quotes nothing deletes the draft. */
  save: oc.input(draftSchema.omit({ updatedAt: true })).output(z.object({ updatedAt: atSchema })),
};

export const outboxContract = {
  list: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.array(outboxEntrySchema)),
  /** Queues one reply; the same `id` twice is the same reply. Clears the draft in the same transaction. */
  send: oc
    .input(
      z
        .object({
          id: outboxIdSchema, conversationId: conversationIdSchema, text: z.string().trim().max(20_000), suggestionIds: z.array(suggestionIdSchema).max(20),
          /** Files of the draft that go with it; a text may then be empty. */
          attachmentIds: z.array(attachmentIdSchema).max(MAX_ATTACHMENTS).optional(),
          replyToId: messageIdSchema.optional(),
          /** Macros typed into it, whose use is counted now; those of suggestions count by `suggestionIds`. */
          macroIds: z.array(z.string()).max(20).optional(),
        })
        .refine(({ text, attachmentIds = [] }) => text !== '' || attachmentIds.length > 0, 'A reply needs a text or a file.'),
    )
    .output(outboxEntrySchema),
  retry: oc.input(z.object({ id: outboxIdSchema })).output(outboxEntrySchema),
  /** Takes an unsent reply back into the draft. */
  takeBack: oc.input(z.object({ id: outboxIdSchema })).output(draftSchema),
};
