import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, patternProblem } from './pattern-check.ts';

test.each([
  '保证|绝对', '(?:一定|肯定)(?:能|会)*到', '最(?:好|低)的?', '\\b(?:guarantee|promise)d?\\b', '加(?:我|一?下)?微信', '(?<!不)保证', 'no\\.? ?1', '[^。]{0,6}返(?:现|\\d+)', '\\p{Script=Han}{2,4}第一', '好评.{0,20}红包',
])('%s is sound', (source) => {
  expect(patternProblem(source)).toBeNull();
});

test.each([
  ['(a+)+b', /a repeat stands inside a repeat/],
  ['(?:a|b+c)*', /a repeat stands inside a repeat/],
  ['((?:x{2,}y))+', /a repeat stands inside a repeat/],
  ['(?:[^)]*,){3}', /a repeat stands inside a repeat/],
  ['(', /not a regular expression/],
  ['a\\-b', /not a regular expression/],
  ['(a)\\1', /refers back/],
  ['(?<x>a)\\k<x>', /refers back/],
  ['a*', /matches nothing at all/],
  ['好|', /matches nothing at all/],
  [`${'好'.repeat(201)}`, /has 201 characters; split it so that each has at most 200/],
  ['(?:a|a){20}(?:a|a){20}b|(?:a|aa)*c', /too long|inside/],
  ['a*a*a*a*a*b', /takes too long on a long reply/],
  // signs written as codes are looked for as well
  ['(?:\\u4e2d|[一-龥])*b', /takes too long/],
  ['(?:\\t|[\\t-\\r])*1', /takes too long/],
])('%s is refused', (source, expected) => {
  expect(patternProblem(source)).toMatch(expected);
});

test('brackets, escapes and lazy repeats hide no repeat and make none', () => {
  expect(['[(+]a+', '\\(a+\\)+', '(?:ab)+?c', '(?:a?b)+c', '(?:a+b)?c'].map(patternProblem)).toEqual([null, null, null, null, null]);
});

test('whatever is taken compiles and is found in no empty text', () => {
  const signs = fc.array(fc.constantFrom('a', '好', '(', ')', '|', '?', '[', ']', '\\', 'd', '{2}', '.'), { maxLength: 8 });
  const taken = fc.sample(signs, { numRuns: 300, seed: 7 }).map((each) => each.join('')).filter((source) => patternProblem(source) === null);
  expect([taken.length > 20, taken.filter((source) => compilePattern(source).test(''))]).toEqual([true, []]);
});
