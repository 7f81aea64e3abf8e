// Scripts written without spaces; only their letters and digits, so that any token can stand in quotes in a MATCH.
const CJK_CLASS = String.raw`[[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]&&[\p{L}\p{N}]]`;
const RUN = new RegExp(String.raw`(${CJK_CLASS}+)|[[\p{L}\p{N}]--${CJK_CLASS}]+`, 'gv');
/** Longer letter or digit runs (keys, base64) are cut: nobody searches for them whole. */
const MAX_WORD_UNITS = 48;

function pushBigrams(run: string, tokens: string[]): void {
  const characters = Array.from(run);
  if (characters.length === 1) tokens.push(run);
  for (let index = 0; index + 1 < characters.length; index += 1) {
    tokens.push(`${characters[index] ?? ''}${characters[index + 1] ?? ''}`);
  }
}

/** A run of characters of one kind in a normalised text: CJK, or other letters and digits. */
export type LetterRun = { text: string; isCjk: boolean };

/** All runs in text order; words too long for anybody to search for are cut. */
export function letterRuns(normalised: string): LetterRun[] {
  return Array.from(normalised.matchAll(RUN), ([word, cjk]) => (cjk === undefined ? { text: cutWord(word), isCjk: false } : { text: cjk, isCjk: true }));
}

function cutWord(word: string): string {
  return word.slice(0, MAX_WORD_UNITS).toWellFormed().replace('\uFFFD', '');
}

/**
 * Search tokens of a text that went through `normaliseForMatch`: a run of CJK characters gives its overlapping bigrams
 * (a single character gives itself), a run of other letters and digits gives one lower-case word. In text order, repeats
 * kept. Tokens hold letters and digits only.
 */
export function cjkTokens(normalised: string): string[] {
  const tokens: string[] = [];
  for (const match of normalised.matchAll(RUN)) {
    if (match[1] === undefined) tokens.push(cutWord(match[0]));
    else pushBigrams(match[1], tokens);
  }
  return tokens;
}

/** The document that FTS5 (`unicode61`) stores for a normalised text. */
export function ftsDocument(normalised: string): string {
  return cjkTokens(normalised).join(' ');
}
