import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesField, priceHistoryField, sizeChartField, specsField } from './product-cells.ts';

const china = { zoneOffsetMinutes: 480 };
const declared = { isRequired: false, aliases: [] } as const;
const [specs, sizes, prices, names] = [specsField(declared), sizeChartField(declared), priceHistoryField(declared), namesField(declared)];

describe('specs', () => {
  test.each([
    ['面料=三层复合; 重量: 465 g；标语=a=b', [['面料', '三层复合'], ['重量', '465 g'], ['标语', 'a=b']]],
    ['{"面料":"三层复合","重量 g":465,"防水":true}', [['面料', '三层复合'], ['重量 g', '465'], ['防水', 'true']]],
    ['{}', []],
  ])('%s', (cell, expected) => {
    expect(specs.parse(cell, china)).toEqual({ ok: true, value: expected.map(([name, value]) => ({ name, value })) });
  });

  test.each(['nothing', '=x', 'a=', '{"a":[1]}', `{"a":"${'x'.repeat(2001)}"}`, '{"a":'])('%s is refused', (cell) => {
    expect(specs.parse(cell, china)).toMatchObject({ ok: false });
  });

  test('pairs come back as they were', () => {
    const word = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replaceAll(/[;；=＝:：\n{[]/g, 'x').trim()).filter((text) => text !== '');
    fc.assert(fc.property(fc.array(fc.record({ name: word, value: word }), { minLength: 1, maxLength: 20 }), (pairs) => {
      expect(specs.parse(pairs.map(({ name, value }) => `${name}=${value}`).join('; '), china)).toEqual({ ok: true, value: pairs });
    }));
  });
});

describe('size charts', () => {
  const medium = { size: 'M', measures: [{ name: '衣长', cm: 70 }, { name: '胸围', cm: 112.5 }], heightCm: { min: 165, max: 172 }, weightKg: { min: 55, max: 65 }, chestCm: null };
  test.each([
    ['M: 衣长=70, 胸围=112.5, height=165-172, weight=55～65 kg', [medium]],
    ['M：衣长=70，胸围=112.5 cm，身高=165-172，体重=55-65; 39: 脚长=24.5', [medium, { size: '39', measures: [{ name: '脚长', cm: 24.5 }], heightCm: null, weightKg: null, chestCm: null }]],
    ['[{"size":"M","measures":{"衣长":70,"胸围":112.5},"height":[165,172],"weight":"55-65"}]', [medium]],
    ['[{"size":36}]', [{ size: '36', measures: [], heightCm: null, weightKg: null, chestCm: null }]],
  ])('%s', (cell, expected) => {
    expect(sizes.parse(cell, china)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['M', 'Entry 1: this is not a size such as M: 衣长=70, height=165-172.'],
    ['M: 衣长=70-80', 'Entry 1: 衣长 is one length in cm; only height, weight and chest are from-to.'],
    ['M: 衣长=70; L: height=180-170', 'Entry 2: height must be a length in cm, or from-to for a body.'],
    ['M: 衣长=70; M: 衣长=71', 'One size is there twice.'],
    ['[{"size":"M","measures":{"衣长":"long"}}]', 'Entry 1: 衣长 must be a length in cm, or from-to for a body.'],
    ['[3]', 'Entry 1: this is not a size such as M: 衣长=70, height=165-172.'],
  ])('%s is refused', (cell, sentence) => {
    expect(sizes.parse(cell, china)).toEqual({ ok: false, sentence });
  });
});

describe('price histories', () => {
  const [start, end] = [Date.UTC(2025, 4, 27, 16), Date.UTC(2025, 5, 20, 16)];
  test.each([
    ['2025-05-28~2025-06-21 899 618 大促; 2025-06-21~ ¥1,099.50', [[899_00, start, end, '618 大促', null], [109_950, end, null, null, null]]],
    [`[{"from":"2025-05-28","to":"2025-06-21","price":899,"promo":"618","sku":"P-M"},{"from":${end},"price":"1099.5"}]`, [[899_00, start, end, '618', 'P-M'], [109_950, end, null, null, null]]],
  ])('%s', (cell, expected) => {
    expect(prices.parse(cell, china)).toEqual({ ok: true, value: expected.map(([priceFen, fromAt, toAt, promo, skuExternalId]) => ({ skuExternalId, priceFen, fromAt, toAt, promo })) });
  });

  test.each([
    ['899', 'Entry 1: this is not a price such as 2025-05-28~2025-06-21 899 618.'],
    ['2025-06-21~2025-05-28 899', 'Entry 1: the price ends before it begins.'],
    ['2025-02-30~ 899', expect.stringMatching(/^Entry 1: /) as string],
    ['2025-05-28~ 8.999', expect.stringMatching(/^Entry 1: This is not an amount/) as string],
    ['2025-05-28~ -5', 'Entry 1: dates before 1970 and negative prices are not kept.'],
    ['2025-05-28~ 899; 2025-05-28~ 900', 'Two prices begin at the same time.'],
  ])('%s is refused', (cell, sentence) => {
    expect(prices.parse(cell, china)).toEqual({ ok: false, sentence });
  });
});

test('names are told apart by semicolons, commas and line ends', () => {
  expect(names.parse('冲锋衣; P1，P2、P1\n', china)).toEqual({ ok: true, value: ['冲锋衣', 'P1', 'P2'] });
  expect(names.parse('x'.repeat(101), china)).toMatchObject({ ok: false });
});

test('no cell makes a field throw, and one over the limit is refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (cell) => {
    for (const field of [specs, sizes, prices, names]) expect(typeof field.parse(cell, china).ok).toBe('boolean');
  }));
  expect(specs.parse(Array.from({ length: 201 }, (_, index) => `a${index}=1`).join(';'), china)).toEqual({ ok: false, sentence: 'There are more than 200 entries.' });
});
