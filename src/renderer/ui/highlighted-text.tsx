export type TextPart = { text: string; isHit: boolean };

/** Cuts `text` into parts, marking every occurrence of `words` (case-insensitive, longest first, no overlaps). The parts join to `text`. */
export function highlightParts(text: string, words: readonly string[]): TextPart[] {
  const wanted = [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))].toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0 || text === '') return text === '' ? [] : [{ text, isHit: false }];
  const pattern = new RegExp(wanted.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join('|'), 'giu');
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isHit: false });
    parts.push({ text: match[0], isHit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isHit: false });
  return parts;
}

/** Text with the matched words marked; only text nodes, never HTML. */
export function HighlightedText({ text, words }: { text: string; words: readonly string[] }) {
  let offset = 0;
  return highlightParts(text, words).map((part) => {
    const key = offset;
    offset += part.text.length;
    return part.isHit ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
  });
}
