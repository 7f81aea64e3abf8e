import { oc } from '@orpc/contract';
import { z } from 'zod';
import { jobSchema } from './job.contract.ts';

/**
 * A language model of this machine. `isWanted` is to serve, `isServing` made the vectors that are searched. `bytes` are those of its files. `licence` is null
 * where nobody said; `speed` was measured here when the model was added: CPU milliseconds of one short text, and texts a CPU second in runs of eight.
 */
export const modelSchema = z.object({
  id: z.string(),
  origin: z.enum(['shipped', 'folder', 'url']),
  /** The folder or the address it came from. */
  source: z.string().nullable(),
  revision: z.string().nullable(),
  licence: z.string().nullable(),
  dims: z.int().nullable(),
  bytes: z.int(),
  state: z.enum(['ok', 'broken']),
  reason: z.string().nullable(),
  speed: z.object({ shortTextCpuMs: z.number(), textsPerCpuSecond: z.number() }).nullable(),
  isWanted: z.boolean(),
  isServing: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;

const idInput = z.object({ id: z.string().min(1).max(80) });
const prefixSchema = z.string().max(400);

/** `target` is a folder of this machine or `https://host/owner/name`; the rest says what the model itself does not. */
export const addModelSchema = z.object({
  target: z.string().trim().min(1).max(2000),
  id: z.string().max(80).optional(),
  pooling: z.enum(['mean', 'cls', 'last_token']).optional(),
  queryPrefix: prefixSchema.optional(),
  passagePrefix: prefixSchema.optional(),
});
export type AddModel = z.infer<typeof addModelSchema>;

export const modelContract = {
  /** Shipped ones first. */
  list: oc.input(z.object({})).output(z.array(modelSchema)),
  /** Fetches or copies, measures, and lists it when it is whole; the job counts bytes. Nothing but the address is asked, and every contact is noted. */
  add: oc.input(addModelSchema).output(jobSchema),
  /** From now on everything is embedded by it; until that is done the former one serves. */
  use: oc.input(idInput).output(z.array(modelSchema)),
  /** Refused for a shipped one and for one in use. */
  remove: oc.input(idInput).output(z.array(modelSchema)),
  /** Compares every file with its digest; one sentence a problem. */
  check: oc.input(idInput).output(z.object({ problems: z.array(z.string()) })),
};
