import { ConverterFactory, Locale } from 'opencc-js/t2cn';

/**
 * Variants that the generic traditional→simplified tables leave alone. 著 is the aspect particle 着 except in the words
 * listed. The Taiwan and Hong Kong presets are not used: they change simplified text too (么→幺, 程序→进程, 智慧→智能).
 */
const KEPT_ZHU = '著名 著作 著称 名著 显著 原著 编著 卓著 土著 论著 专著 巨著 著述 著录 著者 昭著 合著 译著 遗著 著书'.split(' ');
const VARIANTS: [string, string][] = [
  ...KEPT_ZHU.map((word): [string, string] => [word, word]),
  ['著', '着'],
  ['甚么', '什么'],
  ['妳', '你'],
  ['祇', '只'],
  ['衹', '只'],
];

let convert: ((text: string) => string) | undefined;

/** Generic traditional → simplified Chinese; any other text is unchanged. The tables load on the first call (≈30 ms). */
export function toSimplified(text: string): string {
  convert ??= ConverterFactory(Locale.to['cn'] ?? [], [VARIANTS]);
  return convert(text);
}

/** The text with every lone surrogate replaced by U+FFFD, so that it survives UTF-8. */
export function toWellFormed(text: string): string {
  return text.toWellFormed();
}

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const HAN = /\p{Script=Han}/u;
// Format characters (zero width, bidi, soft hyphen), controls that are not white space, and variation selectors.
const INVISIBLE = /[\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]|(?!\s)\p{Cc}/gu;
const MAX_PASSES = 8;

function normaliseOnce(text: string): string {
  const composed = text.replace(INVISIBLE, '').normalize('NFKC');
  const simplified = HAN.test(composed) ? toSimplified(composed) : composed;
  return simplified.toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * The copy of a text that is matched, indexed and compared; never shown. NFKC, simplified characters, lower case, one
 * space for any white space, no control or zero-width characters, no lone surrogates. Idempotent.
 */
export function normaliseForMatch(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim();
  let current = toWellFormed(text);
  // One pass can create input for another (removing a mark lets two characters compose), so run to the fixed point.
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = normaliseOnce(current);
    if (next === current) break;
    current = next;
  }
  return current;
}
