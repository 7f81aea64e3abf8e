import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSlots } from './slots.ts';

const said = (text: string, orders: string[] = []): string[] => findSlots(text, orders).map(({ kind, value }) => `${kind}:${value}`);

describe('findSlots', () => {
  test.each([
    ['订单号 DD202601188200，快递单号是 SF1338821077123', ['order:DD202601188200', 'waybill:SF1338821077123']],
    ['订单编号：4528817736220011', ['order:4528817736220011']],
    ['my order number is AB-10023456 and the tracking number 778812345678', ['order:AB-10023456', 'waybill:778812345678']],
    ['我身高175体重130斤，L码会不会小，要不要XXL', ['size:身高175', 'size:体重130斤', 'size:L码', 'size:XXL']],
    ['鞋子42.5码偏大', ['size:42.5码']],
    ['Wrong size: M, I need size L', ['size:size: M', 'size:size L']],
    ['多收了我59.9元，应该退￥20', ['amount:59.9元', 'amount:￥20']],
    ['you charged $1,299.00', ['amount:$1,299.00']],
    ['3月5日买的，昨天才到，下周三要用', ['date:3月5日', 'date:昨天', 'date:下周三']],
    ['Bought on May 3rd, need it by Friday', ['date:May 3rd', 'date:by Friday']],
    ['２０２６年３月１日下的单', ['date:２０２６年３月１日']],
    ['联系电话13812345678', []],
    ['请问有货吗', []],
  ] as const)('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test("the customer's own order numbers are found without a word before them", () => {
    expect(said('TB998877 到哪了', ['TB998877', 'x'])).toEqual(['order:TB998877']);
  });

  test('spans lie in the text, in order, without overlap, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      let end = 0;
      for (const slot of findSlots(text)) {
        expect(slot.start).toBeGreaterThanOrEqual(end);
        expect(slot.end).toBeGreaterThan(slot.start);
        end = slot.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }));
  });
});
