import type { ByteSource } from './read-item.ts';

/** The encodings that shop exports really use. */
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

const LINE_FEED = 0x0a;
/** Below this share of ordinary Chinese text, bytes that happen to be legal GB18030 are something else. */
const GB18030_MIN_HANZI_RATIO = 0.7;

/**
 * Guesses the encoding from the first bytes of a file (64 KB is enough); the prefix may end inside a character.
 * Order: byte order mark, NUL pattern of UTF-16, valid UTF-8, most lines valid UTF-8, plausible GB18030, else UTF-8.
 */
export function detectEncoding(prefix: Uint8Array): TextEncoding {
  return encodingOfMark(prefix) ?? encodingOfNuls(prefix) ?? encodingOfContent(prefix);
}

function encodingOfMark(prefix: Uint8Array): TextEncoding | null {
  const [first, second, third] = prefix;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: ASCII letters leave a NUL in every other byte, always on the same side. */
function encodingOfNuls(prefix: Uint8Array): TextEncoding | null {
  const pairCount = prefix.length >> 1;
  if (pairCount < 2) return null;
  let evenCount = 0;
  let oddCount = 0;
  for (let at = 0; at < pairCount * 2; at += 2) {
    if (prefix[at] === 0) evenCount++;
    if (prefix[at + 1] === 0) oddCount++;
  }
  if (oddCount > pairCount * 0.3 && evenCount <= pairCount * 0.02) return 'utf-16le';
  if (evenCount > pairCount * 0.3 && oddCount <= pairCount * 0.02) return 'utf-16be';
  return null;
}

function encodingOfContent(prefix: Uint8Array): TextEncoding {
  if (isValid(prefix, 'utf-8')) return 'utf-8';
  const { wideCount, validCount } = countWideLines(prefix);
  // One damaged line must not turn a UTF-8 file into nonsense: only its own line is rejected later.
  if (wideCount > 1 && validCount * 2 >= wideCount) return 'utf-8';
  return isPlausibleGb18030(prefix) ? 'gb18030' : 'utf-8';
}

/** Whether the bytes are valid, except for a character cut off at the end. */
function isValid(bytes: Uint8Array, encoding: TextEncoding): boolean {
  return decodePrefix(bytes, encoding) !== null;
}

/** Text of a prefix that may end inside a character; null when it is not valid. */
function decodePrefix(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Lines with bytes above ASCII, and how many of them are valid UTF-8. */
function countWideLines(prefix: Uint8Array): { wideCount: number; validCount: number } {
  let wideCount = 0;
  let validCount = 0;
  for (let start = 0; start < prefix.length; ) {
    const found = prefix.indexOf(LINE_FEED, start);
    const end = found === -1 ? prefix.length : found;
    const line = prefix.subarray(start, end);
    if (line.some((byte) => byte >= 0x80)) {
      wideCount++;
      if (isValid(line, 'utf-8')) validCount++;
    }
    start = end + 1;
  }
  return { wideCount, validCount };
}

function isPlausibleGb18030(prefix: Uint8Array): boolean {
  const text = decodePrefix(prefix, 'gb18030');
  if (text === null) return false;
  const wide = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  const chinese = text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef\u2010-\u2026]/gu)?.length ?? 0;
  return wide > 0 && chinese >= wide * GB18030_MIN_HANZI_RATIO;
}

/**
 * Decodes a stream without ever failing: bytes that are no text become U+FFFD, a byte order mark is dropped.
 * Row readers use `readLines` instead, which rejects such lines.
 */
export async function* decodeStream(source: ByteSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
