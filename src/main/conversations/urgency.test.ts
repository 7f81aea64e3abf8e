import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loyaltySegmentSchema, type CustomerTag } from '../../shared/contract/customer.contract.ts';
import { urgencyOf, type UrgencyInput } from './urgency.ts';

const NOW = Date.UTC(2026, 0, 1);
const calm: UrgencyInput = { waitingSince: null, unreadCount: 0, risk: null, tag: null };
const loyal: CustomerTag = { segment: 'loyal', scores: { recency: 5, frequency: 4, monetary: 4 }, reasons: [], isDisputed: false, computedAt: NOW };

describe('urgencyOf', () => {
  test('nothing to do is 0 with no reasons', () => {
    expect(urgencyOf(calm, NOW)).toEqual({ urgency: 0, reasons: [] });
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
    const input: UrgencyInput = { waitingSince: NOW - 120_000, unreadCount: 2, risk: { p: 0.5, band: 'warn' }, tag: loyal };
    expect(urgencyOf(input, NOW).reasons).toEqual(['risk', 'best_customer', 'waiting', 'unread']);
    expect(urgencyOf({ ...input, risk: { p: 0.3, band: 'none' }, tag: { ...loyal, isDisputed: true }, waitingSince: NOW - 30_000 }, NOW).reasons).toEqual(['unread']);
  });

  test('an alert stands before every conversation without one', () => {
    const risk = (band: 'none' | 'warn') => fc.option(fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), band: fc.constant(band) }));
    const other: fc.Arbitrary<UrgencyInput> = fc.record({
      waitingSince: fc.option(fc.integer({ min: 0, max: NOW })), unreadCount: fc.nat(), risk: fc.oneof(risk('none'), risk('warn')),
      tag: fc.option(fc.constantFrom(...loyaltySegmentSchema.options).map((segment) => ({ ...loyal, segment }))),
    });
    const { urgency: alert } = urgencyOf({ ...calm, risk: { p: 0, band: 'alert' } }, NOW);
    fc.assert(fc.property(other, (input) => {
      expect(urgencyOf(input, NOW).urgency).toBeLessThan(alert);
    }));
  });
});
