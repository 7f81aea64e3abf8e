import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';

/** A text in the languages the pack is written in; at least one is there. */
export const localisedSchema = z.object({ zh: z.string().optional(), en: z.string().optional() });
export type Localised = z.infer<typeof localisedSchema>;

export const packCountsSchema = z.object({ articles: z.int(), macros: z.int(), intents: z.int(), rules: z.int(), media: z.int() });
export type PackCounts = z.infer<typeof packCountsSchema>;

/** `state`: `partial` was cut short (installing again goes on), `available` ships with the app and is not installed. */
export const packSchema = z.object({
  name: z.string(),
  version: z.string(),
  title: localisedSchema,
  languages: z.array(z.enum(['zh', 'en'])),
  licence: z.string(),
  requires: z.array(z.string()),
  state: z.enum(['available', 'partial', 'installed']),
  /** What of it is in the store now. */
  counts: packCountsSchema,
  installedAt: atSchema.nullable(),
  updatedAt: atSchema.nullable(),
});
export type Pack = z.infer<typeof packSchema>;

/** Shown as `file:line: message`; the message says what is wrong, then how to mend it. */
export const packProblemSchema = z.object({ file: z.string(), line: z.int().min(1), message: z.string() });
export type PackProblem = z.infer<typeof packProblemSchema>;

/** A pack that ships with the app, by name, or a folder of this machine. */
export const packSourceSchema = z.union([z.object({ name: z.string().min(1).max(60) }).strict(), z.object({ path: z.string().min(1) }).strict()]);
export type PackSource = z.infer<typeof packSourceSchema>;

export const packContract = {
  /** Installed ones by name, then those that ship with the app and are not installed. */
  list: oc.input(z.object({})).output(z.array(packSchema)),
  /** Reads and checks a pack; nothing is stored. */
  check: oc.input(packSourceSchema).output(z.object({ problems: z.array(packProblemSchema) })),
  /** Checks first: with any problem the job fails and nothing is touched. Rows a rep changed stay and are listed in the report as rejected. */
  install: oc.input(packSourceSchema).output(jobSchema),
  /** Rows a rep changed stay, as the shop's own. */
  remove: oc.input(z.object({ name: z.string().min(1).max(60) })).output(jobSchema),
};
