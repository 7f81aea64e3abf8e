import type { Context } from '@orpc/server';
import type { RPCHandler } from '@orpc/server/websocket';
import type { Port } from '../platform/port.ts';

/**
 * Serves one page: every frame on the port is one oRPC peer message (text, or bytes when a body is binary).
 * A frame that cannot be read ends this page's connection and nothing else.
 * @returns stops serving, aborts the page's running calls and closes the port.
 */
export function servePage<T extends Context>(handler: RPCHandler<T>, port: Port, context: T): () => void {
  const socket = { addEventListener: () => {}, send: (frame: unknown) => port.postMessage(frame) };
  let isServing = true;
  const stop = () => {
    if (!isServing) return;
    isServing = false;
    handler.close(socket);
    port.close();
  };
  port.onMessage((frame) => {
    if (!isServing) return;
    if (!isFrame(frame)) return stop();
    // bytes of a larger buffer must not be read past their own ends
    const message = typeof frame === 'string' ? frame : frame.slice().buffer;
    handler.message(socket, message, { context } as never).catch(stop);
  });
  port.onClose(stop);
  return stop;
}

function isFrame(value: unknown): value is string | Uint8Array<ArrayBuffer> {
  return typeof value === 'string' || value instanceof Uint8Array;
}
