import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLocalValue, parseSnoozeTime, snoozeChoices, type ShowTime } from './snooze-choices.ts';

const showIn = (timeZone: string): ShowTime => {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  return (at) => format.format(at);
};
const shanghai = showIn('Asia/Shanghai');
/** Wednesday. */
const at = (clock: string): number => Date.parse(`2026-11-18T${clock}:00+08:00`);
const choices = (nowMs: number): string[] => snoozeChoices(nowMs, shanghai).map(({ id, at: time }) => `${id} ${shanghai(time)}`);

describe('snoozeChoices', () => {
  test('in the morning, the afternoon and at night', () => {
    expect(choices(at('09:41'))).toEqual(['hour 2026-11-18 10:41', 'afternoon 2026-11-18 14:00', 'tomorrow 2026-11-19 09:00', 'monday 2026-11-23 09:00']);
    expect(choices(at('15:00'))).toEqual(['hour 2026-11-18 16:00', 'evening 2026-11-18 18:00', 'tomorrow 2026-11-19 09:00', 'monday 2026-11-23 09:00']);
    expect(choices(at('23:30'))).toEqual(['hour 2026-11-19 00:30', 'tomorrow 2026-11-19 09:00', 'monday 2026-11-23 09:00']);
  });

  test('on a Sunday tomorrow is Monday; on a Monday the next one is meant', () => {
    expect(choices(Date.parse('2026-11-22T09:44:00+08:00'))).toEqual(['hour 2026-11-22 10:44', 'afternoon 2026-11-22 14:00', 'tomorrow 2026-11-23 09:00']);
    expect(choices(Date.parse('2026-11-23T09:44:00+08:00')).at(-1)).toBe('monday 2026-11-30 09:00');
  });

  test('are always to come, in every zone, also when its clock is changed', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }), fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'UTC'), (nowMs, zone) => {
      const show = showIn(zone);
      const found = snoozeChoices(nowMs, show);
      expect(found.every((choice, index) => choice.at > nowMs && (index < 2 || choice.at >= (found[index - 1]?.at ?? 0)))).toBe(true);
      expect(show(found.find(({ id }) => id === 'tomorrow')?.at ?? 0).slice(11)).toBe('09:00');
    }), { numRuns: 60 });
  });
});

describe('parseSnoozeTime', () => {
  test.each([
    ['30m', '2026-11-18 10:11'],
    ['2 小时', '2026-11-18 11:41'],
    ['1d', '2026-11-19 09:41'],
    ['18:30', '2026-11-18 18:30'],
    ['8:00', '2026-11-19 08:00'],
    ['12-05 9:00', '2026-12-05 09:00'],
    ['01/05 14:30', '2027-01-05 14:30'],
    ['2026-12-24', '2026-12-24 09:00'],
    ['14点', '2026-11-18 14:00'],
  ])('%s', (text, expected) => {
    expect(shanghai(parseSnoozeTime(text, at('09:41'), shanghai) ?? 0)).toBe(expected);
  });

  test.each(['', 'soon', '25:00', '2026-02-30', '2025-12-24', '13-40 9:00', '9'])('no time: %s', (text) => {
    expect(parseSnoozeTime(text, at('09:41'), shanghai)).toBe(null);
  });

  test('the value of a date field', () => {
    expect(parseLocalValue('2026-11-18T18:00', at('09:41'), shanghai)).toBe(at('18:00'));
    expect([parseLocalValue('', 0, shanghai), parseLocalValue('2026-11-18T08:00', at('09:41'), shanghai)]).toEqual([null, null]);
  });
});
