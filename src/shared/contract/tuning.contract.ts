import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, ratioSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';

/** Question and row of one language, or of two: `zh-en` is asked in Chinese, found in English. */
export const languagePairSchema = z.enum(['zh-zh', 'en-en', 'other', 'zh-en', 'en-zh']);
/** Within one language the share of meaning, words having the rest; across two what meaning alone is worth. 0–1. */
const weightsSchema = z.record(languagePairSchema, ratioSchema);
export type TuningWeights = z.infer<typeof weightsSchema>;

/** What a suggestion that the shipped probability says is right so often (0–1) is said to be by the shop's own. */
const oddsSchema = z.object({ shipped: ratioSchema, own: ratioSchema });
export type TuningOdds = z.infer<typeof oddsSchema>;

/** `odds` null: the probability as shipped. */
const tunedSchema = z.object({ weights: weightsSchema, odds: z.array(oddsSchema).nullable() });

/** `hasLearned`: a copy of that model that learned the shop's words. */
const tunedModelSchema = z.object({ id: z.string(), hasLearned: z.boolean() });
export type TunedModel = z.infer<typeof tunedModelSchema>;

export const shownAsSchema = z.enum(['strong', 'likely', 'loose', 'hidden']);
/** Suggestions that would have been shown as this: the mean probability they were given, and the share that was right; null without any. */
const shownAsRowSchema = z.object({ as: shownAsSchema, count: z.int(), said: ratioSchema.nullable(), right: ratioSchema.nullable() });
export type ShownAsRow = z.infer<typeof shownAsRowSchema>;
/** `brier`: mean squared error. `calibrationError`: mean distance of what was said from what came true. Both 0–1. */
const reliabilitySchema = z.object({ brier: ratioSchema.nullable(), calibrationError: ratioSchema.nullable(), shownAs: z.array(shownAsRowSchema) });
export type TuningReliability = z.infer<typeof reliabilitySchema>;

const supplySchema = z.object({ has: z.int(), needed: z.int() });
/** Mean reciprocal ranks of the reply really sent, 0–1; `lead`: 95 % interval of the difference. */
const rankFigureSchema = z.object({ before: ratioSchema.nullable(), after: ratioSchema.nullable(), lead: z.tuple([z.number(), z.number()]).readonly().nullable() });

/** `no_history`: no question comes after an answer. `too_few`: too little to choose anything from. */
export const tuningVerdictSchema = z.enum(['better', 'not_better', 'too_few', 'no_history']);
/** What came of a measurement. `change` holds what would be used; null when nothing did better than what is in use. */
export const tuningOutcomeSchema = z.object({
  at: atSchema,
  /** The search model it was measured with, and holds for; null when there was nothing to measure. */
  model: tunedModelSchema.nullable(),
  verdict: tuningVerdictSchema,
  /** Null: there was nothing to take, or nobody has decided yet. */
  decision: z.enum(['taken', 'discarded']).nullable(),
  /** Another model took over since: it cannot be taken any more. */
  isOutdated: z.boolean(),
  /** Older questions that chose, newer ones that decided, and those of them whose reply was known. */
  choosing: z.int(),
  checking: z.int(),
  answerable: z.int(),
  supply: z.object({ questions: supplySchema, shown: supplySchema, right: supplySchema }).nullable(),
  /** What was in use when it was measured, and what would be. */
  before: tunedSchema,
  change: z.object({ weights: weightsSchema.nullable(), odds: z.array(oddsSchema).nullable() }).nullable(),
  figures: z.object({ mrr: rankFigureSchema, reliability: z.object({ before: reliabilitySchema, after: reliabilitySchema }) }).nullable(),
});
export type TuningOutcome = z.infer<typeof tuningOutcomeSchema>;

export const tuningStatusSchema = z.object({
  shipped: tunedSchema,
  /** What searches now. */
  inUse: tunedSchema,
  /** What this shop keeps; `holds` is false while another model searches than the one it was measured with. Null: as shipped. */
  own: z.object({ madeAt: atSchema, model: tunedModelSchema, holds: z.boolean() }).nullable(),
  /** The model whose vectors are searched; null before the first. */
  model: tunedModelSchema.nullable(),
  isRunning: z.boolean(),
  last: tuningOutcomeSchema.nullable(),
});
export type TuningStatus = z.infer<typeof tuningStatusSchema>;

export const tuningContract = {
  status: oc.input(z.object({})).output(tuningStatusSchema),
  /** A job of the kind `tune`; `job.cancel` ends it. The outcome waits in `last`. */
  start: oc.input(z.object({})).output(jobSchema),
  /** Takes the outcome into use, from the next question on. */
  accept: oc.input(z.object({})).output(tuningStatusSchema),
  /** Leaves what is in use as it is. */
  discard: oc.input(z.object({})).output(tuningStatusSchema),
  /** Back to what came with Deskmate. */
  undo: oc.input(z.object({})).output(tuningStatusSchema),
};
