import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createApp, type App } from '../src/main/app/create-app.ts';
import { systemClock } from '../src/main/platform/clock.ts';
import { silentLog } from '../src/main/platform/log.ts';
import type { Port } from '../src/main/platform/port.ts';
import type { AppEvent } from '../src/shared/contract/app.contract.ts';
import type { Contract } from '../src/shared/contract/contract.ts';
import { createBenchFork, type BenchFork } from './bench-engine.ts';

export type BenchApp = {
  app: App;
  engine: BenchFork;
  client: ContractRouterClient<Contract>;
  /** Called when a frame that carries this event has been handed to the page's pipe. */
  onEvent(listener: (type: AppEvent['type']) => void): void;
  close(): Promise<void>;
};

const root = path.join(import.meta.dirname, '..');
const WATCHED: readonly AppEvent['type'][] = ['message.received', 'suggestion.shown', 'risk.scored', 'app.changed'];

/** The app as its hosts start it, this process as its backend, with one page whose event frames are counted and not decoded: decoding is the page's work. */
export async function startBenchApp(storeDir: string, modelsDir: string): Promise<BenchApp> {
  const engine = createBenchFork();
  const app = createApp({
    host: 'loopback', version: '0.0.0', storeDir, modelsDir, resourcesDir: path.join(root, 'resources'), parserCodeDir: null,
    fork: engine.fork, secretBox: null, clock: systemClock, log: silentLog,
  });
  await app.started;
  app.services();
  let listener: (type: AppEvent['type']) => void = () => {};
  const toApp = new Set<(value: unknown) => void>();
  const toPage = new Set<(event: { data: unknown }) => void>();
  const port: Port = {
    postMessage(value) {
      const text = typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('utf8');
      const type = WATCHED.find((one) => text.includes(`"type":"${one}"`));
      if (type !== undefined) listener(type);
      else queueMicrotask(() => toPage.forEach((receive) => receive({ data: value })));
    },
    onMessage: (receive) => {
      toApp.add(receive);
      return () => void toApp.delete(receive);
    },
    onClose: () => () => {},
    close: () => {},
  };
  const disconnect = app.connect(port);
  const websocket = {
    readyState: 1,
    addEventListener: (type: string, receive: (event: { data: unknown }) => void) => void (type === 'message' && toPage.add(receive)),
    send: (frame: unknown) => queueMicrotask(() => toApp.forEach((receive) => receive(frame))),
  };
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: websocket as unknown as WebSocket }));
  void (async () => {
    for await (const _event of await client.app.events({})) continue;
  })().catch(() => {});
  return {
    app, engine, client,
    onEvent: (next) => (listener = next),
    async close() {
      disconnect();
      await app.close();
    },
  };
}

/** Waits until every stored vector is in the engine's memory. */
export async function untilLoaded({ app }: BenchApp): Promise<void> {
  const { engine } = app.services();
  for (;;) {
    const { state, loadedRatio } = engine.status();
    if (state === 'down') throw new Error('the engine does not start');
    if (state === 'ready' && loadedRatio === 1) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A file that the app watches as a channel; each line is one customer message in a conversation of its own. */
export type LiveFile = { path: string; write(id: string, text: string): void };

export function createLiveFile(dir: string): LiveFile {
  const file = path.join(dir, 'live.jsonl');
  writeFileSync(file, '');
  return {
    path: file,
    write: (id, text) => appendFileSync(file, `${JSON.stringify({ conv_id: `live-${id}`, msg_id: id, ts: Date.now(), role: 'customer', author: `buyer-${id}`, text })}\n`),
  };
}
