import type { UpsertOutcome } from '../db/content-hash.ts';
import type { WritableDb } from '../db/database.ts';
import { hashedTable, upsertHashed, type ColumnValue } from '../db/hashed-upsert.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type NewSkuBatch = { batch: string; fabricLot?: string | null; supplier?: string | null; colourCode?: string | null; stockMetres?: number | null };
export type NewSku = { externalId: string; colour?: string | null; size?: string | null; priceFen?: number | null; stockCount?: number | null; batches?: readonly NewSkuBatch[] };
/** Without `skus` the stored ones stay; with it they are replaced as a whole. */
export type NewProduct = {
  externalId: string; title: string; category?: string | null; brand?: string | null; description?: string | null; priceFen?: number | null; skus?: readonly NewSku[];
};
export type NewPromotion = { externalId: string; title: string; kind?: string | null; rule?: string | null; startsAt?: number | null; endsAt?: number | null };

const PRODUCTS = hashedTable('products', ['title', 'category', 'brand', 'description', 'price_fen']);
const SKUS = hashedTable('skus', ['product_id', 'colour', 'size', 'price_fen', 'stock_count']);
const PROMOTIONS = hashedTable('promotions', ['title', 'kind', 'rule', 'starts_at', 'ends_at']);

/** One product with its SKUs and their batches, by the shop's product number; the caller owns the transaction. */
export function upsertProduct(db: WritableDb, ctx: WriteContext, product: NewProduct): UpsertOutcome {
  const columns = [product.title, product.category, product.brand, product.description, product.priceFen];
  const { id, outcome } = upsertHashed(db, ctx, PRODUCTS, product.externalId, columns);
  const haveSkusChanged = product.skus !== undefined && replaceSkus(db, ctx, id, product.skus);
  return haveSkusChanged && outcome === 'unchanged' ? 'updated' : outcome;
}

function replaceSkus(db: WritableDb, ctx: WriteContext, productId: string, skus: readonly NewSku[]): boolean {
  const kept = new Set(skus.map(({ externalId }) => externalId));
  const gone = prepared<{ id: string; externalId: string }>(db, 'SELECT id, external_id AS externalId FROM skus WHERE product_id = ?').all(productId).filter((sku) => !kept.has(sku.externalId));
  for (const { id } of gone) prepared(db, 'DELETE FROM skus WHERE id = ?').run(id);
  return skus.map((sku) => upsertSku(db, ctx, productId, sku)).includes(true) || gone.length > 0;
}

function upsertSku(db: WritableDb, ctx: WriteContext, productId: string, sku: NewSku): boolean {
  const batches = (sku.batches ?? []).map(batchColumns);
  const { id, outcome } = upsertHashed(db, ctx, SKUS, sku.externalId, [productId, sku.colour, sku.size, sku.priceFen, sku.stockCount], batches);
  if (outcome === 'unchanged') return false;
  prepared(db, 'DELETE FROM sku_batches WHERE sku_id = ?').run(id);
  const insertBatch = prepared(db, 'INSERT OR REPLACE INTO sku_batches (id, sku_id, batch, fabric_lot, supplier, colour_code, stock_metres) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const batch of batches) insertBatch.run(ctx.newId(), id, ...batch);
  return true;
}

function batchColumns(batch: NewSkuBatch): ColumnValue[] {
  return [batch.batch, batch.fabricLot, batch.supplier, batch.colourCode, batch.stockMetres].map((value) => value ?? null);
}

/** One promotion by the shop's number; the caller owns the transaction. */
export function upsertPromotion(db: WritableDb, ctx: WriteContext, promotion: NewPromotion): UpsertOutcome {
  const { title, kind, rule, startsAt, endsAt } = promotion;
  return upsertHashed(db, ctx, PROMOTIONS, promotion.externalId, [title, kind, rule, startsAt, endsAt]).outcome;
}
