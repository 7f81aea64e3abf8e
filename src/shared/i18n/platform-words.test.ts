import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { platformWord } from './platform-words.ts';

test('every status, stage, type and carrier of the demo shop is there in English; what is not known stays as it is', () => {
  const shop = path.join(import.meta.dirname, '../../../resources/demo-shop/shop');
  const columns = { 'orders.csv': ['status', 'carrier'], 'live-orders.csv': ['status', 'carrier'], 'after-sales.csv': ['type', 'stage'] };
  const words = Object.entries(columns).flatMap(([file, names]) => {
    const rows = parse(readFileSync(path.join(shop, file)), { columns: true, bom: true }) as Record<string, string>[];
    return rows.flatMap((row) => names.map((name) => row[name] ?? ''));
  });
  const untold = [...new Set(words)].filter((word) => /\p{Script=Han}/u.test(platformWord(word, 'en')));
  expect(untold).toEqual([]);
  expect([platformWord('已签收', 'zh-Hant'), platformWord('已簽收', 'zh-Hans'), platformWord('已签收', 'zh-Hans'), platformWord('门店自提', 'en'), platformWord('Delivered', 'zh-Hans')]).toEqual(['已簽收', '已签收', '已签收', '门店自提', 'Delivered']);
});
