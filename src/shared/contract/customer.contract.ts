import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, customerIdSchema } from './ids.contract.ts';

export const loyaltySegmentSchema = z.enum([
  'champions', 'loyal', 'potential_loyalist', 'new', 'promising', 'needs_attention', 'about_to_sleep', 'cannot_lose', 'at_risk', 'hibernating', 'lost',
]);
export type LoyaltySegment = z.infer<typeof loyaltySegmentSchema>;

/** Reasons are codes with values; the page words them in the reader's language. */
export const loyaltyReasonSchema = z.object({ code: z.string(), values: z.record(z.string(), z.number()) });

export const customerTagSchema = z.object({
  segment: loyaltySegmentSchema,
  scores: z.object({ recency: z.int().min(1).max(5), frequency: z.int().min(1).max(5), monetary: z.int().min(1).max(5) }),
  reasons: z.array(loyaltyReasonSchema).max(2),
  /** The shop's rep said this tag is wrong; shown as such, kept for review. */
  isDisputed: z.boolean(),
  computedAt: atSchema,
});
export type CustomerTag = z.infer<typeof customerTagSchema>;

export const orderItemSchema = z.object({ title: z.string(), skuExternalId: z.string().nullable(), size: z.string().nullable(), colour: z.string().nullable(), batch: z.string().nullable(), priceFen: z.int().nullable(), quantity: z.int() });
export const orderSchema = z.object({
  externalId: z.string(),
  paidAt: atSchema.nullable(),
  status: z.string().nullable(),
  paidFen: z.int(),
  waybill: z.string().nullable(),
  carrier: z.string().nullable(),
  promisedShipAt: atSchema.nullable(),
  items: z.array(orderItemSchema),
});
export type Order = z.infer<typeof orderSchema>;
export const afterSaleSchema = z.object({
  externalId: z.string(),
  orderExternalId: z.string().nullable(),
  type: z.string(),
  stage: z.string().nullable(),
  reason: z.string().nullable(),
  amountFen: z.int().nullable(),
  openedAt: atSchema.nullable(),
  closedAt: atSchema.nullable(),
});
export type AfterSale = z.infer<typeof afterSaleSchema>;

export const customerCardSchema = z.object({
  id: customerIdSchema,
  externalId: z.string(),
  name: z.string(),
  platformTier: z.string().nullable(),
  tag: customerTagSchema.nullable(),
  orderCount: z.int(),
  totalPaidFen: z.int(),
  firstOrderAt: atSchema.nullable(),
  lastOrderAt: atSchema.nullable(),
  orders: z.array(orderSchema),
  afterSales: z.array(afterSaleSchema),
  reviews: z.array(z.object({ score: z.int().min(1).max(5), text: z.string(), at: atSchema.nullable() })),
  conversationCount: z.int(),
});
export type CustomerCard = z.infer<typeof customerCardSchema>;

export const erasePreviewSchema = z.object({ customerId: customerIdSchema, externalId: z.string(), name: z.string(), counts: z.record(z.string(), z.int()) });

export const customerContract = {
  card: oc.input(z.object({ customerId: customerIdSchema })).output(customerCardSchema),
  disputeTag: oc.input(z.object({ customerId: customerIdSchema, isDisputed: z.boolean() })).output(customerTagSchema.nullable()),
  /** What erasing would remove, by kind of row. */
  erasePreview: oc.input(z.object({ customer: z.string().min(1) })).output(erasePreviewSchema),
  erase: oc.input(z.object({ customerId: customerIdSchema })).output(erasePreviewSchema),
};
