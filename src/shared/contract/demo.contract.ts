import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, jobIdSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';

/** The name of its pack; its knowledge goes with all the rest of it. */
export const DEMO_PACK = 'demo-shop';

/** `partial`: cut short by a cancel or a stop; installing goes on, removing clears it. `installed` makes this a demo store. */
export const demoStatusSchema = z.object({
  state: z.enum(['none', 'partial', 'installed']),
  installedAt: atSchema.nullable(),
  /** The job that installs or removes it now. */
  jobId: jobIdSchema.nullable(),
  /** False while the store holds customers of the shop's own: made-up orders beside real ones would distort every figure. */
  canInstall: z.boolean(),
});
export type DemoStatus = z.infer<typeof demoStatusSchema>;

export const demoContract = {
  status: oc.input(z.object({})).output(demoStatusSchema),
  /** One job with progress and cancel. @throws conflict while `canInstall` is false */
  install: oc.input(z.object({})).output(jobSchema),
  /** Removes everything the demo shop brought, its live customers too; the shop's own rows stay. */
  remove: oc.input(z.object({})).output(jobSchema),
};
