import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, conversationIdSchema, languageSchema, messageIdSchema } from './ids.contract.ts';
import { macroContract } from './macro.contract.ts';

export const articleSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  language: languageSchema,
  intent: z.string().nullable(),
  passageCount: z.int(),
  version: z.int(),
  /** Outside of these times nothing of it is suggested; null is open-ended. `validTo` is the first moment it no longer holds. */
  validFrom: atSchema.nullable(),
  validTo: atSchema.nullable(),
  updatedAt: atSchema,
});
export type ArticleSummary = z.infer<typeof articleSummarySchema>;
const passageSchema = z.object({ heading: z.string(), text: z.string() });
export const articleSchema = articleSummarySchema.extend({
  passages: z.array(passageSchema.extend({ id: z.string() })),
  /** What the editor shows: as it was written, or put together from the passages of an imported article. */
  markdown: z.string(),
});
export type Article = z.infer<typeof articleSchema>;

/** `version` counts from 1; the newest is the article as it stands. */
export const articleVersionSchema = z.object({ version: z.int(), title: z.string(), savedAt: atSchema, repName: z.string().nullable(), markdown: z.string(), isCurrent: z.boolean() });
export type ArticleVersion = z.infer<typeof articleVersionSchema>;

/** A customer's question nothing was found for; phone numbers and the like are masked. Equal questions are one, `messageIds` names all of them. */
export const unansweredSchema = z.object({ messageIds: z.array(messageIdSchema), conversationId: conversationIdSchema, question: z.string(), count: z.int(), askedAt: atSchema });
export type Unanswered = z.infer<typeof unansweredSchema>;

const pageSchema = z.object({ limit: z.int().min(1).max(500).default(100), offset: z.int().min(0).default(0) });
const questionsSchema = z.array(messageIdSchema).max(500);

export const knowledgeContract = {
  articles: oc.input(pageSchema).output(z.object({ articles: z.array(articleSummarySchema), total: z.int() })),
  article: oc.input(z.object({ id: z.string() })).output(articleSchema),
  /** Without id a new article. `baseVersion` refuses to overwrite what somebody else saved meanwhile. `answers` are unanswered questions it settles. */
  saveArticle: oc
    .input(
      z.object({
        id: z.string().optional(),
        baseVersion: z.int().optional(),
        title: z.string().trim().min(1).max(200),
        language: languageSchema,
        intent: z.string().trim().max(80).nullable(),
        markdown: z.string().trim().min(1).max(100_000),
        validFrom: atSchema.nullable(),
        validTo: atSchema.nullable(),
        answers: questionsSchema.default([]),
      }),
    )
    .output(articleSchema),
  /** The passages a text would be cut into. */
  previewArticle: oc.input(z.object({ markdown: z.string().max(100_000) })).output(z.array(passageSchema)),
  deleteArticle: oc.input(z.object({ id: z.string() })).output(z.object({})),
  /** Brings a deleted article back; with a version, that version becomes the newest one. */
  restoreArticle: oc.input(z.object({ id: z.string(), version: z.int().optional() })).output(z.object({})),
  /** Newest first. */
  articleVersions: oc.input(z.object({ id: z.string() })).output(z.array(articleVersionSchema)),
  unanswered: oc.input(z.object({ limit: z.int().min(1).max(500).default(200) })).output(z.object({ questions: z.array(unansweredSchema), total: z.int() })),
  /** Takes questions off the list, or puts them back. */
  dismissQuestions: oc.input(z.object({ messageIds: questionsSchema, isDismissed: z.boolean() })).output(z.object({})),
  ...macroContract,
};
