import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { ProductPrice, ProductSize, ProductSpec } from '../../shared/contract/catalogue.contract.ts';

/** Lists below a product. One that is left out stays as it is stored; one that is given replaces it as a whole. */
export type ProductFacts = { specs?: readonly ProductSpec[]; specsEn?: readonly ProductSpec[]; sizes?: readonly ProductSize[]; prices?: readonly ProductPrice[] };

type SizeRow = { size: string; measures: string; heightMin: number | null; heightMax: number | null; weightMin: number | null; weightMax: number | null; chestMin: number | null; chestMax: number | null };

/** In the order of the import. `language` is '' for the shop's own. */
export function listSpecs(db: ReadableDb, productId: string, language: '' | 'en'): ProductSpec[] {
  return prepared<ProductSpec>(db, 'SELECT name, value FROM product_specs WHERE product_id = ? AND language = ? ORDER BY ord').all(productId, language);
}

/** In the order of the import, smallest size first as shops write them. */
export function listSizes(db: ReadableDb, productId: string): ProductSize[] {
  return prepared<SizeRow>(
    db,
    `SELECT size, measures, height_min_cm AS heightMin, height_max_cm AS heightMax, weight_min_kg AS weightMin, weight_max_kg AS weightMax, chest_min_cm AS chestMin, chest_max_cm AS chestMax
     FROM product_sizes WHERE product_id = ? ORDER BY ord`,
  ).all(productId).map(rowToSize);
}

function rowToSize({ size, measures, ...body }: SizeRow): ProductSize {
  return {
    size, measures: JSON.parse(measures) as ProductSize['measures'],
    heightCm: rangeOf(body.heightMin, body.heightMax), weightKg: rangeOf(body.weightMin, body.weightMax), chestCm: rangeOf(body.chestMin, body.chestMax),
  };
}

function rangeOf(min: number | null, max: number | null): ProductSize['heightCm'] {
  return min === null || max === null ? null : { min, max };
}

/** Oldest first; `toAt` null is open. */
export function listPrices(db: ReadableDb, productId: string): ProductPrice[] {
  return prepared<ProductPrice>(
    db,
    'SELECT sku_external_id AS skuExternalId, price_fen AS priceFen, from_at AS fromAt, to_at AS toAt, promo FROM product_prices WHERE product_id = ? ORDER BY ord',
  ).all(productId);
}

/** Writes the lists that were given and differ from what is stored; returns whether any did. The caller owns the transaction. */
export function replaceFacts(db: WritableDb, productId: string, { specs, specsEn, sizes, prices }: ProductFacts): boolean {
  return [
    specs !== undefined && replaceSpecs(db, productId, '', specs),
    specsEn !== undefined && replaceSpecs(db, productId, 'en', specsEn),
    sizes !== undefined && replaceSizes(db, productId, sizes),
    prices !== undefined && replacePrices(db, productId, prices),
  ].includes(true);
}

function replaceSpecs(db: WritableDb, productId: string, language: '' | 'en', specs: readonly ProductSpec[]): boolean {
  if (isSame(listSpecs(db, productId, language), specs)) return false;
  prepared(db, 'DELETE FROM product_specs WHERE product_id = ? AND language = ?').run(productId, language);
  const insert = prepared(db, 'INSERT INTO product_specs (product_id, language, ord, name, value) VALUES (?, ?, ?, ?, ?)');
  for (const [ord, { name, value }] of specs.entries()) insert.run(productId, language, ord, name, value);
  return true;
}

function replaceSizes(db: WritableDb, productId: string, sizes: readonly ProductSize[]): boolean {
  if (isSame(listSizes(db, productId), sizes)) return false;
  prepared(db, 'DELETE FROM product_sizes WHERE product_id = ?').run(productId);
  const insert = prepared(
    db,
    `INSERT INTO product_sizes (product_id, ord, size, measures, height_min_cm, height_max_cm, weight_min_kg, weight_max_kg, chest_min_cm, chest_max_cm)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [ord, { size, measures, heightCm, weightKg, chestCm }] of sizes.entries()) {
    insert.run(productId, ord, size, JSON.stringify(measures), ...[heightCm, weightKg, chestCm].flatMap((range) => [range?.min ?? null, range?.max ?? null]));
  }
  return true;
}

function replacePrices(db: WritableDb, productId: string, prices: readonly ProductPrice[]): boolean {
  const sorted = prices.toSorted((a, b) => a.fromAt - b.fromAt || (a.skuExternalId ?? '').localeCompare(b.skuExternalId ?? '', 'en'));
  if (isSame(listPrices(db, productId), sorted)) return false;
  prepared(db, 'DELETE FROM product_prices WHERE product_id = ?').run(productId);
  const insert = prepared(db, 'INSERT INTO product_prices (product_id, ord, sku_external_id, price_fen, from_at, to_at, promo) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const [ord, { skuExternalId, priceFen, fromAt, toAt, promo }] of sorted.entries()) insert.run(productId, ord, skuExternalId, priceFen, fromAt, toAt, promo);
  return true;
}

/** Lists of the same shape: made by this file and by the importer with their keys in one order. */
function isSame<Row>(stored: readonly Row[], given: readonly Row[]): boolean {
  return JSON.stringify(stored) === JSON.stringify(given);
}
