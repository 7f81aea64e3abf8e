export const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

/** Midnight in China of a day such as 2025-06-18. */
export function dayStart(day) {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** The day everything is written for: the data ends before it, and an installer may move it to today. */
export const REFERENCE_AT = dayStart('2026-06-01');

/** 2025-06-18T09:30:00+08:00 */
export function isoTime(at) {
  return `${new Date(at + CHINA_MS).toISOString().slice(0, 19)}+08:00`;
}

/** Midnight in China of the day of a moment. */
export function midnightOf(at) {
  return Math.floor((at + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS;
}

export function monthOf(at) {
  return new Date(at + CHINA_MS).getUTCMonth();
}

export function dayOfMonth(at) {
  return new Date(at + CHINA_MS).getUTCDate();
}

/** `2308` and two months on: `2310`. */
export function seasonMonth(season, offset) {
  const month = (season % 100) - 1 + offset;
  return (Math.floor(season / 100) + Math.floor(month / 12)) * 100 + (month % 12) + 1;
}

export function monthStart(yearMonth) {
  return dayStart(`20${String(Math.floor(yearMonth / 100)).padStart(2, '0')}-${String(yearMonth % 100).padStart(2, '0')}-01`);
}
