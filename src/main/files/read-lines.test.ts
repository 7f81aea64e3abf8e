import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './file-fixtures.ts';
import type { TextEncoding } from './encoding.ts';
import { readLines, type LineOptions } from './read-lines.ts';

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const linesOf = (bytes: Uint8Array, options: LineOptions, size = 7) => collect(readLines(chunks(bytes, size), options));
const encodeAs: Record<'utf-8' | 'utf-16le' | 'utf-16be', (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
};

describe('readLines', () => {
  it('gives back any lines, in any encoding, cut anywhere', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\0\ufeff]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.constantFrom<'utf-8' | 'utf-16le' | 'utf-16be'>('utf-8', 'utf-16le', 'utf-16be'), fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), async (lines, encoding, size, end) => {
        const found = await linesOf(encodeAs[encoding](`\ufeff${lines.map((text) => text + end).join('')}`), { encoding }, size);
        expect(found.map((each) => each.text)).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('rejects only the lines that are no text, hold NUL or are too long', async () => {
    const bytes = Buffer.concat([Buffer.from('一\n'), Buffer.from([0x61, 0xff, 0x62, 0x0a]), Buffer.from('b\0c\n'), Buffer.from(`${'x'.repeat(100)}\n`), Buffer.from([0xed, 0xa0, 0x80, 0x0a]), Buffer.from('完')]);
    expect(await linesOf(bytes, { encoding: 'utf-8', maxLineBytes: 50 })).toEqual([
      { line: 1, text: '一', problem: null, isCleaned: false },
      { line: 2, text: 'a\ufffdb', problem: 'bad-bytes', isCleaned: false },
      { line: 3, text: 'b\0c', problem: 'nul-bytes', isCleaned: false },
      { line: 4, text: '', problem: 'line-too-long', isCleaned: false },
      { line: 5, text: '\ufffd\ufffd\ufffd', problem: 'bad-bytes', isCleaned: false },
      { line: 6, text: '完', problem: null, isCleaned: false },
    ]);
  });

  it.each<TextEncoding>(['utf-8', 'utf-16le'])('skips an endless line (200 MB of UTF-8) in %s without keeping it', async (encoding) => {
    const block = Buffer.alloc(1024 * 1024, encoding === 'utf-8' ? 'x' : 'x\0');
    const blockCount = encoding === 'utf-8' ? 200 : 30;
    const newline = encoding === 'utf-8' ? Buffer.from('\n') : Buffer.from('\n\0');
    async function* source() {
      for (let count = 0; count < blockCount; count++) yield block;
      yield newline;
      yield encoding === 'utf-8' ? Buffer.from('after') : Buffer.from('after', 'utf16le');
    }
    expect(await collect(readLines(source(), { encoding }))).toEqual([
      { line: 1, text: '', problem: 'line-too-long', isCleaned: false },
      { line: 2, text: 'after', problem: null, isCleaned: false },
    ]);
  });

  it('marks lone surrogates of UTF-16 files as cleaned', async () => {
    expect(await linesOf(Buffer.from('a\ud83d\nb', 'utf16le'), { encoding: 'utf-16le' })).toEqual([
      { line: 1, text: 'a\ufffd', problem: null, isCleaned: true },
      { line: 2, text: 'b', problem: null, isCleaned: false },
    ]);
  });

  it('reads files whose lines end with a carriage return alone', async () => {
    expect((await linesOf(Buffer.from('a\rb\rc'), { encoding: 'utf-8', lineBreak: '\r' })).map((each) => each.text)).toEqual(['a', 'b', 'c']);
  });

  it('reports progress and stops when cancelled', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const read = async () => {
      for await (const line of readLines(chunks(Buffer.from('a\n'.repeat(50)), 10), { encoding: 'utf-8', signal: abort.signal, onProgress: (bytesRead) => seen.push(bytesRead) })) if (line.line === 12) abort.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([10, 20, 30]);
  });
});
