import { oc } from '@orpc/contract';
import { z } from 'zod';
import { everywhereContract } from './everywhere.contract.ts';
import { atSchema, conversationIdSchema, ratioSchema } from './ids.contract.ts';

export const searchKindSchema = z.enum(['passage', 'macro', 'message']);
export type SearchKind = z.infer<typeof searchKindSchema>;

export const searchHitSchema = z.object({
  kind: searchKindSchema,
  id: z.string(),
  text: z.string(),
  title: z.string(),
  score: ratioSchema,
  /** Article source, macro code or conversation id: where it came from. */
  source: z.string(),
  conversationId: conversationIdSchema.nullable(),
  updatedAt: atSchema.nullable(),
  matchedWords: z.array(z.string()),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchContract = {
  ...everywhereContract,
  query: oc
    .input(z.object({ text: z.string().min(1).max(2000), kinds: z.array(searchKindSchema).default(['passage', 'macro', 'message']), limit: z.int().min(1).max(100).default(10) }))
    .output(z.object({ hits: z.array(searchHitSchema), isWordsOnly: z.boolean() })),
};
