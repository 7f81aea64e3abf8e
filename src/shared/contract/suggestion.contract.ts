import { oc } from '@orpc/contract';
import { z } from 'zod';
import { attachmentSchema } from './attachment.contract.ts';
import { atSchema, conversationIdSchema, messageIdSchema, ratioSchema, suggestionIdSchema } from './ids.contract.ts';

export const suggestionKindSchema = z.enum(['reply', 'macro', 'article']);
export const suggestionStatusSchema = z.enum(['shown', 'inserted', 'sent', 'dismissed', 'ignored']);
/** How well it fits, in words: 很匹配 / 可能 / 参考. */
export const fitSchema = z.enum(['strong', 'likely', 'loose']);

export const suggestionSourceSchema = z.object({
  kind: z.enum(['passage', 'macro', 'message']),
  id: z.string(),
  title: z.string(),
  /** The sentence of the source that matched. */
  matchedText: z.string(),
  updatedAt: atSchema.nullable(),
});

export const suggestionSchema = z.object({
  id: suggestionIdSchema,
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  kind: suggestionKindSchema,
  text: z.string(),
  rank: z.int().min(1).max(3),
  score: ratioSchema,
  fit: fitSchema,
  sources: z.array(suggestionSourceSchema),
  /** Parts of the score, 0–1 each, and the words shared with the question. */
  why: z.object({ words: ratioSchema, meaning: ratioSchema, recency: ratioSchema, acceptance: ratioSchema, matchedWords: z.array(z.string()) }),
  /** Variables of the macro that had no value here; the rep must fill them before sending. */
  missingVariables: z.array(z.string()),
  warnings: z.array(z.object({ ruleId: z.string(), kind: z.string(), text: z.string() })),
  status: suggestionStatusSchema,
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** What stands above the composer for one customer message. `no_match`: nothing scored above the threshold. */
export const suggestionSetSchema = z.object({
  conversationId: conversationIdSchema,
  messageId: messageIdSchema.nullable(),
  state: z.enum(['idle', 'matching', 'ready', 'no_match', 'engine_down']),
  suggestions: z.array(suggestionSchema),
});
export type SuggestionSet = z.infer<typeof suggestionSetSchema>;

/** `text` is filled for the conversation; `how` it was found: without a query `favourite` or `habit`, else by name, by a code mistyped, or by meaning. */
export const macroMatchSchema = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  score: ratioSchema,
  how: z.enum(['favourite', 'habit', 'code', 'code_part', 'title', 'text', 'near_code', 'meaning']),
  scope: z.enum(['team', 'personal']),
  isFavourite: z.boolean(),
  useCount: z.int(),
  media: attachmentSchema.nullable(),
  missingVariables: z.array(z.string()),
});
export type MacroMatch = z.infer<typeof macroMatchSchema>;

export const guardViolationSchema = z.object({ ruleId: z.string(), kind: z.string(), severity: z.enum(['block', 'warn']), start: z.int(), end: z.int(), text: z.string(), rewrite: z.string().nullable() });
export type GuardViolation = z.infer<typeof guardViolationSchema>;

export const suggestionContract = {
  current: oc.input(z.object({ conversationId: conversationIdSchema })).output(suggestionSetSchema),
  insert: oc.input(z.object({ id: suggestionIdSchema })).output(suggestionSchema),
  dismiss: oc.input(z.object({ id: suggestionIdSchema, reason: z.string().max(200).nullable() })).output(suggestionSchema),
  /** Type-ahead over macros by code and by meaning, best first, variables filled from the conversation. */
  macros: oc.input(z.object({ conversationId: conversationIdSchema, query: z.string().max(200), limit: z.int().min(1).max(20).default(8) })).output(z.array(macroMatchSchema)),
  /** Checks a reply the rep typed; advice, never a refusal to send. */
  check: oc.input(z.object({ conversationId: conversationIdSchema, text: z.string().max(20_000) })).output(z.array(guardViolationSchema)),
};
