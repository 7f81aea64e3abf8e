import { normaliseForMatch } from './normalise.ts';
import { cjkTokens } from './tokens.ts';

const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const MOST_WORDS = 400;
const MOST_ASKED = 8;

/**
 * What a short text is found by, distinct: the words of `cjkTokens`, and the second character of every pair. A question's word matches
 * every stored word that begins with it, so that one character finds all names that hold it.
 */
export function nameWords(texts: readonly (string | null)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const token of cjkTokens(normaliseForMatch(text ?? ''))) {
      words.add(token);
      const [, second] = Array.from(token);
      if (second !== undefined && CJK.test(token)) words.add(second);
    }
  }
  return [...words].slice(0, MOST_WORDS);
}

/** The words of a question, at most eight; rows must hold all of them, each at the beginning of a stored word. */
export function askedWords(text: string): string[] {
  return [...new Set(cjkTokens(normaliseForMatch(text)))].slice(0, MOST_ASKED);
}
