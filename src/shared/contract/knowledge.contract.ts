import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, languageSchema } from './ids.contract.ts';

export const articleSummarySchema = z.object({ id: z.string(), title: z.string(), source: z.string(), language: languageSchema, passageCount: z.int(), version: z.int(), updatedAt: atSchema });
export type ArticleSummary = z.infer<typeof articleSummarySchema>;
export const articleSchema = articleSummarySchema.extend({ passages: z.array(z.object({ id: z.string(), heading: z.string(), text: z.string() })) });
export type Article = z.infer<typeof articleSchema>;
export const macroSchema = z.object({ id: z.string(), code: z.string(), title: z.string(), text: z.string(), language: languageSchema, useCount: z.int(), updatedAt: atSchema });
export type Macro = z.infer<typeof macroSchema>;

export const knowledgeContract = {
  articles: oc.input(z.object({ limit: z.int().min(1).max(500).default(100), offset: z.int().min(0).default(0) })).output(z.object({ articles: z.array(articleSummarySchema), total: z.int() })),
  article: oc.input(z.object({ id: z.string() })).output(articleSchema),
  deleteArticle: oc.input(z.object({ id: z.string() })).output(z.object({})),
  restoreArticle: oc.input(z.object({ id: z.string() })).output(z.object({})),
  macros: oc.input(z.object({})).output(z.array(macroSchema)),
  /** A macro without id is new; `text` is a Liquid template over customer, order, rep and shop. */
  saveMacro: oc.input(z.object({ id: z.string().optional(), code: z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u), title: z.string().max(120), text: z.string().trim().min(1).max(5000) })).output(macroSchema),
  deleteMacro: oc.input(z.object({ id: z.string() })).output(z.object({})),
};
