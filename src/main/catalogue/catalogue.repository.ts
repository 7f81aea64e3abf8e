import type { UpsertOutcome } from '../db/content-hash.ts';
import type { WritableDb } from '../db/database.ts';
import { hashedTable, upsertHashed, type ColumnValue } from '../db/hashed-upsert.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexShortText } from '../search/short-text-index.ts';
import { replaceFacts, type ProductFacts } from './product-facts.repository.ts';

export type NewSkuBatch = { batch: string; fabricLot?: string | null; supplier?: string | null; colourCode?: string | null; stockMetres?: number | null };
export type NewSku = { externalId: string; colour?: string | null; size?: string | null; priceFen?: number | null; stockCount?: number | null; batches?: readonly NewSkuBatch[] };
/** Without `skus` (or one of the facts) the stored ones stay; with it they are replaced as a whole. */
export type NewProduct = ProductFacts & {
  externalId: string; title: string; titleEn?: string | null; category?: string | null; brand?: string | null; description?: string | null; priceFen?: number | null; skus?: readonly NewSku[];
};
/** `appliesTo`: numbers of products and names of categories; null or empty is the whole shop. */
export type NewPromotion = {
  externalId: string; title: string; kind?: string | null; rule?: string | null; terms?: string | null; appliesTo?: readonly string[] | null; startsAt?: number | null; endsAt?: number | null;
};

const PRODUCTS = hashedTable('products', ['title', 'category', 'brand', 'description', 'price_fen', 'title_en']);
const SKUS = hashedTable('skus', ['product_id', 'colour', 'size', 'price_fen', 'stock_count']);
const PROMOTIONS = hashedTable('promotions', ['title', 'kind', 'rule', 'starts_at', 'ends_at', 'terms', 'applies_to']);

/** One product with its SKUs, their batches and its facts, by the shop's product number; the caller owns the transaction. */
export function upsertProduct(db: WritableDb, ctx: WriteContext, product: NewProduct): UpsertOutcome {
  const columns = [product.title, product.category, product.brand, product.description, product.priceFen, product.titleEn];
  const { id, outcome } = upsertHashed(db, ctx, PRODUCTS, product.externalId, columns);
  const haveSkusChanged = product.skus !== undefined && replaceSkus(db, ctx, id, product.skus);
  const haveFactsChanged = replaceFacts(db, id, product);
  if (outcome !== 'unchanged' || haveSkusChanged) indexProduct(db, id, product);
  return (haveSkusChanged || haveFactsChanged) && outcome === 'unchanged' ? 'updated' : outcome;
}

function indexProduct(db: WritableDb, id: string, { title, titleEn, category, brand }: NewProduct): void {
  const colours = prepared<{ colour: string | null }>(db, 'SELECT DISTINCT colour FROM skus WHERE product_id = ?').all(id).map(({ colour }) => colour);
  indexShortText(db, 'product', id, [title, titleEn ?? null, category ?? null, brand ?? null, ...colours]);
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
  const { title, kind, rule, startsAt, endsAt, terms, appliesTo } = promotion;
  const names = appliesTo == null || appliesTo.length === 0 ? null : appliesTo.join('\n');
  return upsertHashed(db, ctx, PROMOTIONS, promotion.externalId, [title, kind, rule, startsAt, endsAt, terms, names]).outcome;
}
