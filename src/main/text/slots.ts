import { mapForMatch, sourceSpan, type MappedText } from './mapped-text.ts';
import { findPii } from './pii.ts';

export type SlotKind = 'order' | 'waybill' | 'size' | 'amount' | 'date';
export type Slot = {
  kind: SlotKind;
  /** UTF-16 offsets into the original text, end exclusive. */
  start: number;
  end: number;
  /** As written. */
  value: string;
};

/** Numbers after these words; a bare long number is an order only when it is known to be one. */
const ORDER = /(?:订单编?号?|单号|交易号|order(?: (?:no|number|id|nr))?\.?)\s?(?:是|为|is|:|#)?\s?(?<value>[a-z]{0,4}-?\d[\da-z-]{5,31})(?![\da-z])/g;
const WAYBILL_WORDS = /(?:运单号?|快递单?号|物流单?号|tracking(?: (?:no|number))?\.?)\s?(?:是|为|is|:|#)?\s?(?<value>[a-z]{0,4}\d{8,18})(?!\d)/g;
const LETTER_SIZE = /(?<![a-z\d])(?<value>(?:\d{1}|x{1,4})?xl|xxs|xs|[sml])(?:码|号)|\bsize:? (?<en>(?:\d|x{1,3})?xl|xx?s|[sml]|\d{1,2}(?:\.5)?)(?![a-z\d])|(?<![a-z\d])(?<bare>\d?x{1,3}l|xxs)(?![a-z\d])/g;
const NUMBER_SIZE = /(?<![\d.])(?<value>(?:1[4-9]\d|2[0-4]\d|3[3-9]|4[0-8])(?:\.5)?)(?:码|号(?!楼|线))/g;
const BODY = /(?:身高|体重|胸围|腰围|臀围|脚长|height|weight|chest|waist)\s?(?:是|大概|:|is|of)?\s?(?<value>\d{2,3}(?:\.\d)?\s?(?:cm|厘米|kg|公斤|斤|lbs?|inch(?:es)?)?)(?!\d)|(?<![\d.])(?<unit>\d{2,3}(?:\.\d)?\s?(?:cm|厘米|公斤|kg|斤))(?![\da-z])/g;
const AMOUNT = /(?:[¥￥$€£]|(?<![a-z])(?:rmb|cny|usd) ?)\s?(?<value>\d{1,7}(?:,\d{3})*(?:\.\d{1,2})?)|(?<![\d.:])(?<zh>\d{1,7}(?:\.\d{1,2})?)\s?(?:元|块(?:钱|\d)?|yuan|dollars?|rmb)(?![a-z])/g;
const MONTH = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DATE = new RegExp(
  [
    String.raw`(?<!\d)(?:20\d{2}\s?[-/.年]\s?)(?:1[0-2]|0?[1-9])\s?[-/.月]\s?(?:3[01]|[12]\d|0?[1-9])(?:日|号)?(?!\d)`,
    String.raw`(?<!\d)(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])(?:日|号)?`,
    String.raw`(?:这|本|下下|下|上)?(?:周|星期|礼拜)[一二三四五六日天]`,
    '前天|昨天|今天|明天|后天|大后天|昨晚|今晚|明早|上周|下周(?![一二三四五六日天])',
    String.raw`\b(?:${MONTH})\.? \d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTH})\b`,
    String.raw`\b(?:yesterday|today|tomorrow|tonight|(?:last|next|this) (?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:on |by )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b`,
  ].join('|'),
  'g',
);
const PATTERNS: readonly { kind: SlotKind; pattern: RegExp }[] = [
  { kind: 'order', pattern: ORDER },
  { kind: 'waybill', pattern: WAYBILL_WORDS },
  { kind: 'date', pattern: DATE },
  { kind: 'size', pattern: LETTER_SIZE },
  { kind: 'size', pattern: NUMBER_SIZE },
  { kind: 'size', pattern: BODY },
  { kind: 'amount', pattern: AMOUNT },
];

/**
 * Order numbers, waybills, sizes, amounts and dates as a customer writes them, by position, none overlapping (of two that overlap the
 * earlier kind of the list wins). `knownOrders`: the customer's own order numbers, found wherever they stand.
 */
export function findSlots(text: string, knownOrders: readonly string[] = []): Slot[] {
  const mapped = mapForMatch(text);
  const found = [
    ...knownOrders.flatMap((order) => findKnown(text, order)),
    ...findPii(text).filter(({ kind }) => kind === 'waybill').map(({ start, end }): Slot => ({ kind: 'waybill', start, end, value: text.slice(start, end) })),
    ...PATTERNS.flatMap(({ kind, pattern }) => findPattern(text, mapped, kind, pattern)),
  ];
  // what is personal is no slot: a mobile number next to 单号 stays out
  const personal = findPii(text).filter(({ kind }) => kind !== 'waybill');
  const accepted: Slot[] = [];
  for (const slot of found) {
    if ([...accepted, ...personal].every((other) => slot.end <= other.start || slot.start >= other.end)) accepted.push(slot);
  }
  return accepted.sort((a, b) => a.start - b.start);
}

function findKnown(text: string, order: string): Slot[] {
  const slots: Slot[] = [];
  if (order.length < 4) return slots;
  for (let at = text.indexOf(order); at >= 0; at = text.indexOf(order, at + order.length)) slots.push({ kind: 'order', start: at, end: at + order.length, value: order });
  return slots;
}

function findPattern(text: string, mapped: MappedText, kind: SlotKind, pattern: RegExp): Slot[] {
  return [...mapped.text.matchAll(pattern)].map((match) => {
    const value = Object.values(match.groups ?? {}).find((group) => group !== undefined);
    // sizes and amounts keep their unit or sign, numbers of orders and waybills lose the word before them
    const from = kind === 'order' || kind === 'waybill' ? match.index + match[0].lastIndexOf(value ?? match[0]) : match.index;
    const span = sourceSpan(mapped, from, match.index + match[0].length);
    return { kind, start: span.start, end: span.end, value: text.slice(span.start, span.end).trim() };
  });
}
