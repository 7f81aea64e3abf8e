import type { Port } from '../platform/port.ts';
import type { BackendFrame, HostFrame } from './backend-control.ts';

type Page = { frameListeners: Set<(frame: unknown) => void>; closeListeners: Set<() => void> };

/** Pages whose frames share the host's pipe become one `Port` each (loopback host). */
export type SharedPages = { take(frame: Extract<HostFrame, { pageId: number }>): void };

export function createSharedPages(host: Port, connect: (port: Port) => void): SharedPages {
  const pages = new Map<number, Page>();
  const post = (frame: BackendFrame) => host.postMessage(frame);
  const portOf = (pageId: number, page: Page): Port => ({
    postMessage(frame) {
      if (pages.has(pageId)) post({ kind: 'page.frame', pageId, frame: frame as string });
    },
    onMessage: (listener) => listening(page.frameListeners, listener),
    onClose: (listener) => listening(page.closeListeners, listener),
    close() {
      if (pages.delete(pageId)) post({ kind: 'page.close', pageId });
    },
  });
  return {
    take(frame) {
      const page = pages.get(frame.pageId);
      if (frame.kind === 'page.open') {
        const opened: Page = { frameListeners: new Set(), closeListeners: new Set() };
        pages.set(frame.pageId, opened);
        connect(portOf(frame.pageId, opened));
      } else if (frame.kind === 'page.frame') {
        for (const listener of page?.frameListeners ?? []) listener(frame.frame);
      } else {
        pages.delete(frame.pageId);
        for (const listener of page?.closeListeners ?? []) listener();
      }
    },
  };
}

function listening<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
