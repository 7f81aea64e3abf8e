import { toSimplified, toWellFormed } from './normalise.ts';

/**
 * A copy for matching that remembers where each UTF-16 unit came from: unit `i` of `text` was made from
 * `source.slice(starts[i], ends[i])`.
 */
export interface MappedText {
  text: string;
  starts: number[];
  ends: number[];
}

interface Span {
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

const DROPPED = /^[\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]$|^(?!\s)\p{Cc}$/u;
const MATCHED_FORMS_LIMIT = 30_000;
const matchedForms = new Map<string, string>();

/** What one code point becomes in the matching copy ('' when dropped). Pure, so remembered. */
function matchedForm(codePoint: string): string {
  const known = matchedForms.get(codePoint);
  if (known !== undefined) return known;
  const form = DROPPED.test(codePoint)
    ? ''
    : toSimplified(toWellFormed(codePoint).normalize('NFKC')).toLowerCase().replace(/\s+/g, ' ');
  if (matchedForms.size < MATCHED_FORMS_LIMIT) matchedForms.set(codePoint, form);
  return form;
}

/**
 * Like `normaliseForMatch`, but character by character, so that a match can be quoted from and replaced in the original.
 * Runs of white space become one space (kept at both ends).
 */
export function mapForMatch(source: string): MappedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let offset = 0;
  for (const codePoint of source) {
    const end = offset + codePoint.length;
    const form = matchedForm(codePoint);
    if (form === ' ' && text.endsWith(' ')) ends[ends.length - 1] = end;
    else {
      text += form;
      for (let unit = 0; unit < form.length; unit += 1) {
        starts.push(offset);
        ends.push(end);
      }
    }
    offset = end;
  }
  return { text, starts, ends };
}

/** The same mapping without the units for which `isKept` is false. */
export function filterMapped(mapped: MappedText, isKept: (index: number) => boolean): MappedText {
  const kept: MappedText = { text: '', starts: [], ends: [] };
  for (let index = 0; index < mapped.text.length; index += 1) {
    if (!isKept(index)) continue;
    kept.text += mapped.text.charAt(index);
    kept.starts.push(mapped.starts[index] ?? 0);
    kept.ends.push(mapped.ends[index] ?? 0);
  }
  return kept;
}

/** A span of the matching copy as a span of the source; an empty span maps to an empty span. */
export function sourceSpan(mapped: MappedText, start: number, end: number): Span {
  const from = mapped.starts[start] ?? mapped.ends.at(-1) ?? 0;
  if (end <= start) return { start: from, end: from };
  return { start: from, end: mapped.ends[end - 1] ?? from };
}
