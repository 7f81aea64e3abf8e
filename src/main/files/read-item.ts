import { DeskmateError } from '../platform/errors.ts';

/** Why one row was left out while the rest of its file was read. */
export const REJECT_CODES = ['line-too-long', 'bad-bytes', 'nul-bytes', 'bad-json', 'too-deep', 'ragged-row', 'unclosed-quote', 'text-after-quote', 'rounded-number', 'formula-without-value'] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** `line` counts from 1: the physical line where the row starts, or the row number of a sheet. The sentence never quotes the file. */
export type RejectedRow = { kind: 'rejected'; line: number; code: RejectCode; sentence: string };

/** `cleaned` says that lone surrogates (half of an emoji, cut by another program) were replaced with U+FFFD. */
type ReadRow<Value> = { kind: 'row'; line: number; value: Value; cleaned?: 'lone-surrogates' };

export type ReadItem<Value> = ReadRow<Value> | RejectedRow;

/** One table row: header → cell text. Cells are always text: what a number or a date means is decided by `values.ts`. */
export type TableRow = Record<string, string>;

/** Bytes as a stream; Node's Readable is one. */
export type ByteSource = AsyncIterable<Uint8Array>;

export type ReadOptions = {
  signal?: AbortSignal | undefined;
  /** Called with all the bytes read so far, about once for each 64 KB. */
  onProgress?: ((bytesRead: number) => void) | undefined;
};

export function rejectedRow(line: number, code: RejectCode, sentence: string): RejectedRow {
  return { kind: 'rejected', line, code, sentence };
}

/** Throws `cancelled` when the caller has given up. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DeskmateError('cancelled', 'Reading the file was cancelled.');
}

/** The file is not what it should be, or too costly to read: nothing of it is imported. */
export function refusedFile(sentence: string, cause?: unknown): DeskmateError {
  return new DeskmateError('file_refused', sentence, { cause });
}

/** The file is missing, cut short or damaged. */
export function unreadableFile(sentence: string, cause?: unknown): DeskmateError {
  return new DeskmateError('file_unreadable', sentence, { cause });
}

/** Passes chunks on, reporting the bytes so far and stopping when the caller gives up. */
export async function* countBytes(source: ByteSource, options: ReadOptions): AsyncGenerator<Uint8Array> {
  let bytesRead = 0;
  for await (const chunk of source) {
    throwIfCancelled(options.signal);
    yield chunk;
    bytesRead += chunk.length;
    options.onProgress?.(bytesRead);
  }
  throwIfCancelled(options.signal);
}
