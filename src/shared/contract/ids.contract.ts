import { z } from 'zod';

const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

export const conversationIdSchema = ulid.brand<'ConversationId'>();
export type ConversationId = z.infer<typeof conversationIdSchema>;
export const messageIdSchema = ulid.brand<'MessageId'>();
export type MessageId = z.infer<typeof messageIdSchema>;
export const customerIdSchema = ulid.brand<'CustomerId'>();
export type CustomerId = z.infer<typeof customerIdSchema>;
export const suggestionIdSchema = ulid.brand<'SuggestionId'>();
export type SuggestionId = z.infer<typeof suggestionIdSchema>;
export const riskSignalIdSchema = ulid.brand<'RiskSignalId'>();
export type RiskSignalId = z.infer<typeof riskSignalIdSchema>;
export const jobIdSchema = ulid.brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;
export const channelIdSchema = ulid.brand<'ChannelId'>();
export type ChannelId = z.infer<typeof channelIdSchema>;
/** Made by the page before sending, so that a lost answer cannot send twice. */
export const outboxIdSchema = ulid.brand<'OutboxId'>();
export type OutboxId = z.infer<typeof outboxIdSchema>;
export const repIdSchema = ulid.brand<'RepId'>();
export type RepId = z.infer<typeof repIdSchema>;

export const labelIdSchema = ulid.brand<'LabelId'>();
export type LabelId = z.infer<typeof labelIdSchema>;
export const noteIdSchema = ulid.brand<'NoteId'>();
export type NoteId = z.infer<typeof noteIdSchema>;
export const workActionIdSchema = ulid.brand<'WorkActionId'>();
export type WorkActionId = z.infer<typeof workActionIdSchema>;

/** Epoch milliseconds, UTC. */
export const atSchema = z.int().nonnegative();
export const ratioSchema = z.number().min(0).max(1);
export const languageSchema = z.enum(['zh', 'en', 'other']);
export type Language = z.infer<typeof languageSchema>;
