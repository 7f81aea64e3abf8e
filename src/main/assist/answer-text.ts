import { normaliseForMatch } from '../text/normalise.ts';
import { splitSentences } from '../text/sentences.ts';
import { cjkTokens } from '../text/tokens.ts';

/** The longest text offered as a reply, in characters; more than this is read, not sent. */
const MAX_ANSWER_CHARS = 240;

export type PassageAnswer = {
  /** What is offered as a reply: the best sentence and what follows it, whole sentences only. */
  text: string;
  /** The sentence that matched best. */
  matchedText: string;
};

/** Share of the question's distinct tokens that a sentence holds, 0–1. */
export function tokenCoverage(questionTokens: ReadonlySet<string>, text: string): number {
  if (questionTokens.size === 0) return 0;
  const held = new Set(cjkTokens(normaliseForMatch(text)));
  let sharedCount = 0;
  for (const token of questionTokens) if (held.has(token)) sharedCount++;
  return sharedCount / questionTokens.size;
}

/** Breaks ties between sentences that hold the same bigrams (多久赔 and 内赔付 share only 赔). */
const CHARACTER_WEIGHT = 0.2;

function characterCoverage(question: string, text: string): number {
  const wanted = new Set(normaliseForMatch(question).replace(/[^\p{L}\p{N}]/gu, ''));
  if (wanted.size === 0) return 0;
  const held = new Set(normaliseForMatch(text));
  return [...wanted].filter((character) => held.has(character)).length / wanted.size;
}

/** The extract of a passage that answers the question: a short passage whole, a long one from its best sentence on. */
export function answerFrom(question: string, passage: string): PassageAnswer {
  const tokens = new Set(cjkTokens(normaliseForMatch(question)));
  const sentences = splitSentences(passage);
  let best = 0;
  let bestCoverage = -1;
  for (const [place, sentence] of sentences.entries()) {
    const coverage = tokenCoverage(tokens, sentence.text) + CHARACTER_WEIGHT * characterCoverage(question, sentence.text);
    if (coverage > bestCoverage) [best, bestCoverage] = [place, coverage];
  }
  const matched = sentences[best];
  if (matched === undefined) return { text: passage.trim(), matchedText: passage.trim() };
  if (passage.trim().length <= MAX_ANSWER_CHARS) return { text: passage.trim(), matchedText: matched.text };
  let end = matched.end;
  for (const next of sentences.slice(best + 1)) {
    if (next.end - matched.start > MAX_ANSWER_CHARS) break;
    end = next.end;
  }
  return { text: passage.slice(matched.start, end).trim(), matchedText: matched.text };
}
