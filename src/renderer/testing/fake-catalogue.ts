import { ORPCError } from '@orpc/server';
import { productSchema, type Product, type ProductSort } from '../../shared/contract/catalogue.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

const DAY = 86_400_000;
const daysAgo = (days: number): number => SAMPLE_NOW - days * DAY;

const CHEST = [90, 96, 102];
const LENGTHS = [72, 74, 76];

/** A jacket with everything, and plain goods beside it. */
export function sampleProducts(): Product[] {
  const batches = [
    { batch: 'B2603-02', fabricLot: 'F-311', supplier: '云织新材', colourCode: 'S-1804', stockMetres: 126.5 },
    { batch: 'B2311-07', fabricLot: 'F-204', supplier: '云织新材', colourCode: 'S-1804', stockMetres: 3.2 },
    { batch: 'B2308-01', fabricLot: 'F-180', supplier: null, colourCode: 'S-1804', stockMetres: 0 },
  ];
  const jacket = {
    ...base(1, 'YJ01M', '云脊 Ridge Pro 三层硬壳冲锋衣 男款', '硬壳冲锋衣', 189_900, 166_900, 41, 132), titleEn: "Ridge Pro 3L hardshell jacket, men's",
    specs: [{ name: '面料', value: '40D 三层复合尼龙' }, { name: '防水指数', value: '20,000 mm' }, { name: '洗护', value: '30℃ 轻柔机洗，不加柔顺剂，低温烘干恢复拒水' }],
    specsEn: [{ name: 'Fabric', value: '40D 3-layer nylon' }, { name: 'Waterproof rating', value: '20,000 mm' }, { name: 'Care', value: 'Gentle wash at 30 °C, no softener, tumble dry low' }],
    sizes: ['M', 'L', 'XL'].map((size, index) => ({
      size, measures: [{ name: '衣长', cm: LENGTHS[index] ?? 0 }, { name: '胸围', cm: (CHEST[index] ?? 0) + 26 }], heightCm: { min: 165 + index * 5, max: 173 + index * 5 }, weightKg: { min: 58 + index * 8, max: 68 + index * 9 }, chestCm: { min: CHEST[index] ?? 0, max: (CHEST[index] ?? 0) + 6 },
    })),
    prices: [
      [189_900, 900, 520, null], [166_900, 520, 498, '618 大促 2025'], [189_900, 498, 390, null], [166_900, 390, 368, '双11 2025'], [189_900, 368, 5, null], [166_900, 5, -20, '双11 2026'], [189_900, -20, null, null],
    ].map(([priceFen, from, to, promo]) => ({ skuExternalId: null, priceFen, fromAt: daysAgo(Number(from)), toAt: to === null ? null : daysAgo(Number(to)), promo })),
    skus: ['岩灰', '松绿'].flatMap((colour, row) => ['M', 'L', 'XL'].map((size, index) => ({ externalId: `YJ01M-${row}-${size}`, colour, size, priceFen: null, stockCount: [12, 0, 9, 4, 16, null][row * 3 + index] ?? null, batches: row === 0 ? batches : batches.slice(0, 1) }))),
    promotions: [
      { externalId: 'PD11-2026', title: '双11', kind: '大促', rule: '每满 300 减 50，最多减 250。', terms: '价保 30 天，不含优惠券、赠品和直播价。\nPrice protection 30 days.', startsAt: daysAgo(5), endsAt: daysAgo(-20) },
      { externalId: 'P618-2026', title: '618 大促', kind: '大促', rule: '每满 300 减 50。', terms: null, startsAt: daysAgo(180), endsAt: daysAgo(154) },
    ],
  };
  const plain = [
    base(2, 'LM02W', '岚 Mist 轻风软壳衣 女款', '软壳衣', 45_900, 45_900, 88, 64), base(3, 'SJ03M', '石径 Trail 防水高帮徒步鞋 男款', '徒步鞋', 109_900, 96_900, 0, 51),
    base(4, 'YH03U', '萤 Firefly 600 流明头灯', '头灯营灯', 22_900, 22_900, 140, 203), base(5, 'SP13U', '绳 Line 面料修补贴', '配件', null, null, null, 12),
  ];
  return [jacket, ...plain].map((product) => productSchema.parse(product));
}

function base(number: number, externalId: string, title: string, category: string, priceFen: number | null, currentPriceFen: number | null, stockCount: number | null, soldCount: number) {
  const none: never[] = [];
  return { id: sampleId('D', number), externalId, title, titleEn: null, category, brand: '山屿户外', description: null, priceFen, currentPriceFen, skuCount: 1, stockCount, soldCount, specs: none, specsEn: none, sizes: none, prices: none, skus: none, promotions: none };
}

const KEYS: Record<ProductSort, (product: Product) => number | string | null> = { title: ({ title }) => title, price: ({ currentPriceFen }) => currentPriceFen, stock: ({ stockCount }) => stockCount, sold: ({ soldCount }) => soldCount };

function compared(sort: ProductSort, isDescending: boolean): (a: Product, b: Product) => number {
  return (a, b) => {
    const [first, second] = [KEYS[sort](a), KEYS[sort](b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    const order = first < second ? -1 : first > second ? 1 : 0;
    return isDescending ? -order : order;
  };
}

export function fakeCatalogueHandlers(os: Pick<FakeOs, 'catalogue'>, products: readonly Product[]) {
  return {
    catalogue: {
      list: os.catalogue.list.handler(({ input: { query = '', category, sort, isDescending, limit, offset } }) => {
        const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
        const found = products.filter((product) => (category === undefined || product.category === category) && words.every((word) => JSON.stringify([product.title, product.titleEn, product.externalId, product.category]).toLowerCase().includes(word)));
        const names = [...new Set(products.flatMap((product) => product.category ?? []))].toSorted();
        return {
          products: found.toSorted(compared(sort, isDescending)).slice(offset, offset + limit), total: found.length,
          categories: names.map((name) => ({ name, productCount: products.filter((product) => product.category === name).length })),
        };
      }),
      product: os.catalogue.product.handler(({ input }) => {
        const product = products.find(({ id, externalId, skus }) => id === input.id || externalId === input.id || skus.some((sku) => sku.externalId === input.id));
        if (product === undefined) throw new ORPCError('not_found', { message: 'There is no such product.' });
        return product;
      }),
    },
  };
}
