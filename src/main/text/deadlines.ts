import { mapForMatch } from './mapped-text.ts';
import { splitSentences } from './sentences.ts';

/** A sentence in which the writer binds themselves to a time. */
export type PromiseSentence = {
  /** UTF-16 offsets into the original text, end exclusive, and the words between them. */
  start: number;
  end: number;
  text: string;
  /** Epoch ms; null when the words name no exact time (尽快 is no promise at all). */
  dueAt: number | null;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A day without an hour ends with the working day. */
const END_OF_DAY_HOUR = 18;

/** Who promises does something: a question or a report of the past is no promise. */
const COMMITMENT = /会|将|给您|帮您|为您|替您|回复|答复|回电|联系您|处理|安排|发出|发货|寄出|补发|补寄|退回|退款|到账|送达|送到|办好|完成|跟进|核实|通知您|反馈|\b(?:i'll|we'll|i will|we will|will|shall|going to|i'm (?:chasing|checking)|get back|reply|update you|arrive|ship|send|refund|within|by)\b/;
const QUESTION = /[?？吗呢]\s*$|^(?:请问|麻烦)|\b(?:could you|can you|did you|do you|have you|please)\b/;
const PAST = /昨天|前天|上周|已经|\b(?:yesterday|last week|already)\b/;
/** Bound to something that may not happen: 明天仍没更新，补发还是退款由您选. */
const CONDITION = /如果|假如|要是|若是|仍没|仍未|还没有?更新|\b(?:if|unless|in case)\b/;

const NUMBER = String.raw`(?<count>\d{1,3}|[一二两三四五六七八九十]{1,2}|半)`;
const SPAN_ZH = new RegExp(String.raw`${NUMBER}\s?个?(?<unit>分钟|小时|钟头|工作日|天|日|周|星期)(?:之?内|以内|左右|后|之后)`);
const SPAN_EN = /\b(?:within|in)(?: the next)? (?<count>\d{1,3}|an?|one|two|three|half an) (?<unit>minutes?|mins?|hours?|working days?|business days?|days?|weeks?)\b/;
const CLOCK_ZH = String.raw`(?<part>凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|晚)?\s?(?<hour>[01]?\d|2[0-4])\s?(?:点|时|:)\s?(?<minute>半|[0-5]?\d)?(?:分)?`;
const DAY_ZH = '(?<day>今天|今日|今晚|明天|明日|明早|明晚|后天|大后天|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天]|(?:[1-9]|1[0-2])月(?:[12]\\d|3[01]|[1-9])(?:日|号))';
const WHEN_ZH = new RegExp(`${DAY_ZH}(?:的)?\\s?(?:${CLOCK_ZH})?`);
const CLOCK_ONLY_ZH = new RegExp(`(?<![\\d月])${CLOCK_ZH}(?:之?前|以前|左右)`);
const WEEKDAYS_EN = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const WHEN_EN = new RegExp(String.raw`\b(?:(?<day>today|tonight|tomorrow|(?:next |this )?(?:${WEEKDAYS_EN})|end of (?:the )?day)(?:[, ]+(?:by|before|at|morning|afternoon|evening)?\s?(?<hour>[01]?\d|2[0-3])(?::(?<minute>[0-5]\d))?\s?(?<part>am|pm)?(?![\d%]))?)`);
const CLOCK_EN = /\b(?:by|before|at|until) (?<hour>[01]?\d|2[0-3])(?::(?<minute>[0-5]\d))?\s?(?<part>am|pm|o'clock)?(?![\d%])(?:[, ]+(?<day>today|tonight|tomorrow))?/;

/**
 * The promises in a rep's message of `saidAt`: sentences that bind the writer and name a time. Times are read in the writer's own zone,
 * `utcOffsetMs` ahead of UTC. 今天18点前 falls due at 18:00, 明天 at the end of the working day (18:00), 24小时内 a day after it was said.
 */
export function findPromises(text: string, saidAt: number, utcOffsetMs: number): PromiseSentence[] {
  return splitSentences(text).flatMap(({ start, end, text: sentence }) => {
    const copy = mapForMatch(sentence).text;
    if (QUESTION.test(copy) || PAST.test(copy) || CONDITION.test(copy) || !COMMITMENT.test(copy)) return [];
    const dueAt = dueAtOf(copy, saidAt, utcOffsetMs);
    return dueAt === undefined ? [] : [{ start, end, text: sentence, dueAt }];
  });
}

/** Undefined when no time is named. */
function dueAtOf(copy: string, saidAt: number, utcOffsetMs: number): number | undefined {
  const span = SPAN_ZH.exec(copy) ?? SPAN_EN.exec(copy);
  if (span?.groups !== undefined) return saidAt + spanMs(span.groups);
  const local = saidAt + utcOffsetMs;
  // the clock comes first in English (by 18:00 tomorrow), the day in Chinese
  const when = WHEN_ZH.exec(copy) ?? CLOCK_ONLY_ZH.exec(copy) ?? CLOCK_EN.exec(copy) ?? WHEN_EN.exec(copy);
  if (when?.groups === undefined) return undefined;
  const { day, hour, minute, part } = when.groups;
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const dayStart = midnight + daysAhead(day, local) * DAY_MS;
  return dayStart + clockMs(day, hour, minute, part) - utcOffsetMs;
}

function spanMs({ count = '1', unit = '' }: Record<string, string | undefined>): number {
  const amount = countOf(count);
  if (/^分|min/.test(unit)) return amount * MINUTE_MS;
  if (/^(?:小时|钟头)|hour/.test(unit)) return amount * HOUR_MS;
  if (/周|星期|week/.test(unit)) return amount * 7 * DAY_MS;
  return amount * DAY_MS;
}

const DIGITS = '零一二三四五六七八九十';

function countOf(count: string): number {
  if (/^\d+$/.test(count)) return Number(count);
  if (/^half|半/.test(count)) return 0.5;
  const english = { a: 1, an: 1, one: 1, two: 2, three: 3 }[count];
  if (english !== undefined) return english;
  if (count.length === 2) return count.startsWith('十') ? 10 + DIGITS.indexOf(count.charAt(1)) : DIGITS.indexOf(count.charAt(0)) * 10;
  return count === '两' ? 2 : DIGITS.indexOf(count);
}

function clockMs(day: string | undefined, hour: string | undefined, minute: string | undefined, part: string | undefined): number {
  const words = `${part ?? ''}${day ?? ''}`;
  if (hour === undefined) return (/晚|tonight/.test(words) ? 22 : words.includes('早') ? 10 : END_OF_DAY_HOUR) * HOUR_MS;
  const isLate = /下午|傍晚|晚|pm|tonight/.test(words);
  const hours = Number(hour);
  const minutes = minute === '半' ? 30 : Number(minute ?? 0);
  return (isLate && hours < 12 ? hours + 12 : hours) * HOUR_MS + minutes * MINUTE_MS;
}

const NAMED_DAYS: readonly [pattern: RegExp, ahead: number][] = [[/大后天/, 3], [/后天/, 2], [/明|tomorrow/, 1], [/今|today|tonight|end of/, 0]];
const WEEKDAY_ZH = '一二三四五六';
const WEEKDAY_EN = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function daysAhead(day: string | undefined, local: number): number {
  if (day === undefined) return 0;
  const named = NAMED_DAYS.find(([pattern]) => pattern.test(day));
  if (named !== undefined) return named[1];
  const date = /^(\d{1,2})月(\d{1,2})/.exec(day);
  if (date !== null) return daysToDate(Number(date[1]), Number(date[2]), local);
  return daysToWeekday(day, local);
}

function daysToWeekday(day: string, local: number): number {
  const today = new Date(local).getUTCDay();
  const chinese = WEEKDAY_ZH.indexOf(day.at(-1) ?? '');
  const english = WEEKDAY_EN.findIndex((name) => day.endsWith(name));
  const wanted = english >= 0 ? english : chinese >= 0 ? chinese + 1 : 0;
  // 下周三 is in the week after this one, weeks beginning on Monday; a bare Friday is the next one to come
  if (/^下|^next/.test(day)) return 7 - ((today + 6) % 7) + ((wanted + 6) % 7);
  return (wanted - today + 7) % 7;
}

function daysToDate(month: number, dayOfMonth: number, local: number): number {
  const now = new Date(local);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const thisYear = Date.UTC(now.getUTCFullYear(), month - 1, dayOfMonth);
  const due = thisYear < midnight ? Date.UTC(now.getUTCFullYear() + 1, month - 1, dayOfMonth) : thisYear;
  return Math.round((due - midnight) / DAY_MS);
}
