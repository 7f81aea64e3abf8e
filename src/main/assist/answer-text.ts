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

/** Words that say nothing about what a question is about: sharing them is no evidence. */
const STOP_WORDS = new Set(
  (
    'a an the i me my mine we us our you your he she it its they them this that these those is am are was were be been being do does did have has had can could will would shall should may might ' +
    'to of in on at for from by with about as into and or but if then so not no yes what which who when where why how there here just very too also please hi hello hey thanks thank s t m re ve ll d ' +
    '你们 我们 他们 怎么 什么 可以 一下 请问 问一 这个 那个 你好 您好 在吗 一个 是不 不是 的吗 了吗 可不 么办 怎样 如何 为什 我的 你的 还有 没有 就是 现在 已经 知道 不知 的话 我要 我想 想问 帮我 麻烦 谢谢 亲亲 吗亲'
  ).split(' '),
);

const NOT_LATIN = /[^\p{Script=Latin}\p{N}]/u;

/** The distinct tokens of a question that it can be found by; all of them when it has no others. */
export function questionTokens(question: string): Set<string> {
  const all = cjkTokens(normaliseForMatch(question));
  const telling = all.filter((token) => !STOP_WORDS.has(token));
  return new Set(telling.length > 0 ? telling : all);
}

/** Share of the question's distinct tokens that a sentence holds, below 1: with few tokens to go by, sharing them all proves less. */
function tokenCoverage(tokens: ReadonlySet<string>, text: string): number {
  const held = new Set(cjkTokens(normaliseForMatch(text)));
  return shareOf(tokens, (token) => held.has(token));
}

/** The same share from what the search found to be shared: words as they are, runs of Chinese characters standing for the pairs in them. */
export function coverageOf(tokens: ReadonlySet<string>, matchedWords: readonly string[]): number {
  const words = new Set(matchedWords);
  return shareOf(tokens, (token) => words.has(token) || (NOT_LATIN.test(token) && matchedWords.some((word) => word.includes(token))));
}

function shareOf(tokens: ReadonlySet<string>, isHeld: (token: string) => boolean): number {
  if (tokens.size === 0) return 0;
  let sharedCount = 0;
  for (const token of tokens) if (isHeld(token)) sharedCount++;
  return sharedCount / (tokens.size + 1);
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
  const tokens = questionTokens(question);
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
