import { z } from 'zod';

export const demoPaceSchema = z.enum(['slow', 'normal', 'busy']);

/** A new customer every 150, 50 or 12 s on average. */
export const startDemoSchema = z.object({
  pace: demoPaceSchema.default('normal'),
  customerCount: z.int().min(1).max(200).default(20),
  language: z.enum(['all', 'zh', 'en']).default('all'),
});

/** How far a run of live customers has come. */
export const demoRunSchema = z.object({ pace: demoPaceSchema, customerCount: z.int(), endedCount: z.int() });
