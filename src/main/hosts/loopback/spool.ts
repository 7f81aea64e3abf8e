import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeskmateError } from '../../platform/errors.ts';

/** A page has no file paths, so what it imports is put here first; the folder belongs to one running host. */
export type Spool = {
  /** Stores one file (mode 0600) under a name of our making; the customer's name only lends its letters and its ending. */
  receive(name: string, body: Readable): Promise<string>;
  /** Removes one received file; paths outside this spool are refused. */
  release(file: string): boolean;
  empty(): void;
};

export function openSpool(spoolDir: string, maxBytes: number): Spool {
  mkdirSync(spoolDir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(spoolDir)) if (!isRunning(Number(name))) rmSync(path.join(spoolDir, name), { recursive: true, force: true });
  const dir = path.join(spoolDir, String(process.pid));
  rmSync(dir, { recursive: true, force: true });
  return {
    async receive(name, body) {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const file = path.join(dir, `${randomBytes(8).toString('hex')}-${safeName(name)}`);
      try {
        await pipeline(body, capped(maxBytes), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
        return file;
      } catch (error) {
        rmSync(file, { force: true });
        throw error;
      }
    },
    release(file) {
      if (path.dirname(path.resolve(file)) !== dir) return false;
      rmSync(file, { force: true });
      return true;
    },
    empty: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** The last 80 characters keep the ending, which tells the format. */
export function safeName(name: string): string {
  const kept = name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return [...kept].slice(-80).join('') || 'file';
}

function capped(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new DeskmateError('file_refused', 'The file is larger than Deskmate takes.'));
      else done(null, chunk);
    },
  });
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
