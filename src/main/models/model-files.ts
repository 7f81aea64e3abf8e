import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DeskmateError } from '../platform/errors.ts';

/** Bytes done of a step; the total is null while it is not known. */
export type ModelProgress = { step: 'download' | 'copy' | 'measure'; doneBytes: number; totalBytes: number | null };
export type ModelWork = { onProgress?: (progress: ModelProgress) => void; signal?: AbortSignal };

export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DeskmateError('cancelled', 'Adding the model was cancelled.');
}

/** Copies and makes it durable; answers the SHA-256 of what was written. @throws DeskmateError cancelled, and errors of the disk */
export async function copyFile(from: string, to: string, onBytes: (count: number) => void, signal?: AbortSignal): Promise<string> {
  mkdirSync(path.dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const output = openSync(to, 'wx', 0o600);
  try {
    for await (const piece of createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      throwIfStopped(signal);
      for (let written = 0; written < piece.length; ) written += writeSync(output, piece, written);
      hash.update(piece);
      onBytes(piece.length);
    }
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
  return hash.digest('hex');
}

/** The sentence for a disk that has no room left; any other error as it is. */
export function diskProblem(error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? new DeskmateError('file_refused', 'There is no room left on the disk for the model. Free some and try again.', { retryable: true, cause: error }) : error;
}

/** Makes a renamed folder survive a power cut; some systems cannot and need not. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32' || !existsSync(dir)) return;
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
