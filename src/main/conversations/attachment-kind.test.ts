import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentName, sniffAttachment } from './attachment-kind.ts';
import { TINY, pdfBytes } from './attachment.fixture.ts';
import { imageSize } from './image-size.ts';

const kindOf = (bytes: string | Buffer, name: string): string => {
  const found = sniffAttachment(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, 'latin1'), name);
  return found === 'program' ? found : `${found.kind} ${found.mime}`;
};

describe('sniffAttachment', () => {
  test('goes by the bytes, never by the name', () => {
    expect([kindOf(TINY.png, 'a.txt'), kindOf(TINY.jpeg, 'a'), kindOf(TINY.gif, 'a.exe'), kindOf(TINY.webp, 'a.svg'), kindOf(pdfBytes(30), 'a.png')]).toEqual([
      'image image/png', 'image image/jpeg', 'image image/gif', 'image image/webp', 'file application/pdf',
    ]);
    expect([kindOf('\0\0\0\x18ftypisom', 'a.mp4'), kindOf('PK\x03\x04...', 'a.docx'), kindOf('PK\x03\x04...', 'a.xlsx'), kindOf('PK\x03\x04...', 'a.png')]).toEqual([
      'video video/mp4', 'file application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'file application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'file application/zip',
    ]);
  });

  test.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'card.svg'],
    ['<!doctype html><script>alert(1)</script>', 'page.html'],
    ['<html>', 'note.txt'],
    ['  <?xml version="1.0"?><svg/>', 'a.csv'],
    ['anything', 'a.png'],
    ['\0\x01\x02', 'a.txt'],
  ])('%s as %s is a plain download', (bytes, name) => {
    expect(kindOf(bytes, name)).toBe('file application/octet-stream');
  });

  test('text is text, programs are refused under any name', () => {
    expect([kindOf('订单号,金额\n', 'a.csv'), kindOf('hello', 'a.txt'), kindOf('MZ\x90', 'photo.png'), kindOf('\x7fELF', 'a.pdf'), kindOf('#!/bin/sh', 'a.txt')]).toEqual(['file text/csv', 'file text/plain', 'program', 'program', 'program']);
    expect([kindOf('@echo off', 'invoice.pdf.BAT'), kindOf('PK\x03\x04...', 'a.jar'), kindOf('[InternetShortcut]', 'a.url'), kindOf(TINY.png, 'a.scr')]).toEqual(['program', 'program', 'program', 'image image/png']);
  });

  test('only the four pictures are ever called images, whatever the bytes (property)', () => {
    const holds = fc.property(fc.uint8Array({ maxLength: 64 }), fc.string(), (bytes, name) => {
      const found = sniffAttachment(bytes, name);
      return found === 'program' || found.kind !== 'image' || /^image\/(png|jpeg|gif|webp)$/.test(found.mime);
    });
    expect(() => fc.assert(holds)).not.toThrow();
  });
});

describe('imageSize', () => {
  test('reads the four formats', () => {
    expect([imageSize(TINY.png, 'image/png'), imageSize(TINY.jpeg, 'image/jpeg'), imageSize(TINY.gif, 'image/gif'), imageSize(TINY.webp, 'image/webp')]).toEqual([{ width: 2, height: 3 }, { width: 2, height: 3 }, { width: 2, height: 3 }, { width: 2, height: 3 }]);
  });

  test('of a cut-off or made-up file it says nothing and never throws (property)', () => {
    const holds = fc.property(fc.constantFrom(...Object.entries(TINY)), fc.nat(40), fc.uint8Array({ maxLength: 20 }), ([format, bytes], length, tail) => {
      const size = imageSize(Buffer.concat([bytes.subarray(0, length), tail]), `image/${format}`);
      return size === undefined || size.width * size.height > 0;
    });
    expect(() => fc.assert(holds)).not.toThrow();
  });
});

describe('attachmentName', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    [String.raw`C:\Users\a\photo.png`, 'photo.png'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['a\0b\n.txt', 'ab.txt'],
    ['..', 'file'],
    // Windows drops dots and spaces at the end when it saves
    [' setup.bat. .', 'setup.bat'],
    ['', 'file'],
    ['尺码表 2026.png', '尺码表 2026.png'],
  ])('%j becomes %j', (name, expected) => {
    expect(attachmentName(name)).toBe(expected);
  });

  test('a long name keeps its ending and stays a name (property)', () => {
    expect(attachmentName(`${'长'.repeat(500)}.jpeg`)).toMatch(/长….*\.jpeg$/);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (name) => {
      const kept = attachmentName(name);
      expect(kept).not.toMatch(/[\\/\p{Cc}\p{Cf}<>:"|?*]/u);
      expect([[...kept].length > 0, [...kept].length <= 121, kept.startsWith('.')]).toEqual([true, true, false]);
    }));
  });
});
