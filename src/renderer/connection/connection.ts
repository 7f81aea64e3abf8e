import './zod-setup.ts';
import { createORPCClient, DynamicLink, type ClientContext } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';
import type { HostBridge } from '../../shared/host-bridge.ts';
import { createElectronTransport } from './electron.transport.ts';
import { askForFiles, createLoopbackTransport } from './loopback.transport.ts';
import type { Line, Transport } from './transport.ts';

/** `lost` lasts until a new line is there; what the page shows may then be old and is to be fetched again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';
export type Client = ContractRouterClient<Contract>;

export type Connection = {
  /**
   * Stays the same across reconnections. Calls made while the line is down wait for a new one, at most `CALL_WAIT_MS`;
   * calls and event streams that were running when it went down are refused, with an error that has no contract code.
   */
  client: Client;
  state(): ConnectionState;
  /** Called at once and on every change; returns the unsubscribe function. */
  subscribeState(listener: (state: ConnectionState) => void): () => void;
  chooseFiles(): Promise<string[]>;
  pathOf(file: File): Promise<string>;
  release(path: string): Promise<void>;
  close(): void;
};

export const CALL_WAIT_MS = 15_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 3000;

export function createConnection(transport: Transport = pageTransport()): Connection {
  const line = keepLine(transport);
  const link = new DynamicLink<ClientContext>(async (options) => (await line.get(options.signal)).link);
  return {
    client: createORPCClient<Client>(link),
    state: line.state,
    subscribeState: line.subscribe,
    chooseFiles: transport.chooseFiles,
    pathOf: transport.pathOf,
    release: transport.release,
    close: line.close,
  };
}

function pageTransport(): Transport {
  const bridge = (window as { deskmate?: HostBridge }).deskmate;
  if (bridge !== undefined) return createElectronTransport(bridge, window);
  return createLoopbackTransport({
    origin: location.origin,
    createSocket: (url) => new WebSocket(url),
    fetch: (...request) => fetch(...request),
    chooseFiles: () => askForFiles(document),
  });
}

type KeptLine = Pick<Connection, 'state' | 'close'> & { subscribe: Connection['subscribeState']; get(signal: AbortSignal | undefined): Promise<Line> };

/** Opens a line and, whenever it is lost, another one. */
function keepLine(transport: Transport): KeptLine {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  let line: Line | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let isClosed = false;
  const become = (next: ConnectionState) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener(next);
  };
  const open = () => {
    transport.open().then(opened, () => {
      if (isClosed) return;
      retry = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    });
  };
  const opened = (fresh: Line) => {
    if (isClosed) return fresh.close();
    line = fresh;
    retryMs = FIRST_RETRY_MS;
    fresh.onClose(() => {
      line = undefined;
      become('lost');
      if (!isClosed) open();
    });
    become('open');
  };
  const subscribe: KeptLine['subscribe'] = (listener) => {
    listeners.add(listener);
    listener(state);
    return () => void listeners.delete(listener);
  };
  open();
  return {
    subscribe,
    state: () => state,
    get: (signal) => (line === undefined ? nextLine(subscribe, () => line, signal) : Promise.resolve(line)),
    close() {
      isClosed = true;
      clearTimeout(retry);
      line?.close();
    },
  };
}

function nextLine(subscribe: KeptLine['subscribe'], line: () => Line | undefined, signal: AbortSignal | undefined): Promise<Line> {
  return new Promise((done, fail) => {
    const stop = (settle: () => void) => {
      clearTimeout(timer);
      unsubscribe();
      signal?.removeEventListener('abort', aborted);
      settle();
    };
    const aborted = () => stop(() => fail(signal?.reason));
    const timer = setTimeout(() => stop(() => fail(new Error('Deskmate is not answering; try again.'))), CALL_WAIT_MS);
    let unsubscribe = () => {};
    unsubscribe = subscribe(() => {
      const fresh = line();
      if (fresh !== undefined) stop(() => done(fresh));
    });
    signal?.addEventListener('abort', aborted);
  });
}
