import type { MarkedText, TextSpan } from '../../shared/contract/everywhere.contract.ts';
import { filterMapped, mapForMatch, sourceSpan, type MappedText } from '../text/mapped-text.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';

/** What is marked in results: the words of the question, and the numbers in it without their separators. */
export type Marks = { words: readonly string[]; numbers: readonly string[] };

const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const WORD_UNIT = /[\p{L}\p{N}]/u;
/** The `a` of a question is not the beginning of `and`. */
const PREFIX_UNITS = 3;
const SEPARATOR = /[\s\p{Pd}]/u;
const MOST_SPANS = 60;
const CONTEXT_UNITS = 160;

export function marksOf(text: string, numbers: readonly string[]): Marks {
  return { words: [...new Set(cjkTokens(normaliseForMatch(text)))], numbers };
}

/**
 * The text with the places where words of the question stand, whatever their width, case or script; Latin words are marked from their
 * beginning, those of one or two letters only where they are the whole word. A text longer than `maxUnits` is cut to that length around its first mark.
 */
export function markText(text: string, { words }: Marks, maxUnits = Number.POSITIVE_INFINITY): MarkedText {
  const mapped = mapForMatch(text);
  const found = words.flatMap((word) => occurrences(mapped, word, CJK.test(word)));
  return cut(text, merged(found), maxUnits);
}

/** A number with the part that was asked for marked, separators or not. */
export function markNumber(text: string, { numbers, words }: Marks): MarkedText {
  const mapped = mapForMatch(text);
  const bare = filterMapped(mapped, (index) => !SEPARATOR.test(mapped.text.charAt(index)));
  const wanted = numbers.length > 0 ? numbers : words;
  return { text, spans: merged(wanted.flatMap((number) => occurrences(bare, number, true))) };
}

function occurrences(mapped: MappedText, word: string, isAnywhere: boolean): TextSpan[] {
  const spans: TextSpan[] = [];
  for (let at = mapped.text.indexOf(word); at >= 0 && spans.length < MOST_SPANS; at = mapped.text.indexOf(word, at + 1)) {
    const isPart = isWordUnit(mapped.text.charAt(at - 1)) || (word.length < PREFIX_UNITS && isWordUnit(mapped.text.charAt(at + word.length)));
    if (isAnywhere || !isPart) spans.push(sourceSpan(mapped, at, at + word.length));
  }
  return spans;
}

const isWordUnit = (unit: string): boolean => WORD_UNIT.test(unit) && !CJK.test(unit);

/** In text order, spans that touch or overlap made one. */
function merged(spans: readonly TextSpan[]): TextSpan[] {
  const result: TextSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result.slice(0, MOST_SPANS);
}

function cut(text: string, spans: TextSpan[], maxUnits: number): MarkedText {
  if (text.length <= maxUnits) return { text, spans };
  const from = Math.max(0, Math.min((spans[0]?.start ?? 0) - CONTEXT_UNITS, text.length - maxUnits));
  const start = from + (isLowSurrogate(text, from) ? 1 : 0);
  const end = from + maxUnits - (isLowSurrogate(text, from + maxUnits) ? 1 : 0);
  const inside = spans.filter((span) => span.start >= start && span.end <= end);
  return { text: text.slice(start, end), spans: inside.map((span) => ({ start: span.start - start, end: span.end - start })) };
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
