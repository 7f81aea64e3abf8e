import type { Draft } from '../../../shared/contract/conversation.contract.ts';

export type Mark = Draft['marks'][number];
/** One change of a text: `[start, oldEnd)` of the old text became `[start, newEnd)` of the new. UTF-16 units. */
export type TextEdit = { start: number; oldEnd: number; newEnd: number };

/** The change between two texts; `caret` (in the new text, where the change ended) tells apart equal neighbours. */
export function editBetween(oldText: string, newText: string, caret: number): TextEdit {
  const limit = Math.min(oldText.length, newText.length);
  const tail = newText.length - caret;
  let suffix = 0;
  const maxSuffix = Math.min(limit, Math.max(0, tail));
  while (suffix < maxSuffix && oldText[oldText.length - 1 - suffix] === newText[newText.length - 1 - suffix]) suffix += 1;
  let prefix = 0;
  while (prefix < limit - suffix && oldText[prefix] === newText[prefix]) prefix += 1;
  while (suffix < limit - prefix && oldText[oldText.length - 1 - suffix] === newText[newText.length - 1 - suffix]) suffix += 1;
  return { start: prefix, oldEnd: oldText.length - suffix, newEnd: newText.length - suffix };
}

/** Marks after an edit: those behind it move along, those it touches inside are gone, for their text is now the rep's. */
export function adjustMarks(marks: readonly Mark[], { start, oldEnd, newEnd }: TextEdit): Mark[] {
  const shift = newEnd - oldEnd;
  return marks.flatMap((mark) => {
    if (start >= mark.end) return [mark];
    if (oldEnd <= mark.start) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
    return [];
  });
}

/** Suggestions whose whole text an edit took away or replaced: undone, they were not used. */
export function undoneBy(marks: readonly Mark[], { start, oldEnd }: TextEdit): Mark['suggestionId'][] {
  return marks.filter((mark) => start <= mark.start && oldEnd >= mark.end).map(({ suggestionId }) => suggestionId);
}

/** Places of a macro still to be filled, as the backend writes them: `⟨order.waybill⟩`. */
export type Placeholder = { start: number; end: number; name: string };

export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(/⟨([^⟨⟩\n]{1,80})⟩/g)].map((match) => ({ start: match.index, end: match.index + match[0].length, name: match[1] ?? '' }));
}

/** A stretch of the draft with everything that is to be shown about it. The stretches join to the text. */
export type DraftStretch = { start: number; text: string; isMarked: boolean; isPlaceholder: boolean; severity: 'block' | 'warn' | null };
type Span = { start: number; end: number };

export function draftStretches(text: string, marks: readonly Span[], violations: readonly (Span & { severity: 'block' | 'warn' })[]): DraftStretch[] {
  const holes = placeholdersIn(text);
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...marks, ...violations, ...holes]) {
    if (start < end && end <= text.length) cuts.add(start).add(end);
  }
  const places = [...cuts].toSorted((a, b) => a - b);
  const covers = (span: Span, start: number, end: number): boolean => span.start <= start && end <= span.end;
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const broken = violations.filter((span) => covers(span, start, end));
    return {
      start,
      text: text.slice(start, end),
      isMarked: marks.some((span) => covers(span, start, end)),
      isPlaceholder: holes.some((span) => covers(span, start, end)),
      severity: broken.some(({ severity }) => severity === 'block') ? 'block' : (broken[0]?.severity ?? null),
    };
  });
}

/** The `;query` being typed right before the caret, when the semicolon stands at the start of a word. */
export function macroToken(text: string, caret: number): { start: number; query: string } | null {
  const match = /(?:^|[\s，。！？、,.!?（(])[;；]([^\s;；]{0,40})$/u.exec(text.slice(0, caret));
  if (match === null) return null;
  const query = match[1] ?? '';
  return { start: caret - query.length - 1, query };
}
