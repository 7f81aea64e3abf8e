import { oc } from '@orpc/contract';
import { z } from 'zod';

export const firstRunStepSchema = z.enum(['language', 'names', 'start', 'protection', 'done']);
export type FirstRunStep = z.infer<typeof firstRunStepSchema>;
export const firstRunSchema = z.object({
  /** True on an empty new store until the last step is left, also after a crash in between. */
  isDue: z.boolean(),
  step: firstRunStepSchema,
  /** What the rep chose to begin with; null before. */
  start: z.enum(['demo', 'own']).nullable(),
});
export type FirstRun = z.infer<typeof firstRunSchema>;

export const firstRunContract = {
  get: oc.input(z.object({})).output(firstRunSchema),
  /** Remembers how far the rep came. */
  save: oc.input(z.object({ step: firstRunStepSchema, start: z.enum(['demo', 'own']).nullable() })).output(firstRunSchema),
  /** Ends it for good, also when it was skipped. */
  finish: oc.input(z.object({})).output(firstRunSchema),
};
