import { jsonErrorColumn } from './json-error-column.ts';
import { rejectedRow, type ByteSource, type ReadItem } from './read-item.ts';
import { lineProblemSentence, readLineBatches, type LineOptions, type TextLine } from './read-lines.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Deeper values would overflow the stack of whoever walks them. */
const MAX_DEPTH = 64;

/**
 * One JSON value a line; blank lines are skipped. Rejected: bad JSON (with its column), lines over the size limit, bytes that are no text,
 * NUL (also as \u0000), nesting deeper than 64. Lone surrogates written as \ud800 are replaced with U+FFFD and the row is marked.
 */
export async function* readJsonLines(source: ByteSource, options: LineOptions): AsyncGenerator<ReadItem<JsonValue>> {
  for await (const lines of readLineBatches(source, options)) {
    for (const line of lines) {
      if (line.problem !== null) yield rejectedRow(line.line, line.problem, lineProblemSentence(line.problem));
      else if (line.text.trim() !== '') yield parseLine(line);
    }
  }
}

function parseLine({ line, text, isCleaned }: TextLine): ReadItem<JsonValue> {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return rejectedRow(line, 'bad-json', `The line is not valid JSON at column ${jsonErrorColumn(text) ?? 1}.`);
  }
  if (hasManyBrackets(text) && isDeeperThan(value, MAX_DEPTH)) return rejectedRow(line, 'too-deep', `The value is nested deeper than ${MAX_DEPTH} levels.`);
  // Escapes are rare, so the costly walk over the value is done only when the line shows one.
  if (!/\\u(?:0000|[dD][89a-fA-F])/.test(text)) return row(line, value, isCleaned);
  const walk = { hasNul: false, isCleaned };
  const cleaned = cleanStrings(value, walk);
  return walk.hasNul ? rejectedRow(line, 'nul-bytes', lineProblemSentence('nul-bytes')) : row(line, cleaned, walk.isCleaned);
}

function row(line: number, value: JsonValue, isCleaned: boolean): ReadItem<JsonValue> {
  return isCleaned ? { kind: 'row', line, value, cleaned: 'lone-surrogates' } : { kind: 'row', line, value };
}

function hasManyBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1 && count <= MAX_DEPTH; at = text.indexOf(bracket, at + 1)) count++;
  }
  return count > MAX_DEPTH;
}

function isDeeperThan(root: JsonValue, maxDepth: number): boolean {
  let layer: JsonValue[] = [root];
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > maxDepth) return true;
    layer = layer.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : [])).filter((value) => typeof value === 'object' && value !== null);
  }
  return false;
}

function cleanStrings(value: JsonValue, walk: { hasNul: boolean; isCleaned: boolean }): JsonValue {
  if (typeof value === 'string') return cleanString(value, walk);
  if (Array.isArray(value)) return value.map((item) => cleanStrings(item, walk));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanString(key, walk), cleanStrings(item, walk)]));
}

function cleanString(text: string, walk: { hasNul: boolean; isCleaned: boolean }): string {
  if (text.includes('\0')) walk.hasNul = true;
  if (text.isWellFormed()) return text;
  walk.isCleaned = true;
  return text.toWellFormed();
}
