import { once } from 'node:events';
import type { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { refusedFile, unreadableFile } from './read-item.ts';

/** What an archive may grow to before it counts as a bomb. */
export type ZipLimits = { maxUncompressedBytes: number; maxRatio: number; maxEntryCount: number };

const ZIP_LIMITS: ZipLimits = { maxUncompressedBytes: 512 * 1024 * 1024, maxRatio: 200, maxEntryCount: 10_000 };

/** Small parts may compress to almost nothing in honest files: the ratio is asked for only above this size. */
const RATIO_FREE_BYTES = 1024 * 1024;

export type ZipArchive = {
  readonly names: readonly string[];
  /** The unpacked bytes of one entry, checked against its declared size; null when there is no such entry. */
  open(name: string): Promise<Readable | null>;
  close(): Promise<void>;
};

/**
 * Opens a ZIP and checks the sizes its directory declares; the true sizes are held to them while an entry is read.
 * Throws `file_unreadable` when it is cut short or damaged, `file_refused` when it is a bomb or encrypted. `fileName` is only for the sentence.
 */
export async function openZip(path: string, fileName: string, limits: ZipLimits = ZIP_LIMITS): Promise<ZipArchive> {
  const zip = await openArchive(path, fileName);
  const entries = new Map<string, yauzl.Entry>();
  try {
    await collectEntries(zip, entries, fileName, limits);
  } catch (error) {
    zip.close();
    throw error;
  }
  return {
    names: [...entries.keys()],
    async open(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      try {
        return await zip.openReadStreamPromise(entry);
      } catch (error) {
        throw damaged(fileName, error);
      }
    },
    async close() {
      if (!zip.isOpen) return;
      const closed = once(zip, 'close');
      zip.close();
      await closed;
    },
  };
}

/** The error for an entry that could not be unpacked. */
export function damaged(fileName: string, cause: unknown): Error {
  return unreadableFile(`${fileName} is damaged: part of it cannot be unpacked. Export or copy it again.`, cause);
}

async function openArchive(path: string, fileName: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unreadableFile(`${fileName} cannot be opened.`, error);
    throw unreadableFile(`${fileName} is incomplete: its end is missing. Export or copy it again.`, error);
  }
}

async function collectEntries(zip: yauzl.ZipFile, entries: Map<string, yauzl.Entry>, fileName: string, limits: ZipLimits): Promise<void> {
  if (zip.entryCount > limits.maxEntryCount) throw refusedFile(`${fileName} holds ${zip.entryCount} parts; more than ${limits.maxEntryCount} are not opened.`);
  let totalBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      totalBytes += entry.uncompressedSize;
      checkEntry(entry, fileName, limits);
      entries.set(entry.fileName, entry);
      if (totalBytes > limits.maxUncompressedBytes || isBomb(totalBytes, zip.fileSize, limits)) throw bomb(fileName, totalBytes, zip.fileSize);
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'DeskmateError' ? error : damaged(fileName, error);
  }
}

function checkEntry(entry: yauzl.Entry, fileName: string, limits: ZipLimits): void {
  if (entry.isEncrypted()) throw refusedFile(`${fileName} is protected with a password. Save it without one first.`);
  if (isBomb(entry.uncompressedSize, entry.compressedSize, limits)) throw bomb(fileName, entry.uncompressedSize, entry.compressedSize);
}

function isBomb(unpackedBytes: number, packedBytes: number, limits: ZipLimits): boolean {
  return unpackedBytes > RATIO_FREE_BYTES && unpackedBytes > packedBytes * limits.maxRatio;
}

function bomb(fileName: string, unpackedBytes: number, packedBytes: number): Error {
  const sizes = `${(packedBytes / 1024).toFixed(0)} KB would unpack to ${(unpackedBytes / 1024 / 1024).toFixed(0)} MB`;
  return refusedFile(`${fileName} was not opened: ${sizes}, which no ordinary document does.`);
}
