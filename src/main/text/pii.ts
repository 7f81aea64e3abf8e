import { filterMapped, mapForMatch, sourceSpan, type MappedText } from './mapped-text.ts';

export type PiiKind = 'mobile' | 'idCard' | 'bankCard' | 'email' | 'landline' | 'waybill' | 'address' | 'weChatId';

export interface PiiSpan {
  kind: PiiKind;
  /** UTF-16 offsets into the original text, end exclusive. */
  start: number;
  end: number;
}

interface PiiPattern {
  kind: PiiKind;
  pattern: RegExp;
  isMatch?: (match: RegExpExecArray, copy: string) => boolean;
}

const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[ -]?[3-9](?:[ -]?\d){9}(?!\d)/g;
const ID_CARD = /(?<!\d)\d(?:[ -]?\d){16}[ -]?[\dx](?![\da-z])/g;
const BANK_CARD = /(?<!\d)\d(?:[ -]?\d){15,18}(?!\d)/g;
const LANDLINE = /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ -]?\d{7,8}(?!\d)/g;
const WAYBILL = /(?<![a-z\d])(?:sf|yt|jd|jt)\d{12,15}(?!\d)/g;
// The leading look-behind starts each try at the head of a run, which keeps long runs without @ linear.
const EMAIL = /(?<![a-z\d._%+-])[a-z\d._%+-]{1,64}@(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24}(?![a-z\d])/g;
const WECHAT = /(?<![a-z])(?:微信号?|vx|wx|wechat|weixin)(?: ?id)? ?(?:[:是] ?)?(?<id>[a-z][-\w]{5,19})(?![-\w])/g;
const STREET_AND_NUMBER =
  /(?:大道|路|街|道|巷|胡同|村|弄|苑|小区|花园|大厦|公寓|广场)[\p{Script=Han}\w-]{0,12}?\d{1,5}(?:-\d{1,4}){0,3}(?:号楼|号|栋|幢|座|单元|室|楼|层)(?:[\p{Script=Han}\w-]{0,8}?\d{1,4}(?:-\d{1,4}){0,2}(?:号楼|号|栋|幢|座|单元|室|楼|层)){0,5}/gu;

const CARD_CONTEXT = /卡号|银行|储蓄卡|信用卡|借记卡|账户|账号|bank|card|account/g;
const ORDER_CONTEXT = /订单|单号|交易号|order|tracking/g;
const CONTEXT_BEFORE = 20;
const CONTEXT_AFTER = 10;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK_DIGITS = '10x98765432';
const MAX_SEPARATORS = 5;
const SEPARATOR = /[ \-\u2010-\u2014]/g;

function digitsOf(text: string): string {
  return text.replace(SEPARATOR, '');
}

function hasFewSeparators(value: string): boolean {
  return value.length - digitsOf(value).length <= MAX_SEPARATORS;
}

function isDate(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2099 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** GB 11643: birth date at 7–14 and a check digit modulo 11. */
export function isIdCardNumber(value: string): boolean {
  const digits = digitsOf(value).toLowerCase();
  if (!/^\d{17}[\dx]$/.test(digits) || !isDate(digits.slice(6, 14))) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return ID_CHECK_DIGITS.charAt(sum % 11) === digits.charAt(17);
}

/** The Luhn checksum of card numbers. */
export function isLuhnNumber(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled - (doubled > 9 ? 9 : 0);
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Characters between the number and the nearest context word; Infinity when there is none near. */
function contextDistance(copy: string, start: number, end: number, words: RegExp): number {
  let distance = Number.POSITIVE_INFINITY;
  const before = copy.slice(Math.max(0, start - CONTEXT_BEFORE), start);
  for (const match of before.matchAll(words)) distance = Math.min(distance, before.length - match.index - match[0].length);
  const after = copy.slice(end, end + CONTEXT_AFTER);
  // What follows a number explains it less often than what precedes it.
  for (const match of after.matchAll(words)) distance = Math.min(distance, match.index + CONTEXT_BEFORE);
  return distance;
}

function isBankCard(match: RegExpExecArray, copy: string): boolean {
  if (!hasFewSeparators(match[0]) || !isLuhnNumber(digitsOf(match[0]))) return false;
  const end = match.index + match[0].length;
  const card = contextDistance(copy, match.index, end, CARD_CONTEXT);
  return card < Number.POSITIVE_INFINITY && card < contextDistance(copy, match.index, end, ORDER_CONTEXT);
}

const SEPARATED: PiiPattern[] = [
  { kind: 'mobile', pattern: MOBILE, isMatch: ([value]) => hasFewSeparators(value) },
  { kind: 'idCard', pattern: ID_CARD, isMatch: ([value]) => hasFewSeparators(value) && isIdCardNumber(value) },
  { kind: 'bankCard', pattern: BANK_CARD, isMatch: isBankCard },
  { kind: 'landline', pattern: LANDLINE },
  { kind: 'waybill', pattern: WAYBILL },
  { kind: 'email', pattern: EMAIL },
  { kind: 'weChatId', pattern: WECHAT },
];
/** Tried again on the copy without separators, which heals numbers broken in unusual places. */
const JOINED: PiiPattern[] = SEPARATED.filter(({ kind }) => kind !== 'email' && kind !== 'weChatId');

function findPatterns(mapped: MappedText, patterns: PiiPattern[]): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const { kind, pattern, isMatch } of patterns) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(mapped.text); match; match = pattern.exec(mapped.text)) {
      if (isMatch && !isMatch(match, mapped.text)) {
        // A refused number may hide a valid one that starts later inside it.
        pattern.lastIndex = match.index + 1;
        continue;
      }
      const id = match.groups?.['id'];
      const end = match.index + match[0].length;
      spans.push({ kind, ...sourceSpan(mapped, id === undefined ? match.index : end - id.length, end) });
    }
  }
  return spans;
}

