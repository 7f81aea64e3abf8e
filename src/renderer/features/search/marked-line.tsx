import type { MarkedText } from '../../../shared/contract/everywhere.contract.ts';

/** Text with its marks as the backend placed them; only text nodes, never HTML. */
export function MarkedLine({ text, spans }: MarkedText) {
  const parts: { start: number; text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start > at) parts.push({ start: at, text: text.slice(at, span.start), isMarked: false });
    parts.push({ start: span.start, text: text.slice(span.start, span.end), isMarked: true });
    at = span.end;
  }
  if (at < text.length) parts.push({ start: at, text: text.slice(at), isMarked: false });
  return parts.map((part) => (part.isMarked ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>));
}
