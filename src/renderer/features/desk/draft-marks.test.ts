import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suggestionIdSchema } from '../../../shared/contract/ids.contract.ts';
import { adjustMarks, draftStretches, editBetween, macroToken, placeholdersIn, type Mark } from './draft-marks.ts';

const suggestionId = suggestionIdSchema.parse('01K00000000000000000000001');
const mark = (start: number, end: number): Mark => ({ start, end, suggestionId });
const textOf = fc.string({ unit: fc.constantFrom('a', 'b', '修', ' ', '\n'), maxLength: 30 });

describe('editBetween', () => {
  test('the caret tells equal neighbours apart', () => {
    expect(editBetween('aa', 'aaa', 1)).toEqual({ start: 0, oldEnd: 0, newEnd: 1 });
    expect(editBetween('aa', 'aaa', 3)).toEqual({ start: 2, oldEnd: 2, newEnd: 3 });
    expect(editBetween('您好', '您', 1)).toEqual({ start: 1, oldEnd: 2, newEnd: 1 });
  });

  test('the edit turns the old text into the new one', () => {
    fc.assert(fc.property(textOf, textOf, fc.nat(30), (before, after, caret) => {
      const { start, oldEnd, newEnd } = editBetween(before, after, Math.min(caret, after.length));
      expect(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd)).toBe(after);
    }));
  });
});

describe('adjustMarks', () => {
  test('typing before moves, behind leaves, inside ends a mark', () => {
    const marks = [mark(4, 8)];
    expect(adjustMarks(marks, { start: 0, oldEnd: 0, newEnd: 2 })).toEqual([mark(6, 10)]);
    expect(adjustMarks(marks, { start: 4, oldEnd: 4, newEnd: 5 })).toEqual([mark(5, 9)]);
    expect(adjustMarks(marks, { start: 8, oldEnd: 8, newEnd: 9 })).toEqual([mark(4, 8)]);
    expect(adjustMarks(marks, { start: 6, oldEnd: 6, newEnd: 7 })).toEqual([]);
    expect(adjustMarks(marks, { start: 3, oldEnd: 5, newEnd: 3 })).toEqual([]);
  });

  test('what is still marked is still the same text', () => {
    fc.assert(fc.property(textOf, textOf, fc.nat(30), fc.nat(30), fc.nat(30), (before, after, caret, from, length) => {
      const start = Math.min(from, before.length);
      const end = Math.min(before.length, start + length);
      fc.pre(start < end);
      const edit = editBetween(before, after, Math.min(caret, after.length));
      for (const left of adjustMarks([mark(start, end)], edit)) expect(after.slice(left.start, left.end)).toBe(before.slice(start, end));
    }));
  });
});

test('placeholders', () => {
  expect(placeholdersIn('运单 ⟨order.waybill⟩，⟨rep.name⟩')).toEqual([
    { start: 3, end: 18, name: 'order.waybill' },
    { start: 19, end: 29, name: 'rep.name' },
  ]);
});

test('stretches join to the text and carry what is known of them', () => {
  const text = '您好 ⟨a⟩ 保证';
  expect(draftStretches(text, [mark(0, 6)], [{ start: 7, end: 9, severity: 'block' }])).toEqual([
    { start: 0, text: '您好 ', isMarked: true, isPlaceholder: false, severity: null },
    { start: 3, text: '⟨a⟩', isMarked: true, isPlaceholder: true, severity: null },
    { start: 6, text: ' ', isMarked: false, isPlaceholder: false, severity: null },
    { start: 7, text: '保证', isMarked: false, isPlaceholder: false, severity: 'block' },
  ]);
  expect(draftStretches('', [], [])).toEqual([]);
});

describe('macroToken', () => {
  test.each([
    [';', 1, { start: 0, query: '' }],
    ['；维修', 3, { start: 0, query: '维修' }],
    ['您好，;rep', 7, { start: 3, query: 'rep' }],
    ['a ;rep.ask', 10, { start: 2, query: 'rep.ask' }],
    ['a;rep', 5, null],
    [';rep ask', 8, null],
    [';rep', 0, null],
    ['1;2', 3, null],
  ] as const)('%s at %i', (text, caret, expected) => {
    expect(macroToken(text, caret)).toEqual(expected);
  });
});
