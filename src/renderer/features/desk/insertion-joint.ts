/** Text and what joins it to its neighbours: `before + text + after` goes in at the caret as one step of undo. */
export type JointInsertion = { before: string; text: string; after: string };

/** Spans of suggestions already in the draft, UTF-16 units. */
type Span = { start: number; end: number };

/** Two short sentences stand on one line; anything longer gets a line of its own. */
const SHORT_CHARACTERS = 30;
const CLOSED = /[。！？!?….；;:：~～)）」』”"\]】]$/u;
const LATIN_END = /[\p{Script=Latin}\p{N}.,!?;:)"']$/u;
const LATIN_START = /^[\p{Script=Latin}\p{N}("']/u;

/**
 * How a suggestion joins what is there. Beside another suggestion: a line break, or between two short sentences a full stop where one is missing.
 * Beside the rep's own words nothing is added but the space that Latin words need: the rep may be in the middle of a sentence.
 */
export function jointInsertion(draft: string, caret: number, text: string, marks: readonly Span[]): JointInsertion {
  const [left, right] = [draft.slice(0, caret), draft.slice(caret)];
  const previous = marks.find(({ end }) => end === caret);
  const next = marks.find(({ start }) => start === caret);
  return {
    before: previous === undefined ? wordSpace(left, text) : sentenceJoint(draft.slice(previous.start, previous.end), text),
    text,
    after: next === undefined ? wordSpace(text, right) : sentenceJoint(text, draft.slice(next.start, next.end)),
  };
}

function sentenceJoint(first: string, second: string): string {
  if (/\s$/u.test(first) || /^\s/u.test(second)) return '';
  const isShort = [first, second].every((part) => !part.includes('\n') && part.length <= SHORT_CHARACTERS);
  if (!isShort) return '\n';
  const isLatin = LATIN_END.test(first) && LATIN_START.test(second);
  if (CLOSED.test(first)) return isLatin ? ' ' : '';
  return isLatin ? '. ' : '。';
}

function wordSpace(first: string, second: string): string {
  return LATIN_END.test(first) && LATIN_START.test(second) ? ' ' : '';
}
