import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProductPrice, ProductSku } from '../../../shared/contract/catalogue.contract.ts';
import { colourBatches, priceSteps, pricesSoFar, promotionState, stockTable } from './product-figures.ts';

const sku = (colour: string | null, size: string | null, batches: string[] = []): ProductSku => ({
  externalId: `${colour}-${size}`, colour, size, priceFen: null, stockCount: 1, batches: batches.map((batch) => ({ batch, fabricLot: `F-${colour}-${batch}`, supplier: null, colourCode: null, stockMetres: 1 })),
});
const price = (priceFen: number, fromAt: number, toAt: number | null = null, promo: string | null = null): ProductPrice => ({ skuExternalId: null, priceFen, fromAt, toAt, promo });

test('SKUs make a table with holes where there is none', () => {
  const [blackM, blackL, redL] = [sku('黑', 'M'), sku('黑', 'L'), sku('红', 'L')];
  expect(stockTable([blackM, blackL, redL])).toEqual({ sizes: ['M', 'L'], rows: [{ colour: '黑', cells: [blackM, blackL] }, { colour: '红', cells: [null, redL] }] });
  expect(stockTable([sku(null, null)])).toEqual({ sizes: [null], rows: [{ colour: null, cells: [sku(null, null)] }] });
});

test('a lot cut into many sizes is one row, newest first', () => {
  const rows = colourBatches([sku('黑', 'M', ['B2303', 'B2409']), sku('黑', 'L', ['B2409']), sku('红', 'M', ['B2409'])]);
  expect(rows.map(({ batch, colour }) => [batch, colour])).toEqual([['B2409', '黑'], ['B2409', '红'], ['B2303', '黑']]);
});

describe('price steps', () => {
  test('go from price to price, and end now', () => {
    expect(priceSteps([price(200, 0, 50), price(100, 50, 75, '618'), price(200, 75)], 100, 100, 40)).toEqual({
      points: '0,0 50,0 50,40 75,40 75,0 100,0', lowFen: 100, highFen: 200, marks: [{ x: 50, y: 40 }],
    });
  });

  test('what has not begun, and prices of one SKU, are left out; one price is no line', () => {
    const prices = [price(200, 0, 500), price(100, 500), { ...price(5, 10), skuExternalId: 'x' }];
    expect([pricesSoFar(prices, 100), priceSteps(prices, 100, 100, 40)]).toEqual([[price(200, 0, 500)], null]);
  });

  test('stay inside their box', () => {
    const steps = fc.uniqueArray(fc.nat(1000), { minLength: 2, maxLength: 12 }).chain((starts) => fc.tuple(...starts.toSorted((a, b) => a - b).map((at) => fc.nat(9999).map((fen) => price(fen, at)))));
    fc.assert(fc.property(steps, (prices) => {
      const line = priceSteps(prices, 1001, 300, 60);
      for (const point of (line?.points ?? '').split(' ')) {
        const [x = -1, y = -1] = point.split(',').map(Number);
        expect(x >= 0 && x <= 300 && y >= 0 && y <= 60).toBe(true);
      }
    }));
  });
});

test.each([[null, null, 'running'], [5, null, 'running'], [11, null, 'coming'], [1, 10, 'over'], [1, 11, 'running']] as const)('a promotion from %s to %s is %s', (startsAt, endsAt, state) => {
  expect(promotionState({ externalId: 'x', title: 'x', kind: null, rule: null, terms: null, startsAt, endsAt }, 10)).toBe(state);
});
