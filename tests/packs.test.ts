import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoBench } from '../src/main/app/demo.fixture.ts';
import { macroProblem } from '../src/main/assist/macro-text.ts';
import { listIntents } from '../src/main/packs/pack.repository.ts';
import { problemLine } from '../src/main/packs/pack.service.ts';
import { checkPack } from '../src/main/packs/required-packs.ts';

const resources = path.join(import.meta.dirname, '../resources');
const shippedDir = path.join(resources, 'packs');
const demoDir = path.join(resources, 'demo-shop');

const INTENTS = [
  'seven-day-return', 'freight-insurance', 'price-protection', 'trade-in', 'repair', 'refund-only', 'resend', 'exchange', 'invoice', 'logistics', 'size', 'scheduled-shipping', 'big-promo', 'quality', 'cancel-or-address', 'complaint',
];

describe('shipped packs', () => {
  test.each(['packs/core-service', 'demo-shop'])('%s has no problem', async (name) => {
    expect((await checkPack(path.join(resources, name), { shippedDir, templateProblem: macroProblem })).map(problemLine)).toEqual([]);
  });
});

test('the demo shop is as large as it should be, ends today, and leaves nothing behind', async () => {
  const nowMs = Date.parse('2027-03-04T18:00:00+08:00');
  const bench = demoBench(demoDir, nowMs);
  const { demo, db, select } = bench;
  const before = bench.rows();
  const report = await demo.installNow();
  expect(report).toMatchObject({ updated: 0, rejected: [], rejectedCount: 0 });
  const count = (sql: string): number => db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get() as number;
  const most = {
    articles: [count("articles WHERE language = 'zh'"), 60], twins: [count("articles WHERE language = 'en'"), 60],
    macros: [count("macros WHERE language = 'zh'"), 80], macroTwins: [count("macros WHERE language = 'en'"), 80],
    products: [count('products'), 120], customers: [count('customers'), 300], orders: [count('orders'), 1500], afterSales: [count('after_sales'), 200], reviews: [count('reviews'), 200], conversations: [count('conversations'), 120],
  } as const;
  expect(Object.entries(most).filter(([, [found, needed]]) => found < needed)).toEqual([]);
  expect(listIntents(db).map(({ id }) => id).toSorted()).toEqual(INTENTS.toSorted());
  expect(select(`SELECT (SELECT max(paid_at) FROM orders) <= ${nowMs} AS orders, (SELECT max(sent_at) FROM messages) <= ${nowMs} AS messages, (SELECT max(paid_at) FROM orders) > ${nowMs} - 3 * 86400000 AS areRecent`)).toEqual([{ orders: 1, messages: 1, areRecent: 1 }]);
  await demo.removeNow();
  await bench.packs.removeNow('core-service');
  expect(bench.rows()).toEqual(before);
}, 60_000);
