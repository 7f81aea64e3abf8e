import { notParsed, parsed, plainCell, type ParsedValue } from './values.ts';

export type DateOptions = {
  /** For times that name no zone: minutes east of UTC. Default 480 (China). */
  zoneOffsetMinutes?: number | undefined;
  /** How to read 03/04/2025; without it such a date is refused. */
  dateOrder?: 'day-first' | 'month-first' | undefined;
};

type DateParts = { year: number; month: number; day: number; hour: number; minute: number; second: number; ms: number; zoneOffsetMinutes: number | null };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** 1899-12-30 in UTC: day 0 of the spreadsheet calendar once its false 29 February 1900 has passed. */
const SERIAL_EPOCH_MS = Date.UTC(1899, 11, 30);
/** 1 January 1960 to 31 December 2119; other small numbers are far more often counts than dates. */
const MIN_SERIAL = 21_916;
const MAX_SERIAL = 80_353;

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?`;
const ZONE = String.raw`(?<zone>Z|[+-]\d{2}:?\d{2})`;
const FORMATS: readonly RegExp[] = [
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ]${TIME}\s?${ZONE}?)?$`, 'i'),
  new RegExp(String.raw`^(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})(?:\s+${TIME})?$`),
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:\s+${TIME})?$`),
  new RegExp(String.raw`^(?<year>\d{4})\s?年\s?(?<month>\d{1,2})\s?月\s?(?<day>\d{1,2})\s?日(?:\s*${TIME})?$`),
  new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?:,?\s+${TIME})?$`),
  /^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})$/,
];
const SLASHED = new RegExp(String.raw`^(?<first>\d{1,2})/(?<other>\d{1,2})/(?<year>\d{4})(?:,?\s+${TIME})?$`);

/**
 * A moment in epoch milliseconds UTC. Formats: ISO 8601 with or without time and zone, `2025-03-04 05:06[:07]`, `2025/3/4`, `2025年3月4日 5:06`,
 * `04.03.2025`, `20250304`, epoch seconds (9–10 digits) and milliseconds (12–13 digits), spreadsheet serials of 1960–2119, and `3/4/2025`
 * when `dateOrder` says how, or only one reading exists. A date alone is its midnight. Days that do not exist are refused.
 */
export function parseDate(cell: string, options: DateOptions = {}): ParsedValue<number> {
  const text = plainCell(cell);
  for (const format of FORMATS) {
    const groups = format.exec(text)?.groups;
    if (groups !== undefined) return momentOf(partsOf(groups), options);
  }
  const slashed = SLASHED.exec(text)?.groups;
  if (slashed !== undefined) return parseSlashed(slashed, options);
  if (/^\d+(?:\.\d+)?$/.test(text)) return parseNumber(text, options);
  return notParsed('This is not a date in a known format, such as 2025-03-04 05:06.');
}

function partsOf(groups: Record<string, string | undefined>): DateParts {
  const number = (name: string) => Number(groups[name] ?? 0);
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    ms: Number((groups['fraction'] ?? '').slice(0, 3).padEnd(3, '0')),
    zoneOffsetMinutes: groups['zone'] === undefined ? null : zoneMinutes(groups['zone']),
  };
}

/** Minutes east of UTC; NaN when there is no such zone. */
function zoneMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return Number.NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function momentOf(parts: DateParts, options: DateOptions): ParsedValue<number> {
  const { year, month, day, hour, minute, second, ms } = parts;
  const zoneOffsetMinutes = parts.zoneOffsetMinutes ?? options.zoneOffsetMinutes ?? 480;
  const isTimeReal = hour < 24 && minute < 60 && second < 60 && !Number.isNaN(zoneOffsetMinutes);
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  const isDayReal = local.getUTCFullYear() === year && local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  if (!isTimeReal || !isDayReal) return notParsed('There is no such day or time.');
  local.setUTCHours(hour, minute, second, ms);
  return parsed(local.getTime() - zoneOffsetMinutes * MINUTE_MS);
}

function parseSlashed(groups: Record<string, string | undefined>, options: DateOptions): ParsedValue<number> {
  const first = Number(groups['first']);
  const other = Number(groups['other']);
  const order = options.dateOrder ?? onlyOrder(first, other);
  if (order === null) return notParsed('The day and the month cannot be told apart; say which comes first.');
  const [day, month] = order === 'day-first' ? [first, other] : [other, first];
  return momentOf({ ...partsOf(groups), day, month }, options);
}

function onlyOrder(first: number, other: number): 'day-first' | 'month-first' | null {
  if (first > 12 || first === other) return 'day-first';
  return other > 12 ? 'month-first' : null;
}

function parseNumber(text: string, options: DateOptions): ParsedValue<number> {
  const value = Number(text);
  const isWhole = !text.includes('.');
  if (isWhole && (text.length === 12 || text.length === 13)) return parsed(value);
  if (text.split('.')[0]?.length === 9 || text.split('.')[0]?.length === 10) return parsed(Math.round(value * 1000));
  if (value < MIN_SERIAL || value > MAX_SERIAL) return notParsed('The number is neither an epoch time nor a spreadsheet date.');
  return parsed(serialToLocalMs(value, false) - (options.zoneOffsetMinutes ?? 480) * MINUTE_MS);
}

/** A spreadsheet serial as milliseconds of its own wall clock (read with the UTC getters), rounded to the second. */
function serialToLocalMs(serial: number, is1904: boolean): number {
  // Before 1 March 1900 the 1900 calendar is one day off, because it believes in 29 February 1900.
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  return SERIAL_EPOCH_MS + Math.round(days * (DAY_MS / 1000)) * 1000;
}

/** A serial as ISO text without zone: `2025-03-04`, `2025-03-04T05:06:07`, or `05:06:07`, by what the cell's number format shows. */
export function serialToIso(serial: number, shows: 'date' | 'time' | 'date-time', is1904: boolean): string {
  const iso = new Date(serialToLocalMs(serial, is1904)).toISOString();
  if (shows === 'time' && serial >= 0 && serial < 1) return iso.slice(11, 19);
  return shows === 'date' && Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19);
}
