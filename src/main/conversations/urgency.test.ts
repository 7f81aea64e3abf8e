import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loyaltySegmentSchema, type CustomerTag } from '../../shared/contract/customer.contract.ts';
import { urgencyOf, type UrgencyInput } from './urgency.ts';

const NOW = Date.UTC(2026, 0, 1);
const calm: UrgencyInput = { waitingSince: null, unreadCount: 0, risk: null, tag: null, wokenAt: null, isHandedToMe: false };
const loyal: CustomerTag = { segment: 'loyal', scores: { recency: 5, frequency: 4, monetary: 4 }, reasons: [], isDisputed: false, computedAt: NOW };

describe('urgencyOf', () => {
  test('nothing to do is 0 with no reasons', () => {
    expect(urgencyOf(calm, NOW)).toEqual({ urgency: 0, reasons: [], parts: [] });
  });

  test.each([
    [1, 0.3367],
    [10, 1.1648],
    [60, 1.9969],
    [480, 3],
    [10_000, 3],
  ])('a wait of %i minutes counts %f', (minutes, expected) => {
    const { urgency, reasons } = urgencyOf({ ...calm, waitingSince: NOW - minutes * 60_000 }, NOW);
    expect(urgency).toBeCloseTo(expected, 3);
    expect(reasons).toEqual(['waiting']);
  });

  test('reasons stand largest first and leave out what does not count', () => {
    const input: UrgencyInput = { ...calm, waitingSince: NOW - 120_000, unreadCount: 2, risk: { p: 0.5, band: 'warn' }, tag: loyal };
    expect(urgencyOf(input, NOW).reasons).toEqual(['risk', 'best_customer', 'waiting', 'unread']);
    expect(urgencyOf({ ...input, risk: { p: 0.3, band: 'none' }, tag: { ...loyal, isDisputed: true }, waitingSince: NOW - 30_000 }, NOW).reasons).toEqual(['unread', 'waiting']);
    expect(urgencyOf({ ...input, wokenAt: NOW, isHandedToMe: true }, NOW).reasons).toEqual(['handed_over', 'snooze_due', 'risk', 'best_customer', 'waiting', 'unread']);
  });

  const anyInput = (isAlertAllowed: boolean): fc.Arbitrary<UrgencyInput> =>
    fc.record({
      waitingSince: fc.option(fc.integer({ min: 0, max: NOW })), unreadCount: fc.nat(), isHandedToMe: fc.constant(false), wokenAt: fc.option(fc.constant(NOW)),
      risk: fc.option(fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), band: fc.constantFrom('none' as const, 'warn' as const, ...(isAlertAllowed ? (['alert'] as const) : [])) })),
      tag: fc.option(fc.constantFrom(...loyaltySegmentSchema.options).map((segment) => ({ ...loyal, segment }))),
    });

  test('a handover to me stands before everything, an alert before everything else', () => {
    const { urgency: alert } = urgencyOf({ ...calm, risk: { p: 0, band: 'alert' } }, NOW);
    const { urgency: handedOver } = urgencyOf({ ...calm, isHandedToMe: true }, NOW);
    fc.assert(fc.property(anyInput(false), (input) => {
      expect(urgencyOf(input, NOW).urgency).toBeLessThan(alert);
    }));
    fc.assert(fc.property(anyInput(true), (input) => {
      expect(urgencyOf(input, NOW).urgency).toBeLessThan(handedOver);
    }));
  });

  test('the named parts are the whole of it, so that the order can be worked out from what is shown', () => {
    fc.assert(fc.property(anyInput(true), (input) => {
      const { urgency, reasons, parts } = urgencyOf(input, NOW);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(urgency, 9);
      expect(parts).toHaveLength(reasons.length);
      expect(parts.every((part, index) => part > 0 && part <= (parts[index - 1] ?? part))).toBe(true);
    }));
  });
});
