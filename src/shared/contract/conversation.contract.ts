import { oc } from '@orpc/contract';
import { z } from 'zod';
import { customerTagSchema } from './customer.contract.ts';
import { atSchema, conversationIdSchema, customerIdSchema, languageSchema, messageIdSchema, outboxIdSchema, ratioSchema, suggestionIdSchema } from './ids.contract.ts';
import { riskBandSchema } from './risk.contract.ts';

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
});
export type Message = z.infer<typeof messageSchema>;

export const conversationStateSchema = z.enum(['open', 'closed']);

/** One queue row. `urgency` orders the queue, highest first; `urgencyReasons` are codes the page words. */
export const conversationSummarySchema = z.object({
  id: conversationIdSchema,
  customerId: customerIdSchema,
  customerName: z.string(),
  channelKind: z.string(),
  state: conversationStateSchema,
  lastText: z.string(),
  lastRole: messageRoleSchema.nullable(),
  lastAt: atSchema,
  /** When the oldest unanswered customer message arrived; null when the rep has answered. */
  waitingSince: atSchema.nullable(),
  unreadCount: z.int(),
  hasDraft: z.boolean(),
  risk: z.object({ p: ratioSchema, band: riskBandSchema }).nullable(),
  tag: customerTagSchema.nullable(),
  urgency: z.number(),
  urgencyReasons: z.array(z.enum(['waiting', 'risk', 'best_customer', 'unread'])),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** `marks` are spans of the draft that came from a suggestion and were not edited since. */
export const draftSchema = z.object({
  conversationId: conversationIdSchema,
  text: z.string().max(20_000),
  caret: z.int().nonnegative(),
  marks: z.array(z.object({ start: z.int(), end: z.int(), suggestionId: suggestionIdSchema })),
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
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

export const conversationContract = {
  /** The queue: open conversations by urgency, or closed ones, newest first. */
  list: oc.input(z.object({ state: conversationStateSchema.default('open'), limit: z.int().min(1).max(2000).default(500) })).output(z.array(conversationSummarySchema)),
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
  /** Saving an empty text deletes the draft. */
  save: oc.input(draftSchema.omit({ updatedAt: true })).output(z.object({ updatedAt: atSchema })),
};

export const outboxContract = {
  list: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.array(outboxEntrySchema)),
  /** Queues one reply; the same `id` twice is the same reply. Clears the draft in the same transaction. */
  send: oc
    .input(z.object({ id: outboxIdSchema, conversationId: conversationIdSchema, text: z.string().trim().min(1).max(20_000), suggestionIds: z.array(suggestionIdSchema).max(20) }))
    .output(outboxEntrySchema),
  retry: oc.input(z.object({ id: outboxIdSchema })).output(outboxEntrySchema),
  /** Takes an unsent reply back into the draft. */
  takeBack: oc.input(z.object({ id: outboxIdSchema })).output(draftSchema),
};
