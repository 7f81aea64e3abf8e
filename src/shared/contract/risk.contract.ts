import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, conversationIdSchema, messageIdSchema, ratioSchema, riskSignalIdSchema } from './ids.contract.ts';

export const riskKindSchema = z.enum(['escalation', 'bad_review', 'churn', 'refund_abuse']);
export const riskBandSchema = z.enum(['none', 'warn', 'alert']);
export type RiskBand = z.infer<typeof riskBandSchema>;

/** `feature` is a language-neutral code the page words; `weight` adds to the log-odds; `quote` is from the turn itself. */
export const riskReasonSchema = z.object({
  feature: z.string(),
  weight: z.number(),
  messageId: messageIdSchema.nullable(),
  quote: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RiskReason = z.infer<typeof riskReasonSchema>;

export const riskSignalSchema = z.object({
  id: riskSignalIdSchema,
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  kind: riskKindSchema,
  p: ratioSchema,
  band: riskBandSchema,
  /** At most three, strongest first. */
  reasons: z.array(riskReasonSchema),
  modelVersion: z.string(),
  /** True when the warning line is to be shown now (hysteresis and cooldown already applied). */
  isShown: z.boolean(),
  label: z.enum(['false_alarm', 'right']).nullable(),
  createdAt: atSchema,
});
export type RiskSignal = z.infer<typeof riskSignalSchema>;

export const riskContract = {
  /** One signal per scored customer message, oldest first. */
  list: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.array(riskSignalSchema)),
  label: oc.input(z.object({ id: riskSignalIdSchema, label: z.enum(['false_alarm', 'right']).nullable() })).output(riskSignalSchema),
};
