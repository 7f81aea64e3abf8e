import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listByWords } from '../search/short-text-index.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { numberKey, numberKeySql } from '../text/number-key.ts';

/** `number` is the SKU's when a SKU number was asked for, else the product's. `match` 0: the whole number, 1: its beginning or the words side by side, 2: the words. */
export type ProductFound = { id: string; number: string; title: string; titleEn: string | null; category: string | null; priceFen: number | null; stockCount: number | null; match: 0 | 1 | 2 };

const MOST_RANKED = 300;
/** A beginning that is shorter names half the catalogue. */
const SHORTEST_START = 3;
const LAST_CHARACTER = '\u{10FFFF}';

type NumberRow = { id: string; number: string; match: 0 | 1 };
type ProductRow = { id: string; externalId: string; title: string; titleEn: string | null; category: string | null; priceFen: number | null; stockCount: number | null };

const KEY = numberKeySql('external_id');
const SELECT_NUMBERS = `SELECT id, external_id AS number, ${KEY} <> @key AS match FROM products WHERE ${KEY} = @key OR (@isStart AND ${KEY} >= @key AND ${KEY} < @after)
  UNION ALL SELECT product_id, external_id, ${KEY} <> @key FROM skus WHERE ${KEY} = @key OR (@isStart AND ${KEY} >= @key AND ${KEY} < @after)
  ORDER BY match, number LIMIT ${MOST_RANKED}`;
const SELECT_PRODUCTS = `SELECT p.id, p.external_id AS externalId, p.title, p.title_en AS titleEn, p.category,
    coalesce((SELECT price_fen FROM product_prices WHERE product_id = p.id AND sku_external_id IS NULL AND from_at <= @nowMs AND (to_at IS NULL OR to_at > @nowMs) ORDER BY ord DESC LIMIT 1), p.price_fen) AS priceFen,
    (SELECT sum(stock_count) FROM skus WHERE product_id = p.id) AS stockCount
  FROM products p WHERE p.id IN (SELECT value FROM json_each(@ids))`;

/** Products by number, or that of one of their SKUs, and by the words of title, category, brand and colours. `numbers` as `numbersIn` gives them. */
export function lookUpProducts(db: ReadableDb, text: string, numbers: readonly string[], nowMs: number, limit: number): { rows: ProductFound[]; total: number; isAtLeast: boolean } {
  const byNumber = new Map<string, NumberRow>();
  for (const key of numbers) {
    const rows = prepared<NumberRow>(db, SELECT_NUMBERS).all({ key, isStart: key.length >= SHORTEST_START ? 1 : 0, after: key + LAST_CHARACTER });
    for (const row of rows) if (!byNumber.has(row.id)) byNumber.set(row.id, row);
  }
  const byWords = listByWords(db, 'product', text, MOST_RANKED);
  const wanted = normaliseForMatch(text);
  const rows = prepared<ProductRow>(db, SELECT_PRODUCTS).all({ ids: JSON.stringify([...new Set([...byNumber.keys(), ...byWords])]), nowMs }).map((row): ProductFound => {
    const { externalId, ...product } = row;
    const found = byNumber.get(row.id);
    return { ...product, number: found?.number ?? externalId, match: found?.match ?? wordMatch(row, wanted) };
  });
  rows.sort((a, b) => a.match - b.match || a.title.localeCompare(b.title, 'zh') || (a.id < b.id ? -1 : 1));
  return { rows: rows.slice(0, limit), total: rows.length, isAtLeast: byWords.length === MOST_RANKED };
}

function wordMatch({ title, titleEn, externalId }: ProductRow, wanted: string): 0 | 1 | 2 {
  if (numberKey(externalId) === numberKey(wanted)) return 0;
  return [title, titleEn ?? ''].some((name) => normaliseForMatch(name).includes(wanted)) ? 1 : 2;
}
