import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importKindSchema } from '../../shared/contract/import.contract.ts';
import { hasText } from '../../shared/i18n/texts.ts';
import { guessKind, headerKey, missingFields, suggestMapping, TABLES_OF_KIND } from './column-mapping.ts';
import { parseRow } from './field-table.ts';
import { ORDER_FIELDS } from './shop.fields.ts';

const TABLES = Object.values(TABLES_OF_KIND).flat();

describe('column names', () => {
  it('are compared by letters and digits only', () => {
    expect(['Order ID', 'order_id', 'ＯＲＤＥＲ－ＩＤ', '实付金额（元）', '金额(元)', '(元)', '】['].map(headerKey)).toEqual(['orderid', 'orderid', 'orderid', '实付金额', '金额', '元', '']);
  });

  it('find the buyer by id before the nick, and the nick alone when there is nothing else', () => {
    expect([suggestMapping(ORDER_FIELDS, ['买家昵称', '买家ID', '订单号']), suggestMapping(ORDER_FIELDS, ['买家昵称', '订单号'])]).toEqual([
      { 订单号: 'order_id', 买家ID: 'customer_id', 买家昵称: 'customer_name' },
      { 订单号: 'order_id', 买家昵称: 'customer_id' },
    ]);
  });

  it('know the columns of a list that a shop wrote by hand', () => {
    expect(suggestMapping(ORDER_FIELDS, ['客户编号', '单号', '付款日期', '实付(元)'])).toEqual({ 客户编号: 'customer_id', 单号: 'order_id', 付款日期: 'paid_at', '实付(元)': 'amount' });
  });

  it('know our own names in every spelling, and tell the kinds apart by them', () => {
    for (const kind of importKindSchema.options) {
      for (const table of TABLES_OF_KIND[kind]) {
        const columns = Object.keys(table).map((name) => name.toUpperCase().replaceAll('_', ' '));
        expect([missingFields(table, suggestMapping(table, columns)), guessKind(columns)]).toEqual([[], kind]);
      }
    }
  });

  it('map each column and each field at most once (property)', () => {
    const words = TABLES.flatMap((table) => Object.entries(table).flatMap(([name, { aliases }]) => [name, ...aliases]));
    fc.assert(fc.property(fc.uniqueArray(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 12 }), fc.constantFrom(...TABLES), (columns, table) => {
      const mapping = suggestMapping(table, columns);
      const fields = Object.values(mapping);
      expect(new Set(fields).size).toBe(fields.length);
      expect(Object.keys(mapping).every((column) => columns.includes(column))).toBe(true);
      expect(fields.every((field) => Object.hasOwn(table, field))).toBe(true);
    }));
  });

  it('have no spelling twice in one field, and none that is another field of the table', () => {
    for (const table of TABLES) {
      const own = new Set(Object.keys(table).map(headerKey));
      for (const [name, { aliases }] of Object.entries(table)) {
        const keys = aliases.map(headerKey);
        expect([name, keys.filter((key) => own.has(key)), keys.filter((key, at) => keys.indexOf(key) !== at)]).toEqual([name, [], []]);
      }
    }
  });
});

describe('cells', () => {
  it('never make a row parser throw, whatever they hold (property)', () => {
    fc.assert(fc.property(fc.constantFrom(...TABLES), fc.array(fc.string(), { minLength: 20, maxLength: 20 }), (table, texts) => {
      const cells = Object.fromEntries(Object.keys(table).map((name, index) => [name, { cell: texts[index] ?? '', column: name }]));
      const parsed = parseRow(table, cells, { zoneOffsetMinutes: 480 });
      expect(parsed.ok || parsed.reason.length > 0).toBe(true);
    }));
  });
});

it('every field has a name in the languages of the screens', () => {
  const names = new Set(TABLES.flatMap((table) => Object.keys(table)));
  expect([...names].filter((name) => !hasText(`field.${name}`))).toEqual([]);
});
