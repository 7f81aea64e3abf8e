import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, jobIdSchema, ratioSchema } from './ids.contract.ts';

export const rejectedRowSchema = z.object({ file: z.string(), line: z.int().nullable(), reason: z.string() });
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

export const importReportSchema = z.object({
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.array(rejectedRowSchema),
  /** Rejections beyond the first 1,000 are counted, not listed. */
  rejectedCount: z.int(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

export const jobKindSchema = z.enum(['import', 'embed', 'backup', 'erase', 'loyalty', 'index', 'retention', 'adapt', 'tune', 'model']);
export const jobStateSchema = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']);
export const jobSchema = z.object({
  id: jobIdSchema,
  kind: jobKindSchema,
  /** What it works on, for example the file's name. */
  title: z.string(),
  state: jobStateSchema,
  /** 0–1, or null while the total is unknown. */
  doneRatio: ratioSchema.nullable(),
  doneCount: z.int(),
  perSecond: z.number().nonnegative(),
  error: z.string().nullable(),
  report: importReportSchema.nullable(),
  startedAt: atSchema,
  endedAt: atSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobContract = {
  list: oc.input(z.object({})).output(z.array(jobSchema)),
  cancel: oc.input(z.object({ id: jobIdSchema })).output(jobSchema),
};
