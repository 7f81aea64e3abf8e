import { StringDecoder } from 'node:string_decoder';
import type { TextEncoding } from './encoding.ts';
import { countBytes, type ByteSource, type ReadOptions, type RejectCode } from './read-item.ts';

/** One physical line without its line break. With a `problem` the text is only a best guess (empty when too long). */
export type TextLine = { line: number; text: string; problem: LineProblem | null; isCleaned: boolean };
export type LineProblem = Extract<RejectCode, 'line-too-long' | 'bad-bytes' | 'nul-bytes'>;

export type LineOptions = ReadOptions & {
  encoding: TextEncoding;
  maxLineBytes?: number | undefined;
  /** Old Macintosh exports end lines with a carriage return alone. */
  lineBreak?: LineBreak | undefined;
};
export type LineBreak = '\n' | '\r';

const MAX_LINE_BYTES = 8 * 1024 * 1024;

const PROBLEM_SENTENCES: Record<LineProblem, string> = {
  'line-too-long': 'The line is longer than the limit of 8 MB.',
  'bad-bytes': "The line holds bytes that are not text in the file's encoding.",
  'nul-bytes': 'The line contains NUL bytes.',
};

/** An English sentence for a line that was not accepted. */
export function lineProblemSentence(problem: LineProblem): string {
  return PROBLEM_SENTENCES[problem];
}

/**
 * Splits a byte stream into decoded lines, holding no more than one chunk and one line. A line over `maxLineBytes` is skipped
 * without being kept; a line that is not valid text, or holds NUL, carries a `problem`. A byte order mark is dropped.
 */
export async function* readLines(source: ByteSource, options: LineOptions): AsyncGenerator<TextLine> {
  for await (const lines of readLineBatches(source, options)) yield* lines;
}

/** The lines that end in each chunk, together: a wait for every line would cost more than reading it. */
export async function* readLineBatches(source: ByteSource, options: LineOptions): AsyncGenerator<TextLine[]> {
  const isWide = options.encoding === 'utf-16le' || options.encoding === 'utf-16be';
  const batches = isWide ? splitText(wideText(source, options), options) : splitBytes(countBytes(source, options), options);
  let isStart = true;
  for await (const lines of batches) {
    const [first] = lines;
    if (first === undefined) continue;
    if (isStart && first.text.startsWith('\ufeff')) first.text = first.text.slice(1);
    isStart = false;
    yield lines;
  }
}

/** Line break bytes are never part of a longer character in UTF-8 and GB18030, so bytes can be split before they are decoded. */
async function* splitBytes(source: ByteSource, options: LineOptions): AsyncGenerator<TextLine[]> {
  const breakByte = options.lineBreak === '\r' ? 0x0d : 0x0a;
  const maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  const decode = createLineDecoder(options.encoding);
  let line = 0;
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  const take = (last: Uint8Array): TextLine => {
    line++;
    const isTooLong = keptBytes + last.length > maxLineBytes;
    const bytes = kept.length === 0 || isTooLong ? last : Buffer.concat([...kept, last]);
    kept = [];
    keptBytes = 0;
    return isTooLong ? { line, text: '', problem: 'line-too-long', isCleaned: false } : { line, ...decode(bytes) };
  };
  for await (const chunk of source) {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(breakByte); end !== -1; end = chunk.indexOf(breakByte, start)) {
      lines.push(take(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    keptBytes += rest.length;
    // Past the limit nothing is kept but the count: the line is being skipped to its end.
    if (keptBytes > maxLineBytes) kept = [];
    else if (rest.length > 0) kept.push(rest);
    yield lines;
  }
  if (keptBytes > 0) yield [take(new Uint8Array(0))];
}

function createLineDecoder(encoding: TextEncoding): (bytes: Uint8Array) => Omit<TextLine, 'line'> {
  let strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    const trimmed = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
    try {
      return checkedLine(strict.decode(trimmed));
    } catch {
      strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(trimmed), problem: 'bad-bytes', isCleaned: false };
    }
  };
}

function checkedLine(text: string): Omit<TextLine, 'line'> {
  const isCleaned = !text.isWellFormed();
  return { text: isCleaned ? text.toWellFormed() : text, problem: text.includes('\0') ? 'nul-bytes' : null, isCleaned };
}

async function* wideText(source: ByteSource, options: LineOptions): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf16le');
  const swap = options.encoding === 'utf-16be' ? createByteSwap() : (bytes: Uint8Array) => Buffer.from(bytes);
  for await (const chunk of countBytes(source, options)) yield decoder.write(swap(chunk));
  yield decoder.end();
}

/** Turns big-endian pairs into little-endian ones across chunk borders. */
function createByteSwap(): (bytes: Uint8Array) => Buffer {
  let odd = Buffer.alloc(0);
  return (bytes) => {
    const joined = Buffer.concat([odd, bytes]);
    const even = joined.length & ~1;
    odd = joined.subarray(even);
    return joined.subarray(0, even).swap16();
  };
}

async function* splitText(source: AsyncIterable<string>, options: LineOptions): AsyncGenerator<TextLine[]> {
  const lineBreak = options.lineBreak ?? '\n';
  const maxUnits = (options.maxLineBytes ?? MAX_LINE_BYTES) / 2;
  let line = 0;
  let kept = '';
  let isSkipping = false;
  const take = (text: string): TextLine => {
    line++;
    const isTooLong = isSkipping || text.length > maxUnits;
    isSkipping = false;
    return isTooLong ? { line, text: '', problem: 'line-too-long', isCleaned: false } : { line, ...checkedLine(text.endsWith('\r') ? text.slice(0, -1) : text) };
  };
  for await (const chunk of source) {
    const parts = (kept + chunk).split(lineBreak);
    kept = parts.pop() ?? '';
    const lines = parts.map(take);
    if (kept.length > maxUnits) {
      isSkipping = true;
      kept = '';
    }
    yield lines;
  }
  if (kept !== '' || isSkipping) yield [take(kept)];
}
