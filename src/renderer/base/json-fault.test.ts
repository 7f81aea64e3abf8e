import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultAt } from './json-fault.ts';

test.each([
  ['{"a": oops}', 6], ['{"a": }', 6], ['{"a" 1}', 5], ['{"a":1 "b":2}', 7], ['{"a":1,}', 7], ['[1,]', 3], ['{"a":"x\n"}', 5], ['{"a":1', 6], ['', 0], ['{a:1}', 1], ['[1}', 2], ['{"a":[{"b":}]}', 11],
])('%j fails at %i', (text, at) => {
  expect(jsonFaultAt(text)).toBe(at);
});

test('valid JSON has no fault, a cut of it one at its end or before', () => {
  fc.assert(fc.property(fc.json(), (text) => jsonFaultAt(text) === text.length));
  fc.assert(fc.property(fc.array(fc.jsonValue()), fc.nat(), (value, cut) => {
    const text = JSON.stringify(value);
    expect(jsonFaultAt(text.slice(0, cut % text.length))).toBeLessThanOrEqual(text.length);
  }));
});
