import { oc } from '@orpc/contract';
import { z } from 'zod';
import { conversationStateSchema, messageRoleSchema, messageSchema } from './conversation.contract.ts';
import { afterSaleSchema, customerCardSchema, orderSchema } from './customer.contract.ts';
import { atSchema, conversationIdSchema, customerIdSchema, labelIdSchema, languageSchema, messageIdSchema, noteIdSchema, repIdSchema } from './ids.contract.ts';

/** What one box finds. A conversation stands for its messages, an article for its passages, a product for its SKUs. */
export const findKindSchema = z.enum(['customer', 'order', 'conversation', 'note', 'article', 'product', 'macro']);
export type FindKind = z.infer<typeof findKindSchema>;

/** UTF-16 units, end exclusive. */
const textSpanSchema = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() });
export type TextSpan = z.infer<typeof textSpanSchema>;
/** Plain text and where the words asked for stand in it, in order; never HTML. */
export const markedTextSchema = z.object({ text: z.string(), spans: z.array(textSpanSchema) });
export type MarkedText = z.infer<typeof markedTextSchema>;

const customerHitSchema = z.object({ kind: z.literal('customer'), id: customerIdSchema, title: markedTextSchema, number: markedTextSchema, at: atSchema.nullable(), orderCount: z.int(), totalPaidFen: z.int(), conversationCount: z.int() });
const orderHitSchema = z.object({
  kind: z.literal('order'), id: z.string(), title: markedTextSchema, waybill: markedTextSchema.nullable(), at: atSchema.nullable(),
  customerId: customerIdSchema, customerName: z.string(), status: z.string().nullable(), paidFen: z.int(), firstItem: z.string().nullable(), itemCount: z.int(),
});
/** `messageId` is the message to go to; `body` may be cut around its first mark. `foundCount`: messages of it that hold every word, 0 when it was found by meaning or by its customer. */
const conversationHitSchema = z.object({
  kind: z.literal('conversation'), id: conversationIdSchema, title: markedTextSchema, body: markedTextSchema, at: atSchema,
  messageId: messageIdSchema.nullable(), role: messageRoleSchema.nullable(), state: conversationStateSchema, channelKind: z.string(), repName: z.string().nullable(), foundCount: z.int(),
});
const noteHitSchema = z.object({ kind: z.literal('note'), id: noteIdSchema, title: markedTextSchema, body: markedTextSchema, at: atSchema, conversationId: conversationIdSchema, repName: z.string() });
/** `id` is a passage; `title` its heading or article, `source` the article's. */
const articleHitSchema = z.object({ kind: z.literal('article'), id: z.string(), title: markedTextSchema, body: markedTextSchema, at: atSchema.nullable(), articleTitle: z.string(), source: z.string() });
const productHitSchema = z.object({ kind: z.literal('product'), id: z.string(), title: markedTextSchema, number: markedTextSchema, at: z.null(), category: z.string().nullable(), priceFen: z.int().nullable(), stockCount: z.int().nullable() });
const macroHitSchema = z.object({ kind: z.literal('macro'), id: z.string(), title: markedTextSchema, number: markedTextSchema, body: markedTextSchema, at: atSchema.nullable(), scope: z.enum(['team', 'personal']) });
/** `number` is a customer, product or SKU number, or the code of a macro. */
export const findHitSchema = z.discriminatedUnion('kind', [customerHitSchema, orderHitSchema, conversationHitSchema, noteHitSchema, articleHitSchema, productHitSchema, macroHitSchema]);
export type FindHit = z.infer<typeof findHitSchema>;

/** `repId` `nobody`: conversations that nobody has taken. A filter leaves out every kind it says nothing about. */
export const findFiltersSchema = z.object({
  from: atSchema.optional(),
  to: atSchema.optional(),
  channelKind: z.string().max(40).optional(),
  labelId: labelIdSchema.optional(),
  state: conversationStateSchema.optional(),
  repId: z.union([repIdSchema, z.literal('nobody')]).optional(),
  language: languageSchema.optional(),
});
export type FindFilters = z.infer<typeof findFiltersSchema>;

/** `total` counts every row that holds the words or the number; `isAtLeast` when counting stopped early. Rows found by meaning alone count once shown. */
const findGroupSchema = z.object({ kind: findKindSchema, total: z.int(), isAtLeast: z.boolean(), hits: z.array(findHitSchema) });
export type FindGroup = z.infer<typeof findGroupSchema>;

export const findAnswerSchema = z.object({
  groups: z.array(findGroupSchema),
  /** The one thing that the number or name names; it is the first hit of its group. */
  jump: z.object({ kind: findKindSchema, id: z.string() }).nullable(),
  isWordsOnly: z.boolean(),
});
export type FindAnswer = z.infer<typeof findAnswerSchema>;

const recentSchema = z.object({
  searches: z.array(z.string()),
  opened: z.array(z.object({ kind: findKindSchema, id: z.string(), title: z.string(), detail: z.string(), conversationId: conversationIdSchema.nullable(), customerId: customerIdSchema.nullable() })),
});
export type Recents = z.infer<typeof recentSchema>;

const relatedConversationSchema = z.object({
  id: conversationIdSchema, state: conversationStateSchema, channelKind: z.string(), lastAt: atSchema, lastText: z.string(),
  /** The number of the order, or its waybill, stands in one of its messages. */
  isAboutOrder: z.boolean(),
});
export const findCustomerSchema = z.object({ card: customerCardSchema, order: orderSchema.nullable(), orderAfterSales: z.array(afterSaleSchema), conversations: z.array(relatedConversationSchema) });
export type FoundCustomer = z.infer<typeof findCustomerSchema>;

export const everywhereContract = {
  everywhere: oc
    .input(z.object({ text: z.string().trim().min(1).max(500), kinds: z.array(findKindSchema).optional(), filters: findFiltersSchema.default({}), limit: z.int().min(1).max(50).default(5) }))
    .output(findAnswerSchema),
  /** This rep's last searches and what they opened from them, newest first. */
  recents: oc.input(z.object({})).output(recentSchema),
  noteOpened: oc.input(z.object({ text: z.string().trim().max(500), opened: z.object({ kind: findKindSchema, id: z.string().min(1).max(60) }).nullable() })).output(z.object({})),
  clearRecents: oc.input(z.object({})).output(z.object({})),
  /** A customer's card with one order picked out and the conversations it may be about: those that name it first, then the newest. @throws not_found */
  customer: oc.input(z.object({ customerId: customerIdSchema, orderId: z.string().max(60).optional() })).output(findCustomerSchema),
  /** The messages around one, oldest first. @throws not_found */
  around: oc.input(z.object({ messageId: messageIdSchema })).output(z.object({ messages: z.array(messageSchema.pick({ id: true, role: true, text: true, sentAt: true })) })),
};
