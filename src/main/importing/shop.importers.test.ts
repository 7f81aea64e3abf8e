import { describe, expect, it } from 'vitest';
import { gb18030, importBench, jsonLines } from './importing.fixture.ts';

const clean = (added: number, updated: number, unchanged: number) => ({ added, updated, unchanged, rejected: [], rejectedCount: 0 });

describe('orders', () => {
  it('reads a GB18030 export with Chinese headers, joins the rows of an order, and masks the address', async () => {
    using bench = importBench();
    const csv = '订单编号,买家昵称,订单付款时间,买家实际支付金额(元),商品标题,商家编码,颜色,数量,收货地址\r\n="0012",林女士,2025/3/4 9:00,"1,234.50",冲锋衣,JK-1,蓝,1,浙江省杭州市西湖区文三路 1 号\r\n="0012",,,,抓绒,JK-2,灰,2,\r\n0013,老周,2025年3月5日,88,,,,,\r\n';
    const file = bench.file('订单.csv', gb18030(csv));
    expect([await bench.imports.run(file, 'orders'), await bench.imports.run(file, 'orders')]).toEqual([clean(2, 0, 0), clean(0, 0, 2)]);
    expect(bench.rows('SELECT o.external_id AS id, u.external_id AS customer, o.paid_at, o.paid_fen, o.address_masked, i.title, i.sku_external_id AS sku, i.colour, i.quantity FROM orders o JOIN customers u ON u.id = o.customer_id LEFT JOIN order_items i ON i.order_id = o.id ORDER BY o.external_id, i.ord')).toEqual([
      { id: '0012', customer: '林女士', paid_at: Date.UTC(2025, 2, 4, 1), paid_fen: 123_450, address_masked: '浙江省****', title: '冲锋衣', sku: 'JK-1', colour: '蓝', quantity: 1 },
      { id: '0012', customer: '林女士', paid_at: Date.UTC(2025, 2, 4, 1), paid_fen: 123_450, address_masked: '浙江省****', title: '抓绒', sku: 'JK-2', colour: '灰', quantity: 2 },
      { id: '0013', customer: '老周', paid_at: Date.UTC(2025, 2, 4, 16), paid_fen: 8800, address_masked: null, title: null, sku: null, colour: null, quantity: null },
    ]);
  });

  it('reads dates in five formats and says of every other one what is wrong', async () => {
    using bench = importBench();
    const dates = ['2025-03-04T05:06:07Z', '2025/3/4 13:06', '2025年3月4日', '20250304', '1741064767000', '03/04/2025', '2025-02-30', '昨天'];
    const file = bench.file('o.csv', `customer_id,order_id,paid_at,amount\n${dates.map((date, index) => `u,${index},${date},1.00`).join('\n')}\n`);
    expect(await bench.imports.run(file, 'orders')).toEqual({
      added: 5, updated: 0, unchanged: 0, rejectedCount: 3,
      rejected: [
        { file: 'o.csv', line: 7, reason: 'paid_at: The day and the month cannot be told apart; say which comes first.' },
        { file: 'o.csv', line: 8, reason: 'paid_at: There is no such day or time.' },
        { file: 'o.csv', line: 9, reason: 'paid_at: This is not a date in a known format, such as 2025-03-04 05:06.' },
      ],
    });
    expect(await bench.imports.run(file, 'orders', { dateOrder: 'day-first', zoneOffsetMinutes: 0 })).toMatchObject({ added: 1, updated: 3, unchanged: 2, rejectedCount: 2 });
    expect(bench.rows('SELECT paid_at FROM orders ORDER BY external_id')).toEqual([
      { paid_at: 1_741_064_767_000 }, { paid_at: Date.UTC(2025, 2, 4, 13, 6) }, { paid_at: Date.UTC(2025, 2, 4) }, { paid_at: Date.UTC(2025, 2, 4) }, { paid_at: 1_741_064_767_000 }, { paid_at: Date.UTC(2025, 3, 3) },
    ]);
  });

  it('rejects orders that contradict themselves and ragged rows, with both lines', async () => {
    using bench = importBench();
    const file = bench.file('o.csv', [
      'customer_id,order_id,paid_at,amount,item',
      'u1,A,2025-03-04,10,x',
      'u1,A,2025-03-04,12,y',
      'u1,B,2025-03-04,10,x',
      'u1,C,2025-03-04,10,x',
      'u1,B,2025-03-04,10,x',
      'u1,C,2025-03-04,11,x',
      'u1,D,2025-03-04',
      ',E,2025-03-04,abc,x',
      '',
    ].join('\n'));
    expect(await bench.imports.run(file, 'orders')).toEqual({
      added: 2, updated: 0, unchanged: 1, rejectedCount: 4,
      rejected: [
        { file: 'o.csv', line: 2, reason: 'amount: line 3 says something else than line 2 for the same order A; they must agree.' },
        { file: 'o.csv', line: 8, reason: 'The row has 3 cells; the header has 5.' },
        { file: 'o.csv', line: 9, reason: 'customer_id: it is empty; needed is text of at most 200 characters. amount: This is not an amount of money with at most two decimals, such as 1,234.50.' },
        { file: 'o.csv', line: 7, reason: 'The order C is on line 5 already, and line 7 says something else. Rows of one order must stand together: sort the file by it.' },
      ],
    });
  });

  it('refuses a table without a needed column as a whole, and takes a mapping instead', async () => {
    using bench = importBench();
    const file = bench.file('o.csv', 'who,order_id,paid_at,amount\nu1,A,2025-03-04,1\n');
    expect([await bench.imports.run(file, 'orders'), await bench.imports.run(file, 'orders', { mapping: { who: 'customer_id', order_id: 'order_id', paid_at: 'paid_at', amount: 'amount' } })]).toEqual([
      {
        added: 0, updated: 0, unchanged: 0, rejectedCount: 1,
        rejected: [{ file: 'o.csv', line: null, reason: 'o.csv has no column for customer_id (also read: customer, buyer_id, user_id, member_id, openuid, 买家id). Its columns are who, order_id, paid_at, amount. Rename one, or choose which column it is.' }],
      },
      clean(1, 0, 0),
    ]);
    await expect(bench.imports.run(file, 'orders', { mapping: { who: 'nobody' } })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(bench.imports.run(file, 'orders', { mapping: { who: 'order_id', order_id: 'order_id' } })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('takes items nested in JSON lines', async () => {
    using bench = importBench();
    const file = bench.file('o.jsonl', jsonLines({ order_id: 'A', customerId: 'u1', paidAt: 1_741_064_767_000, amount: 12.5, items: [{ title: '帽子', sku: 'H', price: 10, quantity: 1 }, { title: '贴纸', price: 2.5 }] }));
    expect(await bench.imports.run(file, 'orders')).toEqual(clean(1, 0, 0));
    expect(bench.rows('SELECT title, sku_external_id AS sku, price_fen, quantity FROM order_items ORDER BY ord')).toEqual([{ title: '帽子', sku: 'H', price_fen: 1000, quantity: 1 }, { title: '贴纸', sku: null, price_fen: 250, quantity: 1 }]);
  });
});

describe('the rest of a shop', () => {
  it('products with SKUs and batches, from rows or nested', async () => {
    using bench = importBench();
    const csv = bench.file('p.csv', '商品ID,商品名称,类目,价格,SKU编码,颜色,尺码,库存,批次,面料批次,色号\nP1,冲锋衣,外套,899,P1-BL-M,蓝,M,3,B1,L77,#12\nP1,,,,P1-BL-M,蓝,M,3,B2,L78,\nP1,,,,P1-BL-L,蓝,L,0,,,\n');
    const lines = bench.file('p.jsonl', jsonLines({ product_id: 'P1', title: '冲锋衣', category: '外套', price: '899', skus: [{ id: 'P1-BL-M', colour: '蓝', size: 'M', stock: 3, batches: [{ batch: 'B1', fabricLot: 'L77', colourCode: '#12' }, { batch: 'B2', fabricLot: 'L78' }] }, { id: 'P1-BL-L', colour: '蓝', size: 'L', stock: 0 }] }));
    expect([await bench.imports.run(csv, 'products'), await bench.imports.run(lines, 'products')]).toEqual([clean(1, 0, 0), clean(0, 0, 1)]);
    expect(bench.rows('SELECT p.title, p.price_fen, s.external_id AS sku, s.stock_count, b.batch, b.fabric_lot, b.colour_code FROM products p JOIN skus s ON s.product_id = p.id LEFT JOIN sku_batches b ON b.sku_id = s.id ORDER BY s.external_id, b.batch')).toEqual([
      { title: '冲锋衣', price_fen: 89_900, sku: 'P1-BL-L', stock_count: 0, batch: null, fabric_lot: null, colour_code: null },
      { title: '冲锋衣', price_fen: 89_900, sku: 'P1-BL-M', stock_count: 3, batch: 'B1', fabric_lot: 'L77', colour_code: '#12' },
      { title: '冲锋衣', price_fen: 89_900, sku: 'P1-BL-M', stock_count: 3, batch: 'B2', fabric_lot: 'L78', colour_code: null },
    ]);
  });

  it('promotions, after-sale cases, reviews and macros; again is unchanged, changed is updated', async () => {
    using bench = importBench();
    const files = {
      promotions: bench.file('promo.csv', '活动ID,活动名称,活动规则,开始时间,结束时间\nD11,双11,满300减50,2025-11-01,2025-11-11\nBAD,倒着,,2025-11-11,2025-11-01\n'),
      'after-sales': bench.file('after.csv', '退款编号,买家昵称,退款类型,订单编号,退款金额,申请时间\nR1,林女士,仅退款,0012,12.30,2025-03-04\n'),
      reviews: bench.file('review.csv', '评分,评价内容,买家昵称\n5星,很好,林女士\n6,太好,林女士\n'),
      macros: bench.file('macro.csv', '快捷编码,标题,话术\nhi,问候,"亲,在的"\n"two words",x,y\n'),
    } as const;
    const reports = async () => Promise.all(Object.entries(files).map(async ([kind, file]) => bench.imports.run(file, kind as keyof typeof files)));
    expect(await reports()).toEqual([
      { added: 1, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'promo.csv', line: 3, reason: 'ends_at: the promotion ends before it starts.' }] },
      clean(1, 0, 0),
      { added: 1, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'review.csv', line: 3, reason: 'score (column 评分): The number must be from 1 to 5.' }] },
      { added: 1, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'macro.csv', line: 3, reason: 'code (column 快捷编码): This is not a code of at most 40 letters, digits, dots, dashes or underscores.' }] },
    ]);
    bench.file('macro.csv', '快捷编码,标题,话术\nhi,问候,"亲,在的哦"\n');
    expect((await reports()).map(({ added, updated, unchanged }) => [added, updated, unchanged])).toEqual([[0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 1, 0]]);
    expect(bench.rows('SELECT code, title, text, language FROM macros')).toEqual([{ code: 'hi', title: '问候', text: '亲,在的哦', language: 'zh' }]);
    expect(bench.rows('SELECT type, order_external_id AS orderId, amount_fen FROM after_sales')).toEqual([{ type: '仅退款', orderId: '0012', amount_fen: 1230 }]);
  });
});
