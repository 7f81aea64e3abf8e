import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, customerIdSchema, ratioSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';

/** So many pairs that are new since the last training are worth another. */
export const MIN_NEW_PAIRS = 100;

/** Mean reciprocal ranks of right answers on held-back questions, 0–1. */
const figureSchema = z.object({ before: ratioSchema, after: ratioSchema, queryCount: z.int() });
/** `own`: the shop's questions; `en` and `zh-en`: English, and finding English by Chinese, on questions that ship with Deskmate. */
const adaptFiguresSchema = z.object({ own: figureSchema, en: figureSchema, 'zh-en': figureSchema });

/** `forgotten`: a conversation it learned from was deleted before it ended. */
export const adaptVerdictSchema = z.enum(['better', 'not_better', 'lost_general', 'too_few_held', 'too_few_pairs', 'forgotten']);
/** What came of a training. `cpuMs`: what it took of one core. `share`: of the way from the base to what was trained. */
export const adaptRunSchema = z.object({
  at: atSchema, verdict: adaptVerdictSchema, pairCount: z.int(), missingCount: z.int(), share: ratioSchema, cpuMs: z.number(), figures: adaptFiguresSchema.nullable(),
});
export type AdaptRun = z.infer<typeof adaptRunSchema>;

/** A model that learned from the shop. `candidate`: waits for a person; `accepted`: in use. */
const adaptedModelSchema = z.object({
  key: z.string(), baseKey: z.string(), state: z.enum(['candidate', 'accepted']), madeAt: atSchema, pairCount: z.int(), figures: adaptFiguresSchema, conversationCount: z.int(),
});

export const adaptStatusSchema = z.object({
  accepted: adaptedModelSchema.nullable(),
  candidate: adaptedModelSchema.nullable(),
  /** A model was deleted with somebody's words, and none was made since. */
  isStale: z.boolean(),
  isRunning: z.boolean(),
  /** To learn from now; how many more there must be; how many came since the last training. */
  pairCount: z.int(),
  missingCount: z.int(),
  newPairCount: z.int(),
  isWeekly: z.boolean(),
  lastRun: adaptRunSchema.nullable(),
});
export type AdaptStatus = z.infer<typeof adaptStatusSchema>;

/** What a question finds first with the model before and after; texts of passages. */
export const adaptChangeSchema = z.object({ question: z.string(), before: z.array(z.string()), after: z.array(z.string()) });
export type AdaptChange = z.infer<typeof adaptChangeSchema>;

const ofCustomer = z.object({ customerId: customerIdSchema });

export const adaptContract = {
  status: oc.input(z.object({})).output(adaptStatusSchema),
  /** A job of the kind `adapt`; `job.cancel` ends it. */
  start: oc.input(z.object({})).output(jobSchema),
  /** Newest questions whose first results differ. */
  preview: oc.input(z.object({ questionCount: z.int().min(1).max(100).default(30) })).output(z.array(adaptChangeSchema)),
  accept: oc.input(z.object({})).output(adaptStatusSchema),
  /** Deletes the candidate; what is in use stays. */
  discard: oc.input(z.object({})).output(adaptStatusSchema),
  /** Deletes all that was learned, and goes back to the base model. */
  undo: oc.input(z.object({})).output(adaptStatusSchema),
  saveWeekly: oc.input(z.object({ isWeekly: z.boolean() })).output(adaptStatusSchema),
  isForgotten: oc.input(ofCustomer).output(z.object({ isForgotten: z.boolean() })),
  /** `job`: a model that had learned from them is made again. */
  forget: oc.input(ofCustomer).output(z.object({ job: jobSchema.nullable() })),
  remember: oc.input(ofCustomer).output(z.object({})),
};
