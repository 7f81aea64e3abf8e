import { linkAddress, type LinkAddress } from './link-address.ts';

/** A piece of a message's text; the pieces join to the text. `order` and `waybill` are numbers the rep copies or looks up. */
export type MessagePart =
  | { kind: 'text'; start: number; text: string }
  | { kind: 'link'; start: number; text: string; link: LinkAddress }
  | { kind: 'order' | 'waybill'; start: number; text: string };

/** Numbers of this customer, which are found whatever they look like. */
export type KnownNumbers = { orders: readonly string[]; waybills: readonly string[] };

// an address ends where Chinese text or its punctuation begins; trailing punctuation belongs to the sentence
const LINK = /https?:\/\/[^\s\p{Script=Han}\p{Pi}\p{Pf}<>"'`，。！？；：、（）《》【】「」]+/giu;
const LINK_TAIL = /[.,;:!?)\]}'"*_~]+$/u;

/**
 * Waybill numbers as the carriers print them: 顺丰 SF, 圆通 YT, 京东 JD, 极兔 JT, 德邦 DPK, 韵达/申通/中通 13–15 digits beginning with their usual digits,
 * EMS (UPU S10: two letters, nine digits, CN). Order numbers: 16–21 digits (淘宝, 天猫, 京东, 抖音), or DD and 12–20 digits.
 */
const WAYBILL = /(?<![A-Za-z0-9])(?:SF\d{12,15}|YT\d{13}|JD[A-Z]?\d{11,15}|JT\d{13}|DPK\d{12}|[A-Z]{2}\d{9}CN)(?![A-Za-z0-9])/g;
const ORDER = /(?<![A-Za-z0-9])(?:\d{16,21}|DD\d{12,20})(?![A-Za-z0-9])/g;
const MIN_KNOWN_CHARACTERS = 4;

type Found = { kind: 'link'; start: number; end: number; link: LinkAddress } | { kind: 'order' | 'waybill'; start: number; end: number };

export function messageParts(text: string, known: KnownNumbers = { orders: [], waybills: [] }): MessagePart[] {
  const found = [...links(text), ...knownNumbers(text, known.orders, 'order'), ...knownNumbers(text, known.waybills, 'waybill'), ...matches(text, WAYBILL, 'waybill'), ...matches(text, ORDER, 'order')];
  const parts: MessagePart[] = [];
  let end = 0;
  const addText = (until: number): void => {
    if (until > end) parts.push({ kind: 'text', start: end, text: text.slice(end, until) });
  };
  // the earliest wins; of two that begin together the one named first above
  for (const next of found.toSorted((a, b) => a.start - b.start)) {
    if (next.start < end) continue;
    addText(next.start);
    const piece = { start: next.start, text: text.slice(next.start, next.end) };
    parts.push(next.kind === 'link' ? { ...piece, kind: 'link', link: next.link } : { ...piece, kind: next.kind });
    end = next.end;
  }
  addText(text.length);
  return parts;
}

function links(text: string): Found[] {
  return [...text.matchAll(LINK)].flatMap((match) => {
    const address = match[0].replace(LINK_TAIL, '');
    const link = linkAddress(address);
    return link === null ? [] : [{ kind: 'link', start: match.index, end: match.index + address.length, link }];
  });
}

function matches(text: string, pattern: RegExp, kind: 'order' | 'waybill'): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({ kind, start: match.index, end: match.index + match[0].length }));
}

function knownNumbers(text: string, numbers: readonly string[], kind: 'order' | 'waybill'): Found[] {
  return numbers.filter((number) => number.length >= MIN_KNOWN_CHARACTERS).flatMap((number) => {
    const found: Found[] = [];
    for (let at = text.indexOf(number); at !== -1; at = text.indexOf(number, at + number.length)) {
      const isWhole = !/[A-Za-z0-9]/.test(text[at - 1] ?? '') && !/[A-Za-z0-9]/.test(text[at + number.length] ?? '');
      if (isWhole) found.push({ kind, start: at, end: at + number.length });
    }
    return found;
  });
}
