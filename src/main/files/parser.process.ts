import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort as threadPort, Worker, workerData } from 'node:worker_threads';
import { DeskmateError } from '../platform/errors.ts';
import { parentPort } from '../platform/node-fork.ts';
import type { FromParser, ParserItem, ParserRequest, ToParser } from './parser-protocol.ts';

// One file is read per process. The main thread only watches: a parser that is busy or has run wild cannot stop it from measuring memory,
// which the heap limit alone does not cover (unpacked bytes lie outside the heap).

const WATCH_INTERVAL_MS = 25;
const BATCH_ITEM_COUNT = 200;
const BATCH_UNITS = 256 * 1024;

if (isMainThread) supervise();
else void parse((workerData as { request: ParserRequest }).request);

function supervise(): void {
  const parent = parentPort();
  parent.onClose(() => process.exit(0));
  let worker: Worker | null = null;
  parent.onMessage((value) => {
    const message = value as ToParser;
    if (message.kind === 'start') worker ??= startWorker(message.request, message.memoryMb, (reply) => parent.postMessage(reply));
    else worker?.postMessage(message);
  });
  parent.postMessage({ kind: 'ready' } satisfies FromParser);
}

function startWorker(request: ParserRequest, memoryMb: number, reply: (message: FromParser) => void): Worker {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { request }, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  const baseBytes = process.memoryUsage.rss();
  let isOver = false;
  const finish = (message: FromParser) => {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    reply(message);
  };
  const failForMemory = () => finish({ kind: 'failed', code: 'file_refused', message: tooHeavy(request.name, memoryMb) });
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - baseBytes <= memoryMb * 1024 * 1024) return;
    failForMemory();
    void worker.terminate();
  }, WATCH_INTERVAL_MS);
  worker.on('message', (message: FromParser) => {
    if (message.kind === 'batch') reply(message);
    else finish(message);
  });
  worker.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') failForMemory();
    else finish({ kind: 'failed', code: 'file_unreadable', message: `${request.name} could not be read.` });
  });
  return worker;
}

function tooHeavy(name: string, memoryMb: number): string {
  return `${name} needed more than ${memoryMb} MB of memory; nothing more of it was read.`;
}

/** The worker: sends a batch, then waits until it was used up. */
async function parse(request: ParserRequest): Promise<void> {
  if (threadPort === null) return;
  const port = threadPort;
  const post = (message: FromParser) => port.postMessage(message);
  const send = async (items: ParserItem[]) => {
    const more = once(port, 'message');
    post({ kind: 'batch', items });
    await more;
  };
  try {
    // Loaded here, so that the watching thread starts without any parser.
    const { parseRequest } = await import('./parse-request.ts');
    let items: ParserItem[] = [];
    let units = 0;
    for await (const item of parseRequest(request)) {
      items.push(item);
      units += weightOf(item);
      if (items.length < BATCH_ITEM_COUNT && units < BATCH_UNITS) continue;
      await send(items);
      items = [];
      units = 0;
    }
    if (items.length > 0) await send(items);
    post({ kind: 'done' });
  } catch (error) {
    // Only our own sentences cross: a library's message may quote the file.
    if (error instanceof DeskmateError) post({ kind: 'failed', code: error.code, message: error.message });
    else post({ kind: 'failed', code: 'file_unreadable', message: `${request.name} could not be read.` });
  } finally {
    port.close();
  }
}

function weightOf(item: ParserItem): number {
  if (item.kind === 'block') return item.block.text.length;
  return item.kind === 'row' ? Object.values(item.value).reduce((sum, cell) => sum + cell.length, 0) : 0;
}
