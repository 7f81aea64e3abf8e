import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './file-fixtures.ts';
import { decodeStream, detectEncoding } from './encoding.ts';

/** 客户要退款，怎么办？ in GB18030; the encoder is not part of Node, so the bytes are written out. */
const GB_TEXT = Buffer.from('bfcdbba7d2aacbcbbfeea3acd4f5c3b4b0eca3bf'.replace('cbcb', 'cdcb'), 'hex');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('detectEncoding', () => {
  it('knows byte order marks, GB18030, UTF-16 without a mark and UTF-8', () => {
    const found = [
      Buffer.from('\ufeffid,问题', 'utf8'),
      Buffer.from('\ufeff你', 'utf16le'),
      utf16be('\ufeff你'),
      Buffer.from('order_id,paid_at', 'utf16le'),
      utf16be('order_id,paid_at'),
      GB_TEXT,
      Buffer.from('plain ascii'),
      Buffer.from('客户要退款'),
      Buffer.alloc(0),
    ].map(detectEncoding);
    expect(found).toEqual(['utf-8', 'utf-16le', 'utf-16be', 'utf-16le', 'utf-16be', 'gb18030', 'utf-8', 'utf-8', 'utf-8']);
  });

  it('accepts a prefix cut inside a character, at every place', () => {
    const utf8 = Buffer.from('客户要退款，怎么办？🙂');
    const cuts = Array.from({ length: utf8.length - 3 }, (_, at) => detectEncoding(utf8.subarray(0, at + 3)));
    expect(new Set(cuts)).toEqual(new Set(['utf-8']));
    expect(Array.from({ length: GB_TEXT.length - 5 }, (_, at) => detectEncoding(GB_TEXT.subarray(0, at + 5)))).toEqual(Array.from({ length: GB_TEXT.length - 5 }, () => 'gb18030'));
  });

  it('keeps UTF-8 when one line of many is damaged, and for Latin-1 and noise', () => {
    const damaged = Buffer.concat([Buffer.from('问题一\n问题二\n'), GB_TEXT, Buffer.from('\n问题三\n')]);
    expect([damaged, Buffer.from('café au lait', 'latin1'), Buffer.from([0xff, 0xfd, 0x80, 0x81])].map(detectEncoding)).toEqual(['utf-8', 'utf-8', 'utf-8']);
  });

  it('calls all well-formed Unicode text in UTF-8 UTF-8', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));
    fc.assert(
      fc.property(text, (each) => {
        expect(detectEncoding(Buffer.from(each))).toBe('utf-8');
      }),
    );
  });
});

describe('decodeStream', () => {
  it('decodes byte by byte, drops the mark and replaces what is no text', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff你好'), Buffer.from([0xff]), Buffer.from('🙂')]);
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    const text = await collect(decodeStream(toAsync(pieces), 'utf-8'));
    expect(text.join('')).toBe('你好\ufffd🙂');
    expect((await collect(decodeStream(toAsync([GB_TEXT.subarray(0, 3), GB_TEXT.subarray(3)]), 'gb18030'))).join('')).toBe('客户要退款，怎么办？');
  });
});

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
