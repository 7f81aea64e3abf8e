import type { Product, ProductPrice, ProductSku, SkuBatch } from '../../../shared/contract/catalogue.contract.ts';

/** SKUs as a table: one row a colour, one column a size, both in the shop's order; a cell is null where there is no such SKU. */
export type StockTable = { sizes: readonly (string | null)[]; rows: readonly { colour: string | null; cells: readonly (ProductSku | null)[] }[] };

export function stockTable(skus: readonly ProductSku[]): StockTable {
  const sizes = [...new Set(skus.map(({ size }) => size))];
  const colours = [...new Set(skus.map(({ colour }) => colour))];
  return { sizes, rows: colours.map((colour) => ({ colour, cells: sizes.map((size) => skus.find((sku) => sku.colour === colour && sku.size === size) ?? null) })) };
}

export type ColourBatch = SkuBatch & { colour: string | null };

/** A lot of fabric is cut into every size of its colour: each is shown once, newest batch first. */
export function colourBatches(skus: readonly ProductSku[]): ColourBatch[] {
  const byKey = new Map<string, ColourBatch>();
  for (const { colour, batches } of skus) for (const batch of batches) byKey.set(JSON.stringify([colour, batch.batch, batch.fabricLot]), { ...batch, colour });
  return [...byKey.values()].toSorted((a, b) => b.batch.localeCompare(a.batch, 'en'));
}

/** Prices of the whole product that have begun, oldest first. */
export function pricesSoFar(prices: readonly ProductPrice[], nowMs: number): ProductPrice[] {
  return prices.filter(({ skuExternalId, fromAt }) => skuExternalId === null && fromAt <= nowMs);
}

export type PriceSteps = { points: string; lowFen: number; highFen: number; marks: readonly { x: number; y: number }[] };

/**
 * The prices as steps in a box of `width` × `height` px; `points` for a polyline, `marks` where a campaign's price begins.
 * Null when there are fewer than two prices: a line says nothing then.
 */
export function priceSteps(prices: readonly ProductPrice[], nowMs: number, width: number, height: number): PriceSteps | null {
  const shown = pricesSoFar(prices, nowMs);
  const first = shown[0];
  if (first === undefined || shown.length < 2) return null;
  const fens = shown.map(({ priceFen }) => priceFen);
  const [lowFen, highFen] = [Math.min(...fens), Math.max(...fens)];
  const spanMs = Math.max(1, nowMs - first.fromAt);
  const x = (at: number): number => Math.round(((Math.min(at, nowMs) - first.fromAt) / spanMs) * width * 10) / 10;
  const y = (fen: number): number => (highFen === lowFen ? height / 2 : Math.round((1 - (fen - lowFen) / (highFen - lowFen)) * height * 10) / 10);
  const points = shown.flatMap(({ fromAt, priceFen }, index) => [`${x(fromAt)},${y(priceFen)}`, `${x(shown[index + 1]?.fromAt ?? nowMs)},${y(priceFen)}`]);
  return { points: points.join(' '), lowFen, highFen, marks: shown.filter(({ promo }) => promo !== null).map(({ fromAt, priceFen }) => ({ x: x(fromAt), y: y(priceFen) })) };
}

export type PromotionState = 'running' | 'coming' | 'over';

export function promotionState({ startsAt, endsAt }: Product['promotions'][number], nowMs: number): PromotionState {
  if (endsAt !== null && endsAt <= nowMs) return 'over';
  return startsAt !== null && startsAt > nowMs ? 'coming' : 'running';
}
