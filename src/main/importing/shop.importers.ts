import { macroProblem } from '../assist/macro-text.ts';
import { upsertProduct, upsertPromotion, type NewSku } from '../catalogue/catalogue.repository.ts';
import type { ProductFacts } from '../catalogue/product-facts.repository.ts';
import { upsertAfterSale } from '../customers/after-sale.repository.ts';
import { upsertOrder, type NewOrderItem } from '../customers/order.repository.ts';
import { upsertReview } from '../customers/review.repository.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';
import type { ImportKind } from '../../shared/contract/import.contract.ts';
import { upsertMacro } from '../knowledge/macro.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import { detectLanguage } from '../text/language.ts';
import { maskPiiValue } from '../text/pii.ts';
import { contentKey } from './content-key.ts';
import type { FieldTable } from './field-table.ts';
import type { ImportEnv, Importer } from './importer.ts';
import type { NestedRows } from './json-cells.ts';
import { MACRO_FIELDS, type MacroRow } from './knowledge.fields.ts';
import { AFTER_SALE_FIELDS, ORDER_FIELDS, PRODUCT_FIELDS, PROMOTION_FIELDS, REVIEW_FIELDS, type AfterSaleRow, type OrderRow, type ProductRow, type ReviewRow } from './shop.fields.ts';
import { tableRecords, type RecordRules } from './table-records.ts';
import { cellContext, mappedRows } from './table-source.ts';

/** An importer of a plain table: its rules may depend on the store it writes to. */
function tableImporter<Table extends FieldTable>(kind: ImportKind, rulesFor: (env: ImportEnv) => RecordRules<Table>, nested?: NestedRows): Importer {
  return (file, env) => {
    const rows = mappedRows(file, { kind, mapping: env.options.mapping, sheet: env.options.sheet, nested });
    return tableRecords(rows, rulesFor(env), cellContext(env.options));
  };
}

export const importOrders = tableImporter(
  'orders',
  (env): RecordRules<typeof ORDER_FIELDS> => ({
    table: ORDER_FIELDS, noun: 'order', keyOf: (row) => row.order_id, groupField: 'order_id', sameFields: ['customer_id', 'paid_at', 'amount'],
    write: (rows) => writeOrder(env, rows),
  }),
  { key: 'items', prefix: 'item_' },
);

/** Lists and objects of a product in JSON lines that one field reads as a whole. */
const PRODUCT_LISTS = ['specs', 'specs_en', 'specsEn', 'size_chart', 'sizeChart', 'sizes', 'price_history', 'priceHistory', 'prices'];

export const importProducts = tableImporter(
  'products',
  (env): RecordRules<typeof PRODUCT_FIELDS> => ({
    table: PRODUCT_FIELDS, noun: 'product', keyOf: (row) => row.product_id, groupField: 'product_id', sameFields: ['title'],
    write: (rows) => writeProduct(env, rows),
  }),
  { key: 'skus', prefix: 'sku_', inner: { key: 'batches', prefix: '' }, textCells: PRODUCT_LISTS },
);

export const importPromotions = tableImporter('promotions', ({ db, ctx }): RecordRules<typeof PROMOTION_FIELDS> => ({
  table: PROMOTION_FIELDS, noun: 'promotion', keyOf: (row) => row.promotion_id,
  write: ([row]) => written(row, ({ promotion_id: externalId, title, kind, rule, terms, applies_to: appliesTo, starts_at: startsAt, ends_at: endsAt }) => {
    if (startsAt !== null && endsAt !== null && endsAt < startsAt) throw new DeskmateError('bad_request', 'ends_at: the promotion ends before it starts.');
    return upsertPromotion(db, ctx, { externalId, title, kind, rule, terms, appliesTo, startsAt, endsAt });
  }),
}));

export const importAfterSales = tableImporter('after-sales', (env): RecordRules<typeof AFTER_SALE_FIELDS> => ({
  table: AFTER_SALE_FIELDS, noun: 'after-sale case', keyOf: (row) => row.case_id,
  write: ([row]) => written(row, (each) => writeAfterSale(env, each)),
}));

export const importReviews = tableImporter('reviews', (env): RecordRules<typeof REVIEW_FIELDS> => ({
  table: REVIEW_FIELDS, noun: 'review', keyOf: reviewKey,
  write: ([row]) => written(row, (each) => writeReview(env, each)),
}));

export const importMacros = tableImporter('macros', ({ db, ctx }): RecordRules<typeof MACRO_FIELDS> => ({
  table: MACRO_FIELDS, noun: 'macro', keyOf: (row) => row.code,
  write: ([row]) => written(row, ({ code, title, text }: MacroRow) => {
    const problem = macroProblem(text);
    if (problem !== null) throw new DeskmateError('bad_request', `text: this is not a template that can be filled in (${problem}).`);
    return upsertMacro(db, ctx, { code, title: title ?? code, text, language: detectLanguage(text) });
  }),
}));

