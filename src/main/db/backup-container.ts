import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { DeskmateError } from '../platform/errors.ts';

const MAGIC = 'DESKMATE-BACKUP 1\n';
const CHUNK_BYTES = 1024 * 1024;
/** A header is small; a file that claims otherwise is not ours. */
const MAX_HEADER_BYTES = 64 * 1024;

/** `key` is the store's key.json as it was; empty for a store whose key is kept elsewhere. */
export const backupHeaderSchema = z.object({ createdAt: z.int(), schemaVersion: z.int().positive(), storeBytes: z.int().positive(), key: z.string() });
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

/** Writes `magic`, header as one JSON line, then the bytes of the encrypted store, to a name that appears only when all is on the disk. */
export function writeContainer(target: string, header: BackupHeader, storeFile: string): void {
  const part = `${target}.part`;
  const output = openSync(part, 'w', 0o600);
  try {
    writeSync(output, `${MAGIC}${JSON.stringify(header)}\n`);
    copyBytes(storeFile, 0, output);
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
  renameSync(part, target);
}

/** @throws DeskmateError file_unreadable, file_refused (not a backup, or shorter or longer than it says). */
export function readContainerHeader(file: string): { header: BackupHeader; bodyOffset: number } {
  const start = readStart(file);
  const end = start.indexOf('\n', MAGIC.length);
  if (!start.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC)) || end === -1) throw new DeskmateError('file_refused', 'This file is not a Deskmate backup.');
  const header = parseHeader(start.subarray(MAGIC.length, end).toString('utf8'));
  const bodyOffset = end + 1;
  if (statSync(file).size !== bodyOffset + header.storeBytes) throw new DeskmateError('file_refused', 'This backup is not complete: it may have been cut off while copying.');
  return { header, bodyOffset };
}

/** Copies the encrypted store out of the container. */
export function extractStore(file: string, bodyOffset: number, target: string): void {
  const output = openSync(target, 'w', 0o600);
  try {
    copyBytes(file, bodyOffset, output);
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
}

function parseHeader(json: string): BackupHeader {
  try {
    return backupHeaderSchema.parse(JSON.parse(json));
  } catch (error) {
    throw new DeskmateError('file_refused', 'The header of this backup is damaged.', { cause: error });
  }
}

function readStart(file: string): Buffer {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(MAX_HEADER_BYTES);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new DeskmateError('file_unreadable', 'The backup cannot be read.', { cause: error });
  }
}

function copyBytes(from: string, offset: number, output: number): void {
  const input = openSync(from, 'r');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  try {
    for (let position = offset, count = -1; count !== 0; position += count) {
      count = readSync(input, chunk, 0, chunk.length, position);
      for (let written = 0; written < count; ) written += writeSync(output, chunk, written, count - written);
    }
  } finally {
    closeSync(input);
  }
}
