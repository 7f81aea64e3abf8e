import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jointInsertion } from './insertion-joint.ts';

/** Inserts one after the other at the end, each marked, as the composer does. */
function combine(...parts: string[]): string {
  let draft = '';
  const marks: { start: number; end: number }[] = [];
  for (const part of parts) {
    const { before, text, after } = jointInsertion(draft, draft.length, part, marks);
    marks.push({ start: draft.length + before.length, end: draft.length + before.length + text.length });
    draft += before + text + after;
  }
  return draft;
}

describe('suggestions one after another', () => {
  test.each([
    [['可以修。', '今天寄出。'], '可以修。今天寄出。'],
    [['可以修', '今天寄出'], '可以修。今天寄出'],
    [['It can be repaired.', 'We post it today.'], 'It can be repaired. We post it today.'],
    [['It can be repaired', 'We post it today'], 'It can be repaired. We post it today'],
    [['给您添麻烦了。这件可以终身维修，面料按批次匹配，今天 18 点前给您完成日期。', '可以修。'], '给您添麻烦了。这件可以终身维修，面料按批次匹配，今天 18 点前给您完成日期。\n可以修。'],
    [['好的\n', '今天寄出'], '好的\n今天寄出'],
    [['一', '二', '三'], '一。二。三'],
  ])('%j', (parts, expected) => {
    expect(combine(...parts)).toBe(expected);
  });
});

test('beside the rep’s own words only Latin words are set apart', () => {
  expect(jointInsertion('您好，再见', 3, '可以修。', [])).toEqual({ before: '', text: '可以修。', after: '' });
  expect(jointInsertion('Hello there', 5, 'It can be repaired.', [])).toEqual({ before: ' ', text: 'It can be repaired.', after: '' });
  expect(jointInsertion('Hello', 0, 'Sure.', [])).toEqual({ before: '', text: 'Sure.', after: ' ' });
});

test('before a suggestion it joins too', () => {
  expect(jointInsertion('今天寄出', 0, '可以修', [{ start: 0, end: 4 }])).toEqual({ before: '', text: '可以修', after: '。' });
});

test('nothing of the draft or the suggestion is ever lost or changed (property)', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '修', '。', '.', ' ', '\n', '，'), maxLength: 40 });
  const holds = fc.property(text, text, fc.nat(40), fc.boolean(), (draft, suggestion, place, isMarked) => {
    const caret = Math.min(place, draft.length);
    const { before, text: inserted, after } = jointInsertion(draft, caret, suggestion, isMarked && caret > 0 ? [{ start: 0, end: caret }] : []);
    return inserted === suggestion && /^[\n。. ]{0,2}$/u.test(before) && /^[\n。. ]{0,2}$/u.test(after);
  });
  expect(() => fc.assert(holds)).not.toThrow();
});
