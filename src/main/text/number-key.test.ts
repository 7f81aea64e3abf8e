import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameWords, askedWords } from './name-words.ts';
import { numberKey, numbersIn } from './number-key.ts';

test.each([
  ['SY1000303587', ['sy1000303587']],
  [' sy-1000 3035–87 ', ['sy1000303587']],
  ['ＳＦ１３３８８２１', ['sf1338821']],
  ['3587', ['3587']],
  ['C0289', ['c0289']],
  ['单号 SF133-8821-77 到哪了', ['sf133882177']],
  ['订单号：20260118820031，运单 YT8768706136847', ['yt8768706136847', '20260118820031']],
  ['冲锋衣', []],
  ['order', []],
  ['2026 年 618 大促', []],
  ['jacket 3 in 1', []],
  ['', []],
])('%j holds the numbers %j', (text, expected) => {
  expect(numbersIn(text)).toEqual(expected);
});

test('a number is found however it is cut by spaces and hyphens', () => {
  const number = fc.stringMatching(/^[A-Z]{0,2}\d{6,14}$/);
  fc.assert(fc.property(number, fc.array(fc.nat(20), { maxLength: 4 }), fc.constantFrom(' ', '-', '–'), (whole, places, separator) => {
    const cut = places.reduce((text, at) => `${text.slice(0, at)}${separator}${text.slice(at)}`, whole);
    expect(numbersIn(cut)).toEqual([numberKey(whole)]);
  }));
});

test('every part of a name that a person may type begins one of its words', () => {
  const words = nameWords(['林小雨', 'Amy Chen', null]);
  const isFound = (typed: string): boolean => askedWords(typed).every((asked) => words.some((word) => word.startsWith(asked)));
  expect(['林', '小', '雨', '林小', '小雨', '林小雨', 'am', 'AMY', 'chen', 'amy ch', '雨小', 'my'].filter(isFound)).toEqual(['林', '小', '雨', '林小', '小雨', '林小雨', 'am', 'AMY', 'chen', 'amy ch']);
});
