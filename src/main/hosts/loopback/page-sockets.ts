import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { BackendFrame, HostFrame } from '../../app/backend-control.ts';
import type { ForkedProcess } from '../../platform/port.ts';

const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** The page tries again when a backend takes longer than this to start. */
const BACKEND_WITHIN_MS = 10_000;
const SERVICE_RESTART = 1012;

/** Joins each page's socket to the backend; frames pass untouched. */
export type PageSockets = {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  onFrame(frame: BackendFrame): void;
  /** Ends every page's socket because its backend has gone; the pages connect again. */
  dropAll(): void;
};

export function createPageSockets(whenReady: (withinMs: number) => Promise<ForkedProcess | undefined>): PageSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const pages = new Map<number, WebSocket>();
  let lastId = 0;
  const join = (page: WebSocket, backend: ForkedProcess) => {
    const pageId = ++lastId;
    const post = (frame: HostFrame) => backend.port.postMessage(frame);
    pages.set(pageId, page);
    post({ kind: 'page.open', pageId });
    page.on('message', (bytes: Buffer, isBinary) => post({ kind: 'page.frame', pageId, frame: isBinary ? bytes : bytes.toString() }));
    page.on('error', () => page.terminate());
    page.on('close', () => {
      if (pages.delete(pageId)) post({ kind: 'page.close', pageId });
    });
  };
  return {
    async accept(request, socket, head) {
      // a caller that hangs up while waiting must not end the host
      socket.on('error', () => socket.destroy());
      const backend = await whenReady(BACKEND_WITHIN_MS);
      if (backend === undefined) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
      server.handleUpgrade(request, socket, head, (page) => join(page, backend));
    },
    onFrame(frame) {
      if (frame.kind === 'page.frame') pages.get(frame.pageId)?.send(frame.frame);
      else if (frame.kind === 'page.close') {
        pages.get(frame.pageId)?.close();
        pages.delete(frame.pageId);
      }
    },
    dropAll() {
      for (const page of pages.values()) page.close(SERVICE_RESTART);
      pages.clear();
    },
  };
}
