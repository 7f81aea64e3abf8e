import path from 'node:path';
import { DeskmateError } from '../platform/errors.ts';
import type { Fork, ForkedProcess } from '../platform/port.ts';
import { fromParserSchema, type FromParser, type ParserItem, type ParserRequest, type ToParser } from './parser-protocol.ts';
import { refusedFile, throwIfCancelled, unreadableFile } from './read-item.ts';

export type SandboxOptions = {
  fork: Fork;
  request: ParserRequest;
  /** For the heap, and again for everything the process holds. Default 512. */
  memoryMb?: number | undefined;
  /** Time the child may work; waiting for a slow consumer is not counted. Default five minutes. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Folder of the program's code. When given, the child may read only it and the file, may write nothing and may start nothing (Node's permission model). */
  codeDir?: string | undefined;
};

const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_MS = 5 * 60_000;
type Incoming = FromParser | { kind: 'exited'; code: number | null } | { kind: 'timeout' } | { kind: 'cancelled' };

/**
 * Reads a file in a process of its own and ends that process in every case. Items come in batches; the child waits until one is used up.
 * Throws `file_refused` (too much memory or time, bombs, wrong kind), `file_unreadable` (damaged) or `cancelled`.
 */
export async function* runInSandbox(options: SandboxOptions): AsyncGenerator<ParserItem> {
  throwIfCancelled(options.signal);
  const memoryMb = options.memoryMb ?? DEFAULT_MEMORY_MB;
  const child = options.fork('parser', { execArgv: execArgvFor(options, memoryMb), env: { DESKMATE_PASSPHRASE: '', NODE_OPTIONS: '' } });
  const inbox = createInbox(child, options.signal);
  let leftMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  try {
    for (;;) {
      const startedMs = performance.now();
      const message = await inbox.next(leftMs);
      leftMs -= performance.now() - startedMs;
      if (message.kind === 'ready') child.port.postMessage({ kind: 'start', request: options.request, memoryMb } satisfies ToParser);
      else if (message.kind === 'batch') {
        yield* message.items;
        child.port.postMessage({ kind: 'more' } satisfies ToParser);
      } else if (message.kind === 'done') return;
      else throw failureOf(message, options.request.name, memoryMb);
    }
  } finally {
    inbox.close();
    child.kill();
  }
}

/** The worker flag is for the thread that parses, beside the one that watches; it keeps the process's permissions. Its warning (PERM0006) is known. */
function execArgvFor(options: SandboxOptions, memoryMb: number): string[] {
  const heap = `--max-old-space-size=${memoryMb}`;
  if (options.codeDir === undefined) return [heap];
  return [heap, '--permission', '--allow-worker', `--allow-fs-read=${path.join(options.codeDir, '*')}`, `--allow-fs-read=${path.resolve(options.request.path)}`, '--disable-warning=PERM0006'];
}

function failureOf(message: Exclude<Incoming, { kind: 'ready' | 'batch' | 'done' }>, name: string, memoryMb: number): DeskmateError {
  switch (message.kind) {
    case 'failed':
      return new DeskmateError(message.code, message.message);
    case 'timeout':
      return refusedFile(`${name} took too long to read; nothing more of it was read.`);
    case 'cancelled':
      return new DeskmateError('cancelled', 'Reading the file was cancelled.');
    case 'exited':
      // A signal (null), or the engine's own abort: in JavaScript code that is memory running out faster than it can be watched.
      if (message.code === null || message.code === 134) return refusedFile(`${name} needed more than ${memoryMb} MB of memory; nothing more of it was read.`);
      return unreadableFile(`${name} could not be read: the reading process stopped unexpectedly.`);
  }
}

type Inbox = { next(timeoutMs: number): Promise<Incoming>; close(): void };

/** Queues what the child says, its end and the caller's cancel, for one reader. */
function createInbox(child: ForkedProcess, signal: AbortSignal | undefined): Inbox {
  const queue: Incoming[] = [];
  let wake: (() => void) | null = null;
  const put = (message: Incoming) => {
    queue.push(message);
    wake?.();
  };
  const onAbort = () => put({ kind: 'cancelled' });
  signal?.addEventListener('abort', onAbort);
  const offMessage = child.port.onMessage((value) => {
    const message = fromParserSchema.safeParse(value);
    put(message.success ? message.data : { kind: 'failed', code: 'internal', message: 'The reading process sent something unexpected.' });
  });
  const offExit = child.onExit((code) => put({ kind: 'exited', code }));
  return {
    async next(timeoutMs) {
      const timer = setTimeout(() => put({ kind: 'timeout' }), Math.max(0, timeoutMs));
      try {
        if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        // Cancelling overtakes batches that are still queued.
        return signal?.aborted === true ? { kind: 'cancelled' } : (queue.shift() ?? { kind: 'timeout' });
      } finally {
        clearTimeout(timer);
        wake = null;
      }
    },
    close() {
      signal?.removeEventListener('abort', onAbort);
      offMessage();
      offExit();
    },
  };
}
