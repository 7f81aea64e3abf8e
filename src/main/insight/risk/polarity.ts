import { EN_WORDS, ZH_WORDS } from './polarity-words.ts';

const LONGEST_ZH_WORD = 5;
const ZH_NEGATION = /(?:不是很|没有很|不太|不够|不怎么|并不|不|没有|没|别)$/;
const ZH_INTENSIFIER = /(?:非常|特别|超级|太|真的|真是|极其|十分|相当|实在)$/;
const EN_NEGATORS = new Set(['not', 'no', 'never', 'hardly', 'without', "don't", "doesn't", "didn't", "isn't", "wasn't", "aren't", "can't", "won't", "couldn't", "wouldn't"]);
const EN_INTENSIFIERS = new Set(['very', 'really', 'so', 'extremely', 'absolutely', 'totally', 'completely', 'utterly', 'beyond']);
const INTENSITY = 1.5;
/** A negated good word is mild blame, a negated bad word mild praise. */
const NEGATION_FACTOR = -0.5;
const CONTEXT_UNITS = 3;
const HAN = /\p{Script=Han}/u;
const WORD = /[a-z][a-z'’-]*/g;

function wordAt(text: string, start: number): string | undefined {
  for (let length = LONGEST_ZH_WORD; length >= 1; length -= 1) {
    const word = text.slice(start, start + length);
    if (word.length === length && ZH_WORDS.has(word)) return word;
  }
  return undefined;
}

function chineseSum(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; ) {
    const word = wordAt(text, index);
    // A Latin entry (ok, tmd) inside a Latin word is no match.
    if (word === undefined || (/^[a-z]/.test(word) && /[a-z]/.test(text.charAt(index - 1) + text.charAt(index + word.length)))) {
      index += 1;
      continue;
    }
    const before = text.slice(Math.max(0, index - CONTEXT_UNITS), index);
    const weight = ZH_WORDS.get(word) ?? 0;
    if (ZH_INTENSIFIER.test(before)) sum += weight * INTENSITY;
    else sum += ZH_NEGATION.test(before) ? weight * NEGATION_FACTOR : weight;
    index += word.length;
  }
  return sum;
}

function englishSum(text: string): number {
  const words = [...text.matchAll(WORD)].map(([word]) => word.replace('’', "'"));
  let sum = 0;
  for (const [index, word] of words.entries()) {
    const weight = EN_WORDS.get(word);
    if (weight === undefined) continue;
    const before = words.slice(Math.max(0, index - CONTEXT_UNITS), index);
    const intensity = EN_INTENSIFIERS.has(before.at(-1) ?? '') ? INTENSITY : 1;
    sum += weight * intensity * (before.some((previous) => EN_NEGATORS.has(previous)) ? NEGATION_FACTOR : 1);
  }
  return sum;
}

/**
 * How pleased a turn sounds: −1 (very upset) … 0 (neutral) … 1, from word weights w as Σw / (|Σw| + 1), so that one plain
 * bad word gives −.5. Takes simplified lower-case text (`normaliseForMatch` or `mapForMatch().text`), Chinese, English or mixed.
 */
export function polarityOf(normalised: string): number {
  const sum = HAN.test(normalised) ? chineseSum(normalised) + englishSum(normalised.replace(/\b(?:ok|tmd)\b/g, ' ')) : englishSum(normalised);
  return sum / (Math.abs(sum) + 1);
}
