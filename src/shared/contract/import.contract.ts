import { oc } from '@orpc/contract';
import { z } from 'zod';
import { jobSchema } from './job.contract.ts';

export const importKindSchema = z.enum(['conversations', 'knowledge', 'orders', 'products', 'promotions', 'after-sales', 'reviews', 'macros']);
export type ImportKind = z.infer<typeof importKindSchema>;

/** Column name in the file → our field name; fields not named are left out. */
export const columnMappingSchema = z.record(z.string(), z.string());
export const importOptionsSchema = z.object({
  mapping: columnMappingSchema.optional(),
  sheet: z.string().optional(),
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  /** For times without a zone. */
  zoneOffsetMinutes: z.int().min(-840).max(840).default(480),
  /** Added to every time that is read: demo data is written around a reference date. */
  shiftDays: z.int().min(-36_500).max(36_500).optional(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const importPreviewSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  format: z.string(),
  encoding: z.string().nullable(),
  sheets: z.array(z.string()),
  /** Guessed from the content; the rep may choose another. */
  kind: importKindSchema.nullable(),
  columns: z.array(z.string()),
  suggestedMapping: columnMappingSchema,
  /** Our fields for each kind, required ones first, for the mapper. */
  fields: z.array(z.object({ name: z.string(), isRequired: z.boolean() })),
  rows: z.array(z.record(z.string(), z.string())),
  /** First passages, when it is a document or a folder of documents. */
  passages: z.array(z.object({ heading: z.string(), text: z.string() })),
  fileCount: z.int(),
  warnings: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importContract = {
  preview: oc.input(z.object({ path: z.string().min(1), kind: importKindSchema.optional(), options: importOptionsSchema.optional() })).output(importPreviewSchema),
  start: oc.input(z.object({ path: z.string().min(1), kind: importKindSchema, options: importOptionsSchema.optional() })).output(jobSchema),
};
