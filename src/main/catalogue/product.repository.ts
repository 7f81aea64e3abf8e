import type { Product, ProductSku, ProductSort, ProductSummary, Promotion, SkuBatch } from '../../shared/contract/catalogue.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { toSimplified } from '../text/normalise.ts';
import { listPrices, listSizes, listSpecs } from './product-facts.repository.ts';

/** `nowMs` chooses the price that holds. */
export type ProductQuery = { query?: string | undefined; category?: string | undefined; sort: ProductSort; isDescending: boolean; limit: number; offset: number; nowMs: number };

const SUMMARY_COLUMNS = `
  p.id, p.external_id AS externalId, p.title, p.title_en AS titleEn, p.category, p.brand, p.price_fen AS priceFen,
    coalesce((SELECT price_fen FROM product_prices WHERE product_id = p.id AND sku_external_id IS NULL AND from_at <= @nowMs AND (to_at IS NULL OR to_at > @nowMs) ORDER BY ord DESC LIMIT 1), p.price_fen) AS currentPriceFen,
    (SELECT count(*) FROM skus WHERE product_id = p.id) AS skuCount,
    (SELECT sum(stock_count) FROM skus WHERE product_id = p.id) AS stockCount,
    (SELECT coalesce(sum(i.quantity), 0) FROM skus s JOIN order_items i ON i.sku_external_id = s.external_id JOIN orders o ON o.id = i.order_id
     WHERE s.product_id = p.id AND o.paid_at IS NOT NULL AND o.paid_fen > 0) AS soldCount`;
/** Products without a figure come last, either way round. */
const ORDER_BY: Record<ProductSort, readonly [rising: string, falling: string]> = {
  title: ['title, externalId', 'title DESC, externalId DESC'],
  price: ['currentPriceFen IS NULL, currentPriceFen, title, externalId', 'currentPriceFen IS NULL, currentPriceFen DESC, title, externalId'],
  stock: ['stockCount IS NULL, stockCount, title, externalId', 'stockCount IS NULL, stockCount DESC, title, externalId'],
  sold: ['soldCount, title, externalId', 'soldCount DESC, title, externalId'],
};
/** One word of the query; a word written in traditional characters finds simplified titles too. */
const WORD_MATCH = `(p.title LIKE @like ESCAPE '\\' OR p.title LIKE @simplified ESCAPE '\\' OR p.title_en LIKE @like ESCAPE '\\' OR p.external_id LIKE @like ESCAPE '\\'
  OR p.brand LIKE @like ESCAPE '\\' OR p.category LIKE @simplified ESCAPE '\\'
  OR EXISTS (SELECT 1 FROM skus WHERE product_id = p.id AND (external_id LIKE @like ESCAPE '\\' OR colour LIKE @simplified ESCAPE '\\')))`;
const MOST_WORDS = 8;
const MOST_PROMOTIONS = 30;

/** One page of the shop's products, and how many there are in all. */
export function listProducts(db: ReadableDb, { query = '', category, sort, isDescending, limit, offset, nowMs }: ProductQuery): { products: ProductSummary[]; total: number } {
  const words = query.normalize('NFKC').split(/\s+/).filter((word) => word !== '').slice(0, MOST_WORDS);
  const values: Record<string, string | number | null> = { category: category ?? null, limit, offset, nowMs };
  const matches = words.map((word, index) => {
    values[`like${index}`] = likePattern(word);
    values[`simplified${index}`] = likePattern(toSimplified(word));
    return WORD_MATCH.replaceAll(/@(like|simplified)/g, `@$1${index}`);
  });
  // Only the number of words varies the SQL; the words themselves are bound.
  const where = ['(@category IS NULL OR p.category = @category)', ...matches].join(' AND ');
  const order = ORDER_BY[sort][isDescending ? 1 : 0];
  const products = prepared<ProductSummary>(db, `SELECT ${SUMMARY_COLUMNS} FROM products p WHERE ${where} ORDER BY ${order} LIMIT @limit OFFSET @offset`).all(values);
  const total = prepared<{ count: number }>(db, `SELECT count(*) AS count FROM products p WHERE ${where}`).get(values);
  return { products, total: total?.count ?? 0 };
}

function likePattern(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** Categories by name with their number of products; products without one are left out. */
export function listCategories(db: ReadableDb): { name: string; productCount: number }[] {
  return prepared<{ name: string; productCount: number }>(db, 'SELECT category AS name, count(*) AS productCount FROM products WHERE category IS NOT NULL GROUP BY category ORDER BY category').all();
}

/** One product with everything, by our id, the shop's product number or a SKU number. @throws DeskmateError not_found */
export function getProduct(db: ReadableDb, idOrNumber: string, nowMs: number): Product {
  const id = findProductId(db, idOrNumber);
  const row = id === undefined ? undefined : prepared<ProductSummary & { description: string | null }>(db, `SELECT ${SUMMARY_COLUMNS}, p.description FROM products p WHERE p.id = @id`).get({ id, nowMs });
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such product.');
  return {
    ...row, specs: listSpecs(db, row.id, ''), specsEn: listSpecs(db, row.id, 'en'), sizes: listSizes(db, row.id), prices: listPrices(db, row.id),
    skus: listSkus(db, row.id), promotions: listPromotionsOf(db, row),
  };
}

function findProductId(db: ReadableDb, idOrNumber: string): string | undefined {
  return prepared<{ id: string }>(
    db,
    `SELECT id FROM (
      SELECT id, 1 AS ord FROM products WHERE id = @id UNION ALL SELECT id, 2 FROM products WHERE external_id = @id UNION ALL SELECT product_id, 3 FROM skus WHERE external_id = @id
    ) ORDER BY ord LIMIT 1`,
  ).get({ id: idOrNumber })?.id;
}

function listSkus(db: ReadableDb, productId: string): ProductSku[] {
  const batches = prepared<SkuBatch>(db, 'SELECT batch, fabric_lot AS fabricLot, supplier, colour_code AS colourCode, stock_metres AS stockMetres FROM sku_batches WHERE sku_id = ? ORDER BY batch DESC');
  return prepared<Omit<ProductSku, 'batches'> & { id: string }>(
    db,
    // ULIDs of one import rise, so this is the shop's own order
    'SELECT id, external_id AS externalId, colour, size, price_fen AS priceFen, stock_count AS stockCount FROM skus WHERE product_id = ? ORDER BY id',
  ).all(productId).map(({ id, ...sku }) => ({ ...sku, batches: batches.all(id) }));
}

function listPromotionsOf(db: ReadableDb, { externalId, category }: Pick<Product, 'externalId' | 'category'>): Promotion[] {
  return prepared<Promotion & { appliesTo: string | null }>(
    db,
    `SELECT external_id AS externalId, title, kind, rule, terms, starts_at AS startsAt, ends_at AS endsAt, applies_to AS appliesTo FROM promotions ORDER BY starts_at DESC, external_id`,
  ).all()
    .filter(({ appliesTo }) => appliesTo === null || appliesTo.split('\n').some((name) => name === externalId || name === category))
    .slice(0, MOST_PROMOTIONS)
    .map(({ externalId: number, title, kind, rule, terms, startsAt, endsAt }) => ({ externalId: number, title, kind, rule, terms, startsAt, endsAt }));
}