const PLACE_CHARACTER = /[\p{Script=Han}\w-]/u;
// Words that lead to an address but are no part of it.
const NOT_PLACE = /[是在到的我你您寄送给请把了呢吗发这那为址改成往]/u;
const MAX_PLACE_UNITS = 30;
const REGION = /.[省市区县镇乡州旗]/u;

/** A street and number with a region in front; the region is sought leftwards so that the search stays linear. */
function findAddresses(mapped: MappedText): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of mapped.text.matchAll(STREET_AND_NUMBER)) {
    let from = match.index;
    const limit = Math.max(0, match.index - MAX_PLACE_UNITS);
    while (from > limit) {
      const character = mapped.text.charAt(from - 1);
      if (!PLACE_CHARACTER.test(character) || NOT_PLACE.test(character)) break;
      from -= 1;
    }
    if (!REGION.test(mapped.text.slice(from, match.index))) continue;
    spans.push({ kind: 'address', ...sourceSpan(mapped, from, match.index + match[0].length) });
  }
  return spans;
}

const MAY_HOLD_PII = /[\p{Nd}@＠]|微信|vx|wx|wechat|weixin/iu;

function longestFirst(a: PiiSpan, b: PiiSpan): number {
  return b.end - b.start - (a.end - a.start) || a.start - b.start;
}

/**
 * Personal identifiers in a text, by position, none overlapping (of two that overlap the longer wins). Works on a
 * normalised copy with and without separators, returns offsets into `text`. Order numbers are not bank cards.
 */
export function findPii(text: string): PiiSpan[] {
  if (!MAY_HOLD_PII.test(text)) return [];
  const mapped = mapForMatch(text);
  const joined = filterMapped(mapped, (index) => digitsOf(mapped.text.charAt(index)) !== '');
  const healed = findPatterns(joined, JOINED).filter(({ start, end }) => hasFewSeparators(text.slice(start, end)));
  const found = [...findPatterns(mapped, SEPARATED), ...healed, ...findAddresses(mapped)];
  const accepted: PiiSpan[] = [];
  for (const span of found.sort(longestFirst)) {
    if (accepted.every((other) => span.end <= other.start || span.start >= other.end)) accepted.push(span);
  }
  return accepted.sort((a, b) => a.start - b.start);
}

const STARS = '****';

function maskDigits(value: string, headLength: number, tailLength: number): string {
  const digits = value.normalize('NFKC').replace(/[^\da-z]/giu, '');
  return digits.slice(0, headLength) + STARS + digits.slice(digits.length - tailLength);
}

function maskAddress(value: string): string {
  const region = /^.{1,8}?[省市区县]/u.exec(value)?.[0] ?? '';
  return (region.length < value.length ? region : '') + STARS;
}

function maskMobile(value: string): string {
  return maskDigits(value.normalize('NFKC').replace(/\D/g, '').slice(-11), 3, 4);
}

const MASKS: Record<PiiKind, (value: string) => string> = {
  mobile: maskMobile,
  idCard: (value) => maskDigits(value, 3, 2),
  bankCard: (value) => maskDigits(value, 0, 4),
  email: (value) => value.slice(0, 1) + STARS + value.slice(Math.max(1, value.search(/[@＠]/u))),
  landline: (value) => maskDigits(value, 3, 2),
  waybill: (value) => maskDigits(value, 2, 4),
  address: maskAddress,
  weChatId: (value) => value.slice(0, 1) + STARS,
};

/** One identifier with its middle hidden: a mobile becomes 138****1234. */
export function maskPiiValue(kind: PiiKind, value: string): string {
  return MASKS[kind](value);
}

/** The text with each span masked. `spans` are those of `findPii(text)`: inside the text, not overlapping. */
export function maskPii(text: string, spans: readonly PiiSpan[]): string {
  let masked = '';
  let from = 0;
  for (const { kind, start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    masked += text.slice(from, start) + maskPiiValue(kind, text.slice(start, end));
    from = end;
  }
  return masked + text.slice(from);
}