function written<Row>(row: Row | undefined, write: (row: Row) => UpsertOutcome): UpsertOutcome {
  if (row === undefined) throw new DeskmateError('internal', 'A record without rows.');
  return write(row);
}

/** The first value that a column has in the rows of one record. */
function firstOf<Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name] | null {
  return rows.find((row) => row[name] !== null)?.[name] ?? null;
}

function writeOrder({ db, ctx }: ImportEnv, rows: readonly OrderRow[]): UpsertOutcome {
  return written(rows[0], (first) => {
    const address = firstOf(rows, 'address');
    return upsertOrder(db, ctx, {
      externalId: first.order_id, customerExternalId: first.customer_id, customerName: firstOf(rows, 'customer_name') ?? undefined, platformTier: firstOf(rows, 'platform_tier'),
      paidAt: first.paid_at, paidFen: first.amount, status: firstOf(rows, 'status'), promo: firstOf(rows, 'promo'), promisedShipAt: firstOf(rows, 'promised_ship_at'),
      waybill: firstOf(rows, 'waybill'), carrier: firstOf(rows, 'carrier'), addressMasked: address === null ? null : maskPiiValue('address', address.trim()),
      items: rows.flatMap(itemOf),
    });
  });
}

/** A row without any item column says something of the order only. */
function itemOf(row: OrderRow): NewOrderItem[] {
  if (row.item_title === null && row.item_sku === null) return [];
  return [{
    title: row.item_title ?? row.item_sku ?? '', skuExternalId: row.item_sku, size: row.item_size, colour: row.item_colour, batch: row.item_batch,
    priceFen: row.item_price, quantity: row.item_quantity ?? 1,
  }];
}

function writeProduct({ db, ctx }: ImportEnv, rows: readonly ProductRow[]): UpsertOutcome {
  return written(rows[0], (first) => {
    const hasSkus = rows.some((row) => row.sku_id !== null);
    return upsertProduct(db, ctx, {
      externalId: first.product_id, title: first.title, category: firstOf(rows, 'category'), brand: firstOf(rows, 'brand'),
      description: firstOf(rows, 'description'), priceFen: firstOf(rows, 'price'), titleEn: firstOf(rows, 'title_en'), ...(hasSkus ? { skus: skusOf(rows) } : {}), ...factsOf(rows),
    });
  });
}

/** Only the lists that the file has; what it does not mention stays as it is stored. */
function factsOf(rows: readonly ProductRow[]): ProductFacts {
  const [specs, specsEn, sizes, prices] = [firstOf(rows, 'specs'), firstOf(rows, 'specs_en'), firstOf(rows, 'size_chart'), firstOf(rows, 'price_history')];
  return { ...(specs && { specs }), ...(specsEn && { specsEn }), ...(sizes && { sizes }), ...(prices && { prices }) };
}

function skusOf(rows: readonly ProductRow[]): NewSku[] {
  const byId = new Map<string, ProductRow[]>();
  let lastId: string | null = null;
  for (const row of rows) {
    const id: string | null = row.sku_id ?? lastId;
    if (id === null) continue;
    byId.set(id, [...(byId.get(id) ?? []), row]);
    lastId = id;
  }
  return [...byId].map(([externalId, own]) => ({
    externalId, colour: firstOf(own, 'sku_colour'), size: firstOf(own, 'sku_size'), priceFen: firstOf(own, 'sku_price'), stockCount: firstOf(own, 'sku_stock'),
    batches: [...new Map(own.flatMap((row): [string, ProductRow][] => (row.batch === null ? [] : [[row.batch, row]])))].map(([batch, row]) => ({
      batch, fabricLot: row.fabric_lot, supplier: row.supplier, colourCode: row.colour_code, stockMetres: row.stock_metres,
    })),
  }));
}

function writeAfterSale({ db, ctx }: ImportEnv, row: AfterSaleRow): UpsertOutcome {
  if (row.opened_at !== null && row.closed_at !== null && row.closed_at < row.opened_at) throw new DeskmateError('bad_request', 'closed_at: the case closes before it opens.');
  return upsertAfterSale(db, ctx, {
    externalId: row.case_id, customerExternalId: row.customer_id, orderExternalId: row.order_id, type: row.type, stage: row.stage, reason: row.reason,
    amountFen: row.amount, costFen: row.cost, outcome: row.outcome, openedAt: row.opened_at, closedAt: row.closed_at,
  });
}

/** Reviews without an id are known by what they say and of whom and which order. */
function reviewKey(row: ReviewRow): string {
  return row.review_id ?? contentKey(row.customer_id, row.order_id, row.reviewed_at, row.text);
}

function writeReview({ db, ctx }: ImportEnv, row: ReviewRow): UpsertOutcome {
  return upsertReview(db, ctx, { externalId: reviewKey(row), customerExternalId: row.customer_id, orderExternalId: row.order_id, score: row.score, text: row.text, reviewedAt: row.reviewed_at });
}
