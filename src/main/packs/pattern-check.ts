import { createContext, runInContext, type Context } from 'node:vm';

const MAX_PATTERN_UNITS = 200;
/** Long for a reply. All probes of a pattern with one open repeat (`.*元`) need some 60 ms at worst, of one with two of them (`.*a.*b`) many seconds: nothing comes near the limit. */
const PROBE_UNITS = 2000;
const PROBE_LIMIT_MS = 400;

/** Rules run on simplified, lower-case text; `i` forgives capitals in a pattern, `g` finds every place. */
export function compilePattern(source: string): RegExp {
  return new RegExp(source, 'giu');
}

/**
 * Why a pattern of a pack is not taken, as "what is wrong; how to mend it", or null when it is sound. Patterns come from others and run on every
 * reply: no more than 200 characters, no repeat inside a repeat, no back references, and a long reply must be read in a moment.
 */
export function patternProblem(source: string): string | null {
  if (source.length > MAX_PATTERN_UNITS) return `the pattern has ${source.length} characters; split it so that each has at most ${MAX_PATTERN_UNITS}`;
  let pattern: RegExp;
  try {
    pattern = compilePattern(source);
  } catch (error) {
    return `this is not a regular expression (${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '').slice(0, 120) : ''}); correct it`;
  }
  if (/\\[1-9]|\\k</.test(source)) return 'the pattern refers back to a group; write the words out';
  if (hasNestedRepeat(source)) return 'a repeat stands inside a repeat, which can take for ever; repeat only one of them';
  if (pattern.test('')) return 'the pattern also matches nothing at all; make at least one character necessary';
  return isSlow(source, probes(source)) ? 'the pattern takes too long on a long reply; use fewer open repeats such as .* and +' : null;
}

type Group = { hasRepeat: boolean };
type Piece = { kind: 'open' } | { kind: 'close' } | { kind: 'repeat'; isOpen: boolean; isMany: boolean } | { kind: 'other' };

/** A group that holds an open repeat (`*`, `+`, `{2,}`) and is itself repeated more than once. */
function hasNestedRepeat(source: string): boolean {
  const groups: Group[] = [{ hasRepeat: false }];
  let closed: Group | undefined;
  for (const piece of piecesOf(source)) {
    if (piece.kind === 'repeat') {
      if (closed?.hasRepeat === true && piece.isMany) return true;
      if (piece.isOpen) for (const group of groups) group.hasRepeat = true;
    }
    closed = piece.kind === 'close' && groups.length > 1 ? groups.pop() : undefined;
    if (piece.kind === 'open') groups.push({ hasRepeat: false });
  }
  return false;
}

/** The pattern cut into what matters here; an escaped sign and a class of signs are one piece each. */
function* piecesOf(source: string): Generator<Piece> {
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? '';
    const repeat = repeatAt(source, at);
    if (repeat !== null) yield { kind: 'repeat', ...repeat };
    else if (sign === '(') yield { kind: 'open' };
    else if (sign === ')') yield { kind: 'close' };
    else yield { kind: 'other' };
    if (sign === '\\') at++;
    if (sign === '[') at = classEnd(source, at);
  }
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

/** `isOpen`: no upper bound; `isMany`: may happen more than once. The `?` after `(` and a lone `?` are no repeats. */
function repeatAt(source: string, at: number): { isOpen: boolean; isMany: boolean } | null {
  const sign = source[at];
  if (sign === '*' || sign === '+') return { isOpen: true, isMany: true };
  const counted = sign === '{' ? /^\{(\d+)(,(\d*))?\}/.exec(source.slice(at)) : null;
  if (counted === null) return null;
  const max = counted[2] === undefined ? Number(counted[1]) : counted[3] === '' ? Infinity : Number(counted[3]);
  return { isOpen: max === Infinity, isMany: max > 1 };
}

/** Long texts made of what the pattern itself looks for, which is what makes a bad pattern go back and forth. */
function probes(source: string): string[] {
  const words = withoutCodes(source).replace(/\\[a-zA-Z](\{[^}]*\})?|[\\^$.*+?()[\]{}|]/g, ' ').split(/\s+/).filter((word) => word !== '');
  const letters = [...new Set(words.join(''))].slice(0, 8);
  const seeds = [...new Set(['a', '1', ' ', '\t', '好', ...letters, ...words.slice(0, 4), words.join(''), words.join(' ')])].filter((seed) => seed !== '');
  return seeds.map((seed) => seed.repeat(Math.ceil(PROBE_UNITS / seed.length)).slice(0, PROBE_UNITS));
}

/** `\u4e2d`, `\u{4e2d}` and `\x2d` as the signs they stand for: else a pattern could hide what it looks for. */
function withoutCodes(source: string): string {
  return source.replace(/\\u\{([\da-f]{1,6})\}|\\u([\da-f]{4})|\\x([\da-f]{2})/gi, (_code, braced?: string, four?: string, two?: string) => String.fromCodePoint(Number.parseInt(braced ?? four ?? two ?? '20', 16)));
}

/** Twice slow, so that a busy machine blames no sound pattern. */
function isSlow(source: string, texts: readonly string[]): boolean {
  return takesTooLong(source, texts) && takesTooLong(source, texts);
}

let sandbox: Context | undefined;

/** In a context of its own only because that can be stopped by the clock, in the middle of a match. */
function takesTooLong(source: string, texts: readonly string[]): boolean {
  sandbox ??= createContext({});
  Object.assign(sandbox, { source, texts });
  try {
    runInContext('for (const text of texts) for (const _ of text.matchAll(new RegExp(source, "giu"))) {}', sandbox, { timeout: PROBE_LIMIT_MS });
    return false;
  } catch {
    return true;
  }
}
