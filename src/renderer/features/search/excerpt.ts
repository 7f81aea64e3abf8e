import type { MarkedText } from '../../../shared/contract/everywhere.contract.ts';

const BEFORE_UNITS = 24;

/** One line of a longer text: white space made plain, begun shortly before its first mark when that stands too far in to be seen. */
export function excerptOf({ text, spans }: MarkedText, maxUnits: number): MarkedText {
  const line = text.replaceAll(/\s/g, ' ');
  const first = spans[0]?.start ?? 0;
  const start = first < maxUnits / 2 ? 0 : characterStart(line, first - BEFORE_UNITS);
  const end = characterStart(line, Math.min(line.length, start + maxUnits));
  const lead = start === 0 ? '' : '…';
  const shift = lead.length - start;
  const kept = spans.filter((span) => span.start >= start && span.end <= end).map((span) => ({ start: span.start + shift, end: span.end + shift }));
  return { text: `${lead}${line.slice(start, end)}${end < line.length ? '…' : ''}`, spans: kept };
}

/** Not between the halves of one character. */
function characterStart(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
