import type { UiLanguage } from '../../shared/i18n/language.ts';
import { platformWord } from '../../shared/i18n/platform-words.ts';
import type { TextKey } from '../../shared/i18n/texts.ts';

export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;
export type Formats = ReturnType<typeof createFormats>;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LOCALES: Record<UiLanguage, string> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en-GB' };
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB'];

/** Numbers, money and times in one language; times in the reader's own zone. */
export function createFormats(language: UiLanguage, t: Translate, timeZone?: string) {
  const locale = LOCALES[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  const number = new Intl.NumberFormat(locale);
  const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const date = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone });
  const dateTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', ...zone });
  return {
    number: (value: number) => number.format(value),
    /** Fen as ¥1,234.50. */
    money: (fen: number) => `${fen < 0 ? '−' : ''}¥${money.format(Math.abs(fen) / 100)}`,
    percent: (ratio: number) => `${Math.round(ratio * 100)}%`,
    /** A score of 0–1 with two decimals. */
    decimal: (ratio: number) => ratio.toFixed(2),
    /** 09:41 */
    clock: (at: number) => clock.format(at),
    /** 2026-11-22 */
    date: (at: number) => date.format(at),
    /** 2026-11-22 09:41, for hovers and titles. */
    dateTime: (at: number) => dateTime.format(at),
    /** 刚刚, 3 小时前, within thirty days; an absolute date beyond. */
    relative: (at: number, nowMs: number) => relativeTime(at, nowMs, relative, date, t),
    /** Midnight before it in the reader's zone. */
    dayStart: (at: number) => dayStart(at, clock),
    /** 2 分 10 秒, for sentences. */
    duration: (ms: number) => durationWords(ms, t),
    /** 02:10, or 1:02:10 from an hour, for columns that tick. */
    stopwatch,
    /** A status, stage, carrier or tier as a platform wrote it. */
    platform: (text: string) => platformWord(text, language),
    bytes: (count: number) => byteSize(count, number, t),
  };
}

function relativeTime(at: number, nowMs: number, relative: Intl.RelativeTimeFormat, date: Intl.DateTimeFormat, t: Translate): string {
  const ago = Math.max(0, nowMs - at);
  if (ago < MINUTE_MS) return t('time.now');
  if (ago < HOUR_MS) return spaced(relative.format(-Math.floor(ago / MINUTE_MS), 'minute'));
  if (ago < DAY_MS) return spaced(relative.format(-Math.floor(ago / HOUR_MS), 'hour'));
  if (ago < 30 * DAY_MS) return spaced(relative.format(-Math.floor(ago / DAY_MS), 'day'));
  return date.format(at);
}

/** 3 天前, as all other Chinese of the screens stands with figures; the browser says 3天前. */
const spaced = (words: string): string => words.replace(/(\d)(?=\p{Script=Han})/u, '$1 ');

/** Goes back by what the clock shows, and once more on a day whose clocks were changed. */
function dayStart(at: number, clock: Intl.DateTimeFormat): number {
  const back = (from: number): number => {
    const [hours, minutes] = clock.format(from).split(':').map(Number);
    return Math.floor(from / MINUTE_MS) * MINUTE_MS - ((hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS);
  };
  const first = back(at);
  // eleven at night is the day before
  const isEarly = clock.format(first).startsWith('23');
  return isEarly ? first + HOUR_MS : back(first);
}

function durationWords(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  if (seconds < 60) return t('duration.seconds', { s: seconds });
  if (seconds < 3600) return t('duration.minutes', { m: Math.floor(seconds / 60), s: seconds % 60 });
  if (seconds < 86_400) return t('duration.hours', { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60) });
  return t('duration.days', { d: Math.floor(seconds / 86_400) });
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const hours = Math.floor(seconds / 3600);
  if (hours >= 100) return '99:59:59';
  const rest = `${twoDigits(Math.floor((seconds % 3600) / 60))}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

function byteSize(count: number, number: Intl.NumberFormat, t: Translate): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return t('unit.bytes', { value: number.format(Math.round(value * 10) / 10), unit: BYTE_UNITS[unit] ?? 'B' });
}
