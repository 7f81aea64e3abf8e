import { DeskmateError } from './errors.ts';
import type { ErrorCode } from '../../shared/contract/error.contract.ts';
import type { Port } from './port.ts';

/** Methods one side of a port offers: name → async function of one structured-cloneable argument. */
export type CallHandlers = Record<string, (input: never, signal: AbortSignal) => unknown>;
type InputOf<F> = F extends (input: infer I, signal: AbortSignal) => unknown ? I : never;
type OutputOf<F> = F extends (input: never, signal: AbortSignal) => infer O ? Awaited<O> : never;

/** The caller's view of the other side's handlers. */
export type PortCaller<H extends CallHandlers> = {
  call<M extends keyof H & string>(method: M, input: InputOf<H[M]>, options?: { signal?: AbortSignal }): Promise<OutputOf<H[M]>>;
  /** Refuses everything under way, for example because the other process has gone. */
  close(reason: DeskmateError): void;
};

type Frame =
  | { kind: 'call'; id: number; method: string; input: unknown }
  | { kind: 'abort'; id: number }
  | { kind: 'result'; id: number; output: unknown }
  | { kind: 'failure'; id: number; code: ErrorCode; message: string; retryable: boolean };

/** Frames of one turn of the event loop cross together: every write to a pipe costs as much as a small search. */
function createSender(port: Port): (frame: Frame) => void {
  let frames: Frame[] = [];
  return (frame) => {
    if (frames.push(frame) > 1) return;
    setImmediate(() => {
      const due = frames;
      frames = [];
      port.postMessage(due);
    });
  };
}

function onFrames(port: Port, onFrame: (frame: Frame) => void): () => void {
  // a port may carry other messages too (the handshake of a process): only arrays are ours
  return port.onMessage((value) => {
    if (Array.isArray(value)) for (const frame of value) onFrame(frame as Frame);
  });
}

/** Private calls between our own processes (backend↔engine, backend↔host); pages speak oRPC instead. */
export function callPort<H extends CallHandlers>(port: Port): PortCaller<H> {
  const waiting = new Map<number, { done(output: never): void; fail(error: DeskmateError): void }>();
  const send = createSender(port);
  let lastId = 0;
  onFrames(port, (frame) => {
    if (frame.kind !== 'result' && frame.kind !== 'failure') return;
    const waiter = waiting.get(frame.id);
    waiting.delete(frame.id);
    if (frame.kind === 'result') waiter?.done(frame.output as never);
    else waiter?.fail(new DeskmateError(frame.code, frame.message, { retryable: frame.retryable }));
  });
  return {
    call: (method, input, options) =>
      new Promise((done, fail) => {
        const id = ++lastId;
        waiting.set(id, { done, fail });
        options?.signal?.addEventListener('abort', () => {
          if (!waiting.delete(id)) return;
          send({ kind: 'abort', id });
          fail(new DeskmateError('cancelled', `${method} was cancelled`));
        });
        send({ kind: 'call', id, method, input });
      }),
    close(reason) {
      for (const waiter of waiting.values()) waiter.fail(reason);
      waiting.clear();
    },
  };
}

/** Answers calls that arrive on the port; calls run concurrently, each with its own abort signal. */
export function servePort(port: Port, handlers: CallHandlers): () => void {
  const running = new Map<number, AbortController>();
  const send = createSender(port);
  return onFrames(port, (frame) => {
    if (frame.kind === 'abort') running.get(frame.id)?.abort();
    if (frame.kind !== 'call') return;
    const abort = new AbortController();
    running.set(frame.id, abort);
    void answer(handlers, frame, abort.signal).then((reply) => {
      running.delete(frame.id);
      if (!abort.signal.aborted) send(reply);
    });
  });
}

async function answer(handlers: CallHandlers, frame: Extract<Frame, { kind: 'call' }>, signal: AbortSignal): Promise<Frame> {
  try {
    const handler = Object.hasOwn(handlers, frame.method) ? handlers[frame.method] : undefined;
    if (handler === undefined) throw new DeskmateError('bad_request', `unknown method ${frame.method}`);
    return { kind: 'result', id: frame.id, output: await handler(frame.input as never, signal) };
  } catch (error) {
    const known = error instanceof DeskmateError ? error : new DeskmateError('internal', error instanceof Error ? error.message : String(error));
    return { kind: 'failure', id: frame.id, code: known.code, message: known.message, retryable: known.retryable };
  }
}
