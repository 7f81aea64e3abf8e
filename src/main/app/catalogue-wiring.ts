import { getProduct, listCategories, listProducts, type ProductQuery } from '../catalogue/product.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import type { Clock } from '../platform/clock.ts';

/** The shop's products for the page; prices are those of the clock's now. */
export function createCatalogueService({ db, clock }: { db: ReadableDb; clock: Clock }) {
  return {
    list: (query: Omit<ProductQuery, 'nowMs'>) => ({ ...listProducts(db, { ...query, nowMs: clock.nowMs() }), categories: listCategories(db) }),
    /** @throws DeskmateError not_found */
    product: (idOrNumber: string) => getProduct(db, idOrNumber, clock.nowMs()),
  };
}
