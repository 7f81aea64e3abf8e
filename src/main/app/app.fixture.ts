import { fork } from 'node:child_process';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { systemClock } from '../platform/clock.ts';
import { silentLog } from '../platform/log.ts';
import { wrapChild } from '../platform/node-fork.ts';
import type { Fork, ForkedProcess, Port, ProcessEntry } from '../platform/port.ts';
import type { AppOptions } from './app.types.ts';
import { createApp, type App } from './create-app.ts';

const root = path.join(import.meta.dirname, '../../..');
const SOURCES: Record<ProcessEntry, string> = { engine: 'src/main/search/engine.process.ts', parser: 'src/main/files/parser.process.ts', adapter: 'src/main/search/adapter.process.ts', measure: 'src/main/models/measure.process.ts' };

/** For tests: children run from the sources; `forked` lists them so that a test can kill one. */
export function createSourceFork(): { fork: Fork; forked: (ForkedProcess & { entry: ProcessEntry })[] } {
  const forked: (ForkedProcess & { entry: ProcessEntry })[] = [];
  return {
    forked,
    fork(entry, options = {}) {
      const child = fork(path.join(root, SOURCES[entry]), [...(options.args ?? [])], { serialization: 'advanced', execArgv: [...(options.execArgv ?? [])], env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      const wrapped = { ...wrapChild(child), entry };
      forked.push(wrapped);
      return wrapped;
    },
  };
}

/** For tests: what createApp takes, over the real model and resources, in the given folder. */
export function testAppOptions(storeDir: string, change: Partial<AppOptions> = {}): AppOptions {
  return {
    host: 'loopback', version: '0.0.0', storeDir, modelsDir: path.join(root, 'models'), resourcesDir: path.join(root, 'resources'),
    fork: createSourceFork().fork, parserCodeDir: null, secretBox: null, clock: systemClock, log: silentLog, ...change,
  };
}

export type TestPage = { client: ContractRouterClient<Contract>; events: AppEvent[]; close(): void };

/** For tests: a page of the app, over an in-process port that copies frames as a real one does. */
export function openTestPage(app: App): TestPage {
  const toPage = new Set<(event: { data: unknown }) => void>();
  const toApp = new Set<(value: unknown) => void>();
  const port: Port = {
    postMessage: (value) => queueMicrotask(() => toPage.forEach((listener) => listener({ data: structuredClone(value) }))),
    onMessage: (listener) => {
      toApp.add(listener);
      return () => void toApp.delete(listener);
    },
    onClose: () => () => {},
    close: () => {},
  };
  const close = app.connect(port);
  const websocket = {
    readyState: 1,
    addEventListener: (type: string, listener: (event: { data: unknown }) => void) => void (type === 'message' && toPage.add(listener)),
    send: (frame: unknown) => queueMicrotask(() => toApp.forEach((listener) => listener(structuredClone(frame)))),
  };
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: websocket as unknown as WebSocket }));
  const events: AppEvent[] = [];
  void (async () => {
    for await (const event of await client.app.events({})) events.push(event);
  })().catch(() => {});
  return { client, events, close };
}

/** For tests: a started app that is closed when the test ends. */
export async function startTestApp(options: AppOptions): Promise<App> {
  const app = createApp(options);
  onTestFinished(() => app.close());
  await app.started;
  return app;
}
