import type { Migration } from '../migrate.ts';

/** Lists that hang below a product are replaced as a whole by an import, so they are keyed by their place. Lengths in cm, weights in kg. */
const PRODUCT_FACTS = `
ALTER TABLE products ADD COLUMN title_en TEXT;
CREATE TABLE product_specs (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE, language TEXT NOT NULL CHECK (language IN ('','en')), ord INTEGER NOT NULL,
  name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (product_id, language, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE product_sizes (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE, ord INTEGER NOT NULL, size TEXT NOT NULL, measures TEXT NOT NULL,
  height_min_cm REAL, height_max_cm REAL, weight_min_kg REAL, weight_max_kg REAL, chest_min_cm REAL, chest_max_cm REAL, PRIMARY KEY (product_id, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE product_prices (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE, ord INTEGER NOT NULL, sku_external_id TEXT, price_fen INTEGER NOT NULL,
  from_at INTEGER NOT NULL, to_at INTEGER, promo TEXT, PRIMARY KEY (product_id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_items_by_sku ON order_items (sku_external_id) WHERE sku_external_id IS NOT NULL;
`;

/** `applies_to`: product numbers and categories, one a line; null means the whole shop. */
const PROMOTION_TERMS = `
ALTER TABLE promotions ADD COLUMN terms TEXT;
ALTER TABLE promotions ADD COLUMN applies_to TEXT;
`;

export const growCatalogue: Migration = {
  version: 11,
  name: 'grow-catalogue',
  up(db) {
    for (const sql of [PRODUCT_FACTS, PROMOTION_TERMS]) db.exec(sql);
  },
};
