import { RPCLink } from '@orpc/client/websocket';
import type { Line, Transport } from './transport.ts';

export type LoopbackTransportOptions = {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  createSocket: (url: string) => WebSocket;
  fetch: typeof fetch;
  /** The browser's file dialog. */
  chooseFiles: () => Promise<File[]>;
};

/** Joins the page to the backend by a WebSocket; files are uploaded, as a page in a browser has no paths. */
export function createLoopbackTransport(options: LoopbackTransportOptions): Transport {
  const pathOf = (file: File) => upload(file, options);
  return {
    open: () => openLine(options.createSocket(`${options.origin.replace('http', 'ws')}/rpc`)),
    async chooseFiles() {
      const paths: string[] = [];
      for (const file of await options.chooseFiles()) paths.push(await pathOf(file));
      return paths;
    },
    pathOf,
    async release(path) {
      await options.fetch(`${options.origin}/upload?path=${encodeURIComponent(path)}`, { method: 'DELETE' });
    },
  };
}

function openLine(socket: WebSocket): Promise<Line> {
  return new Promise((done, fail) => {
    socket.addEventListener('close', () => fail(new Error('the host did not answer')), { once: true });
    socket.addEventListener('open', () =>
      done({
        link: new RPCLink({ websocket: socket }),
        onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
        close: () => socket.close(),
      }),
    );
  });
}

async function upload(file: File, options: LoopbackTransportOptions): Promise<string> {
  const reply = await options.fetch(`${options.origin}/upload?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });
  if (!reply.ok) throw new Error(await reply.text());
  const { path } = (await reply.json()) as { path: string };
  return path;
}

/** Opens the browser's own file dialog; must be called from a click or a key. */
export function askForFiles(page: Document): Promise<File[]> {
  return new Promise((done) => {
    const input = page.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => done([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => done([]), { once: true });
    input.click();
  });
}
