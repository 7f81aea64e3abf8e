import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, serialToIso, type DateOptions } from './date-values.ts';

const isoOf = (cell: string, options?: DateOptions) => {
  const parsed = parseDate(cell, options);
  return parsed.ok ? new Date(parsed.value).toISOString() : 'refused';
};

describe('parseDate', () => {
  it('reads each format; without a zone it is China time', () => {
    const cells: [string, string][] = [
      ['2025-03-04T05:06:07Z', '2025-03-04T05:06:07.000Z'],
      ['2025-03-04T05:06:07.1239+02:00', '2025-03-04T03:06:07.123Z'],
      ['2025-03-04T05:06', '2025-03-03T21:06:00.000Z'],
      ['2025-03-04', '2025-03-03T16:00:00.000Z'],
      ['2025-03-04 05:06', '2025-03-03T21:06:00.000Z'],
      ['2025-03-04 05:06:07', '2025-03-03T21:06:07.000Z'],
      ['2025/3/4', '2025-03-03T16:00:00.000Z'],
      ['2025/3/4 5:06', '2025-03-03T21:06:00.000Z'],
      ['2025年3月4日', '2025-03-03T16:00:00.000Z'],
      ['2025年3月4日 05:06', '2025-03-03T21:06:00.000Z'],
      ['04.03.2025', '2025-03-03T16:00:00.000Z'],
      ['20250304', '2025-03-03T16:00:00.000Z'],
      ['1741064767', '2025-03-04T05:06:07.000Z'],
      ['1741064767123', '2025-03-04T05:06:07.123Z'],
      ['45720', '2025-03-03T16:00:00.000Z'],
      ['45720.5', '2025-03-04T04:00:00.000Z'],
      ['25/03/2025', '2025-03-24T16:00:00.000Z'],
      ['03/25/2025', '2025-03-24T16:00:00.000Z'],
      ['２０２５－０３－０４', '2025-03-03T16:00:00.000Z'],
    ];
    expect(cells.map(([cell]) => isoOf(cell))).toEqual(cells.map(([, iso]) => iso));
  });

  it('refuses days that do not exist, unknown shapes and ambiguous order', () => {
    const cells = ['2025-02-29', '2025-13-01', '2025-03-04 24:00', '2025-03-04 05:60', '2025-03-04T05:06+99:00', '03/04/2025', '3/4/25', 'yesterday', '', '12', '99999', '-1741064767', '2025-03-04x', '32.01.2025'];
    expect(cells.map((cell) => isoOf(cell))).toEqual(cells.map(() => 'refused'));
  });

  it('reads the ambiguous one as it was told, and not against the order', () => {
    expect([isoOf('03/04/2025', { dateOrder: 'day-first', zoneOffsetMinutes: 0 }), isoOf('03/04/2025', { dateOrder: 'month-first', zoneOffsetMinutes: 0 }), isoOf('25/03/2025', { dateOrder: 'month-first' }), isoOf('03/03/2025', { zoneOffsetMinutes: 0 })]).toEqual([
      '2025-04-03T00:00:00.000Z',
      '2025-03-04T00:00:00.000Z',
      'refused',
      '2025-03-03T00:00:00.000Z',
    ]);
  });

  it('gives back any moment written in any format and zone', () => {
    const moment = fc.integer({ min: Date.UTC(1970, 0, 2) / 1000, max: Date.UTC(2099, 0) / 1000 });
    fc.assert(
      fc.property(moment, fc.integer({ min: -840, max: 840 }), (seconds, zoneOffsetMinutes) => {
        const local = new Date(seconds * 1000 + zoneOffsetMinutes * 60_000).toISOString();
        const [date = '', time = ''] = local.slice(0, 19).split('T');
        const [year = '', month = '', day = ''] = date.split('-');
        const written = [local.slice(0, 19), `${date} ${time}`, `${year}/${Number(month)}/${Number(day)} ${time}`, `${year}年${Number(month)}月${Number(day)}日 ${time}`, `${day}.${month}.${year} ${time}`];
        expect(written.map((cell) => parseDate(cell, { zoneOffsetMinutes }))).toEqual(written.map(() => ({ ok: true, value: seconds * 1000 })));
        expect(parseDate(new Date(seconds * 1000).toISOString(), { zoneOffsetMinutes })).toEqual({ ok: true, value: seconds * 1000 });
        expect(parseDate(String(seconds * 1000).padStart(12, '0'))).toEqual({ ok: true, value: seconds * 1000 });
      }),
    );
  });
});

describe('serialToIso', () => {
  it('knows both calendars and the false leap day', () => {
    expect([serialToIso(1, 'date', false), serialToIso(59, 'date', false), serialToIso(61, 'date', false), serialToIso(45720, 'date', false), serialToIso(45720.21258101852, 'date-time', false), serialToIso(0.5, 'time', false), serialToIso(44258, 'date', true), serialToIso(45720.5, 'date', false)]).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
      '2025-03-04',
      '2025-03-04T05:06:07',
      '12:00:00',
      '2025-03-04',
      '2025-03-04T12:00:00',
    ]);
  });
});
