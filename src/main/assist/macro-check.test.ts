import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MACRO_VARIABLES } from '../../shared/macro-variables.ts';
import { issueSentence, macroIssues } from './macro-check.ts';
import { macroScope } from './scope.ts';

describe('macroIssues', () => {
  test('names unknown variables with their place and the nearest known one', () => {
    const text = '您好{{ customer.nam }}\n单号 {{order.waybill}}，{{ foo }}{{ customer }}';
    expect(macroIssues(text)).toEqual([
      { kind: 'unknown_variable', line: 1, column: 6, start: 5, end: 17, detail: 'customer.nam', nearest: 'customer.name' },
      { kind: 'unknown_variable', line: 2, column: 25, start: 45, end: 48, detail: 'foo', nearest: null },
      { kind: 'unknown_variable', line: 2, column: 34, start: 54, end: 62, detail: 'customer', nearest: 'customer.name' },
    ]);
    expect(macroIssues(text).map(issueSentence)[0]).toBe('Line 1, column 6: there is no variable customer.nam. Is it customer.name?');
  });

  test('variables of its own, filters and conditions are known', () => {
    expect(macroIssues('{% assign day = order.ship_by %}{{ day | default: "尽快" }}{% for n in (1..2) %}{{ n }}{% endfor %}{% if item.size %}{{ item.size }}{% endif %}{{ customer["name"] }}')).toEqual([]);
  });

  test.each([
    ['您好 {{ customer.name', { line: 1, column: 4, start: 3 }],
    ['甲\n乙 {{ rep.name | shout }}', { line: 2, column: 3, start: 4 }],
    ['{% if %}', { line: 1, column: 6, start: 5 }],
    ['{% include "x" %}', { line: 1, column: 1, start: 0 }],
    ['{% for a in (1..100000000) %}x{% endfor %}', { line: 1, column: 1, start: 0 }],
  ])('%s cannot be read', (text, place) => {
    expect(macroIssues(text)).toEqual([expect.objectContaining({ kind: 'syntax', ...place, nearest: null })]);
  });

  test('every place is inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{{', '}}', '{%', '%}', ' ', '\n', 'order.x', 'if', '客', '|', '.'), { maxLength: 12 }).map((parts) => parts.join('')), (text) => {
        for (const { start, end, line, column } of macroIssues(text)) {
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
          expect(text.split('\n').slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1).toBe(start);
        }
      }),
    );
  });
});

test('the variables that may be named are exactly those that are filled', () => {
  const filled = Object.entries(macroScope(undefined, { repName: '', shopName: '' })).flatMap(([group, values]) => Object.keys(values).map((name) => `${group}.${name}`));
  expect([...MACRO_VARIABLES].toSorted()).toEqual(filled.toSorted());
});
