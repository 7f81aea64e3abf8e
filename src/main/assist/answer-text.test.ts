import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerFrom, coverageOf } from './answer-text.ts';

it('offers a short passage whole and names the sentence that matched', () => {
  expect(answerFrom('运费险多久赔', '本店赠送运费险。运费险在签收后72小时内赔付。超出部分补券。')).toEqual({
    text: '本店赠送运费险。运费险在签收后72小时内赔付。超出部分补券。',
    matchedText: '运费险在签收后72小时内赔付。',
  });
});

it('cuts a long passage to whole sentences from the best one on', () => {
  const filler = '这一句与问题没有关系，只是说明本店的历史与风格。'.repeat(12);
  const answer = answerFrom('电子发票什么时候开', `${filler}电子发票在四十八小时内开出。需要抬头和税号。${filler}`);
  expect(answer.matchedText).toBe('电子发票在四十八小时内开出。');
  expect(answer.text.startsWith('电子发票在四十八小时内开出。需要抬头和税号。')).toBe(true);
  expect(answer.text.length).toBeLessThanOrEqual(240);
});

it('always offers text of the passage itself', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (question, passage) => {
      expect(passage).toContain(answerFrom(question, passage).text);
    }),
  );
});

it('coverage is the share of distinct tokens, damped for short questions', () => {
  expect(coverageOf(new Set(['退款', 'invoice']), ['要退款'])).toBe(1 / 3);
  expect(coverageOf(new Set(['art', '退款']), ['cart'])).toBe(0);
  expect(coverageOf(new Set(), ['x'])).toBe(0);
});
