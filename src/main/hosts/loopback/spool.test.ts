import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpool, safeName } from './spool.ts';

const newDir = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'deskmate-spool-')), 'spool');

it('keeps no part of a file that is too large', async () => {
  const dir = newDir();
  const spool = openSpool(dir, 10);
  await expect(spool.receive('a.csv', Readable.from([Buffer.alloc(6), Buffer.alloc(6)]))).rejects.toMatchObject({ code: 'file_refused' });
  expect(readdirSync(path.join(dir, String(process.pid)))).toEqual([]);
});

it('removes what hosts that no longer run have left, and nothing of a running one', () => {
  const dir = newDir();
  for (const name of ['999999999', 'x', String(process.ppid)]) {
    mkdirSync(path.join(dir, name), { recursive: true });
    writeFileSync(path.join(dir, name, 'f'), '');
  }
  openSpool(dir, 10);
  expect(readdirSync(dir)).toEqual([String(process.ppid)]);
});

it('releases only its own files', async () => {
  const dir = newDir();
  const spool = openSpool(dir, 10);
  const other = path.join(dir, 'other');
  writeFileSync(other, '');
  const file = await spool.receive('a', Readable.from([Buffer.alloc(1)]));
  expect([spool.release(other), spool.release(path.join(path.dirname(file), '..', 'other')), spool.release(file)]).toEqual([false, false, true]);
  expect([existsSync(other), existsSync(file)]).toEqual([true, false]);
});

it('makes names that are no path, of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      const safe = safeName(name);
      expect(safe).toMatch(/^[\p{L}\p{N}._-]{1,80}$/u);
      expect(['.', '..']).not.toContain(safe);
    }),
  );
  expect(safeName('../../订单 2026 (1).xlsx')).toBe('_.._订单_2026_1_.xlsx');
});
