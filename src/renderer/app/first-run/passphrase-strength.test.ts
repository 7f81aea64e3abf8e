import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupsToConfirm, isSameGroup, passphraseBits, passphraseStrength } from './passphrase-strength.ts';

describe('strength', () => {
  test.each([
    ['1234567', 'short'],
    ['12345678', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['password123', 'weak'],
    ['abcdefghij', 'weak'],
    ['Password2024!', 'weak'],
    ['kettle-7-marble', 'fair'],
    ['correct horse battery staple', 'strong'],
    ['山间小屋下雪了记得带伞', 'strong'],
  ] as const)('%s is %s', (text, strength) => expect(passphraseStrength(text)).toBe(strength));

  test('more characters never make it weaker', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('q', '7', '山', '-', ' ', 'X') }), fc.constantFrom('q', '7', '山', '-'), (text, more) => {
      expect(passphraseBits(text + more)).toBeGreaterThanOrEqual(passphraseBits(text));
    }));
  });
});

describe('the recovery code', () => {
  test('is asked back in two different groups', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 4, maxLength: 4, unit: fc.constantFrom(...'ABCDEFGHJKMN0123') }), { minLength: 2, maxLength: 9 }), (groups) => {
      const [first, second] = groupsToConfirm(groups);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(second).toBeGreaterThan(first);
      expect(second).toBeLessThan(groups.length);
    }));
  });

  test('forgives case and look-alikes', () => {
    expect([isSameGroup(' o1ab ', '01AB'), isSameGroup('OLAB', '01AB'), isSameGroup('01AC', '01AB')]).toEqual([true, true, false]);
  });
});
