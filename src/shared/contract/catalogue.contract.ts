import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema } from './ids.contract.ts';

export const productSpecSchema = z.object({ name: z.string(), value: z.string() });
export type ProductSpec = z.infer<typeof productSpecSchema>;

const rangeSchema = z.object({ min: z.number(), max: z.number() });
/** One row of a size chart: what the garment measures, and the bodies it is cut for. */
export const productSizeSchema = z.object({
  size: z.string(),
  /** Name of the measure → cm. */
  measures: z.array(z.object({ name: z.string(), cm: z.number() })),
  heightCm: rangeSchema.nullable(),
  weightKg: rangeSchema.nullable(),
  chestCm: rangeSchema.nullable(),
});
export type ProductSize = z.infer<typeof productSizeSchema>;

/** A price that held from `fromAt` until before `toAt` (null: still). `skuExternalId` null: every SKU. */
export const productPriceSchema = z.object({ skuExternalId: z.string().nullable(), priceFen: z.int(), fromAt: atSchema, toAt: atSchema.nullable(), promo: z.string().nullable() });
export type ProductPrice = z.infer<typeof productPriceSchema>;

export const skuBatchSchema = z.object({ batch: z.string(), fabricLot: z.string().nullable(), supplier: z.string().nullable(), colourCode: z.string().nullable(), stockMetres: z.number().nullable() });
export type SkuBatch = z.infer<typeof skuBatchSchema>;
export const productSkuSchema = z.object({
  externalId: z.string(),
  colour: z.string().nullable(),
  size: z.string().nullable(),
  priceFen: z.int().nullable(),
  stockCount: z.int().nullable(),
  batches: z.array(skuBatchSchema),
});
export type ProductSku = z.infer<typeof productSkuSchema>;

export const promotionSchema = z.object({
  externalId: z.string(),
  title: z.string(),
  kind: z.string().nullable(),
  rule: z.string().nullable(),
  terms: z.string().nullable(),
  startsAt: atSchema.nullable(),
  endsAt: atSchema.nullable(),
});
export type Promotion = z.infer<typeof promotionSchema>;

export const productSummarySchema = z.object({
  id: z.string(),
  externalId: z.string(),
  title: z.string(),
  titleEn: z.string().nullable(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  /** List price. */
  priceFen: z.int().nullable(),
  /** What the price history says holds now, else the list price. */
  currentPriceFen: z.int().nullable(),
  skuCount: z.int(),
  /** Sum over the SKUs whose stock is known; null when none is. */
  stockCount: z.int().nullable(),
  /** Pieces in paid orders. */
  soldCount: z.int(),
});
export type ProductSummary = z.infer<typeof productSummarySchema>;

export const productSchema = productSummarySchema.extend({
  description: z.string().nullable(),
  specs: z.array(productSpecSchema),
  /** The same in English, where the shop gave it. */
  specsEn: z.array(productSpecSchema),
  sizes: z.array(productSizeSchema),
  prices: z.array(productPriceSchema),
  skus: z.array(productSkuSchema),
  /** Of this product, its category, or the whole shop; newest first. */
  promotions: z.array(promotionSchema),
});
export type Product = z.infer<typeof productSchema>;

export const productSortSchema = z.enum(['title', 'price', 'stock', 'sold']);
export type ProductSort = z.infer<typeof productSortSchema>;

export const catalogueContract = {
  /** All words of `query` must occur in title, product number, brand, category or a SKU number. `categories` counts the whole shop. */
  list: oc
    .input(z.object({
      query: z.string().max(200).optional(),
      category: z.string().max(200).optional(),
      sort: productSortSchema.default('title'),
      isDescending: z.boolean().default(false),
      limit: z.int().min(1).max(500).default(100),
      offset: z.int().nonnegative().default(0),
    }))
    .output(z.object({ products: z.array(productSummarySchema), total: z.int(), categories: z.array(z.object({ name: z.string(), productCount: z.int() })) })),
  /** One product with everything, by our id, the shop's product number or the number of one of its SKUs. @throws not_found */
  product: oc.input(z.object({ id: z.string().min(1).max(200) })).output(productSchema),
};
