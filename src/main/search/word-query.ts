import { normaliseForMatch } from '../text/normalise.ts';
import { cjkTokens } from '../text/tokens.ts';

/** Okapi BM25 (Robertson and Zaragoza 2009, eq. 3.15) with the usual constants. */
const K1 = 1.2;
const B = 0.75;
/** Longer messages are cut to their rarest tokens. */
const MAX_TOKENS = 48;
const MAX_LOOKED_UP = 10;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const WORD_UNIT = /[\p{L}\p{N}]/u;

/** What scoring asks of a token for every row, worked out once a question. `pair` holds the two characters of a CJK pair. */
type TokenShape = { isCjk: boolean; pair: readonly [string, string] | undefined };

/** Distinct tokens of a question in text order, with the weight and shape of each; `source` is the question as it was written. */
export type WordQuery = { source: string; tokens: readonly string[]; idf: ReadonlyMap<string, number>; shapes: ReadonlyMap<string, TokenShape> };

/** `totals` gives the rows of the collection, and those that hold a token. */
export function wordQuery(source: string, totals: { rowCount: number; documentCount(token: string): number }): WordQuery {
  const distinct = [...new Set(cjkTokens(normaliseForMatch(source)))];
  const idf = new Map(distinct.map((token) => [token, inverseDocumentFrequency(totals.rowCount, totals.documentCount(token))]));
  const shapes = new Map(distinct.map((token) => [token, shapeOf(token)]));
  if (distinct.length <= MAX_TOKENS) return { source, tokens: distinct, idf, shapes };
  const rarest = new Set(distinct.toSorted((a, b) => (idf.get(b) ?? 0) - (idf.get(a) ?? 0)).slice(0, MAX_TOKENS));
  return { source, tokens: distinct.filter((token) => rarest.has(token)), idf, shapes };
}

function shapeOf(token: string): TokenShape {
  const isCjk = CJK.test(token);
  const [first, second, ...rest] = Array.from(token);
  return { isCjk, pair: isCjk && first !== undefined && second !== undefined && rest.length === 0 ? [first, second] : undefined };
}

function inverseDocumentFrequency(rowCount: number, documentCount: number): number {
  return Math.log(1 + Math.max(0, rowCount - documentCount + 0.5) / (documentCount + 0.5));
}

/** A question of one Chinese character: as a token it would only match where it stands alone. */
export function isSingleCharacter(query: WordQuery): boolean {
  const [only, ...rest] = query.tokens;
  return only !== undefined && rest.length === 0 && Array.from(only).length === 1 && CJK.test(only);
}

/**
 * The rarest tokens to look up: at least one and at most ten, together in at most `budget` rows unless one alone exceeds it. As many
 * tokens the counts do not know yet come free, because a stale count must not hide a new word.
 */
export function rarestTokens(query: WordQuery, documentCount: (token: string) => number, budget: number): string[] {
  const byRarity = query.tokens.map((token) => ({ token, count: documentCount(token) })).toSorted((a, b) => a.count - b.count);
  const unknown = byRarity.filter((entry) => entry.count === 0).slice(0, MAX_LOOKED_UP).map((entry) => entry.token);
  const known = byRarity.filter((entry) => entry.count > 0).slice(0, MAX_LOOKED_UP);
  const chosen: string[] = [];
  let rowCount = 0;
  for (const { token, count } of known) {
    if (chosen.length > 0 && rowCount + count > budget) break;
    chosen.push(token);
    rowCount += count;
  }
  return [...chosen, ...unknown];
}

/** An FTS5 expression of single tokens in quotes; the index keeps no positions, so a phrase would be an error. */
export function matchExpression(tokens: readonly string[], joiner: 'AND' | 'OR'): string {
  return tokens.map((token) => `"${token.replaceAll('"', '""')}"`).join(` ${joiner} `);
}

/** The BM25 score of one text (0 when it shares no token) and the tokens it holds, in the order of the question. */
export function scoreText(query: WordQuery, normalised: string, tokensPerRow: number): { bm25: number; matched: string[] } {
  const length = K1 * (1 - B + (B * roughTokenCount(normalised)) / tokensPerRow);
  const matched: string[] = [];
  let bm25 = 0;
  for (const token of query.tokens) {
    const count = occurrences(normalised, token, query.shapes.get(token)?.isCjk === true);
    if (count === 0) continue;
    matched.push(token);
    bm25 += ((query.idf.get(token) ?? 0) * count * (K1 + 1)) / (count + length);
  }
  return { bm25, matched };
}

/**
 * Close to `cjkTokens(normalised).length` at a hundredth of its cost: pairs of neighbouring CJK units, lone ones, and beginnings of other
 * words. Everything from U+2E80 on counts as CJK, punctuation of that area (U+3000–U+303F) aside.
 */
export function roughTokenCount(normalised: string): number {
  let count = 0;
  let run = 0;
  let wasWord = false;
  for (let at = 0; at < normalised.length; at++) {
    const code = normalised.charCodeAt(at);
    if (isCjkUnit(code)) count += run++ === 1 ? 0 : 1;
    else run = 0;
    const isWord = isWordUnit(code);
    if (isWord && !wasWord) count++;
    wasWord = isWord;
  }
  return count;
}

function isCjkUnit(code: number): boolean {
  return code >= 0x2e80 && (code < 0x3000 || code > 0x303f);
}

/** Digits, lower-case Latin, and the letters from À up to the punctuation at U+2000. */
function isWordUnit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 0xc0 && code < 0x2000);
}

/** Where a token of the index stands in the text: CJK tokens anywhere, other words between non-letters or CJK. */
function occurrences(normalised: string, token: string, isCjk: boolean): number {
  let count = 0;
  for (let at = normalised.indexOf(token); at >= 0; at = normalised.indexOf(token, at + (isCjk ? 1 : token.length))) {
    if (isCjk || (isBoundary(normalised.charAt(at - 1)) && isBoundary(normalised.charAt(at + token.length)))) count++;
  }
  return count;
}

function isBoundary(unit: string): boolean {
  return !WORD_UNIT.test(unit) || CJK.test(unit);
}

/** Overlapping matched pairs become the longest strings that stand in the text: 我要 要退 退款 → 我要退款. */
export function joinMatched(query: WordQuery, matched: readonly string[], normalised: string): string[] {
  const joined: string[] = [];
  let lastCharacter: string | undefined;
  for (const token of matched) {
    const pair = query.shapes.get(token)?.pair;
    const last = joined.length - 1;
    const longer = pair !== undefined && pair[0] === lastCharacter ? `${joined[last] ?? ''}${pair[1]}` : undefined;
    if (longer !== undefined && normalised.includes(longer)) joined[last] = longer;
    else joined.push(token);
    lastCharacter = pair?.[1];
  }
  return joined;
}
