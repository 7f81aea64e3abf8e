import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, lastDayOf, startOfDay } from './article-dates.ts';

test('a day and its first moment are the same thing; the last day ends where the next begins', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      const day = dayOf(date.getTime());
      expect(dayOf(startOfDay(day))).toBe(day);
      expect(lastDayOf(startOfDay(day, 1))).toBe(day);
    }),
  );
  expect([dayOf(null), lastDayOf(null), startOfDay(''), startOfDay('20-1-1')]).toEqual(['', '', null, null]);
});
