import { z } from 'zod';
import { ACTIONS, EMOTIONS, INTENTS, SITUATIONS, SLOTS } from './practice.types.ts';

const line = z.string().trim().min(1).max(400);
const linesSchema = z.array(line).min(1);
const wordingsSchema = z.partialRecord(z.enum(EMOTIONS), linesSchema);
const languageSchema = z.enum(['zh', 'en']);
const idSchema = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'write it in small letters, digits and hyphens, such as late-parcel');

const personaSchema = z.strictObject({
  customer: z.string().min(1).max(200),
  name: z.string().min(1).max(40),
  tier: z.string().min(1).max(40).optional(),
  style: z.enum(['plain', 'terse', 'chatty', 'hurried']).default('plain'),
  patienceSeconds: z.int().min(20).max(1800),
  emotion: z.int().min(0).max(3),
  trust: z.int().min(0).max(100),
});

const orderSchema = z.strictObject({
  id: z.string().min(1).max(40),
  product: z.string().min(1).max(120),
  sku: z.string().min(1).max(80).optional(),
  quantity: z.int().min(1).max(99).default(1),
  paidDaysAgo: z.int().min(0).max(2000),
  paidYuan: z.number().min(0).max(100_000),
  status: z.enum(['paid', 'shipped', 'signed', 'finished', 'closed']),
  waybill: z.string().min(1).max(40).optional(),
});

const outcomeSchema = z.strictObject({
  id: idSchema,
  action: z.enum(ACTIONS).optional(),
  words: linesSchema.optional(),
  deadline: z.boolean().optional(),
  needs: z.array(z.enum(SLOTS)).min(1).optional(),
});

export const scenarioSchema = z.strictObject({
  id: idSchema,
  intent: z.enum(INTENTS),
  language: languageSchema,
  difficulty: z.int().min(1).max(5),
  title: z.string().min(1).max(80),
  twin: idSchema.optional(),
  persona: personaSchema,
  order: orderSchema.optional(),
  goal: z.string().min(1).max(300),
  openings: z.array(linesSchema).min(2),
  card: z.array(z.enum(SLOTS)).default([]),
  facts: z.partialRecord(z.enum(SLOTS), linesSchema).default({}),
  outcomes: z.array(outcomeSchema).min(1),
  lines: z.partialRecord(z.enum(SITUATIONS), wordingsSchema).default({}),
  twists: z.array(z.strictObject({ after: z.int().min(1).max(20), lines: linesSchema })).default([]),
  maxTurns: z.int().min(4).max(30).default(12),
});

/** A file is a list of customers, or one bank of replies that all customers of its language share. */
export const customersFileSchema = z.array(scenarioSchema).min(1);
export const bankFileSchema = z.strictObject({ language: languageSchema, situations: z.record(z.enum(SITUATIONS), wordingsSchema) });
