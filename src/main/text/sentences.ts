export interface Sentence {
  /** UTF-16 offsets into the given text, end exclusive, without surrounding white space. */
  start: number;
  end: number;
  text: string;
}

// A terminator run with its closing quotes; a full stop only before white space or the end, so 3.5 and a.com stay whole.
const BOUNDARY = /(?:[。！？!?…；;]+|\.+(?=["'”’)）\]]*(?:\s|$)))["'”’」』)）\]]*|[\r\n]+/gu;
const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|vs|etc|e\.g|i\.e|approx|dept|inc|ltd)\.$/iu;

function trimmed(text: string, from: number, to: number): Sentence | undefined {
  let start = from;
  let end = to;
  while (start < end && /\s/u.test(text.charAt(start))) start += 1;
  while (end > start && /\s/u.test(text.charAt(end - 1))) end -= 1;
  return end > start ? { start, end, text: text.slice(start, end) } : undefined;
}

/** Chinese and English sentences in order; together they hold every character that is not white space. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    const to = match.index + match[0].length;
    // Ten characters hold the longest abbreviation: looking further back would make long texts quadratic.
    if (match[0] === '.' && ABBREVIATION.test(text.slice(Math.max(from, to - 10), to))) continue;
    const sentence = trimmed(text, from, to);
    if (sentence) sentences.push(sentence);
    from = to;
  }
  const rest = trimmed(text, from, text.length);
  if (rest) sentences.push(rest);
  return sentences;
}
