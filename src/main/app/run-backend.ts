import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import { createFileLog, type Log } from '../platform/log.ts';
import { createNodeFork, nodeParentPort } from '../platform/node-fork.ts';
import { storePaths } from '../platform/paths.ts';
import { callPort } from '../platform/port-call.ts';
import type { Port } from '../platform/port.ts';
import { portOfMessagePort, type UtilityParent } from '../platform/utility-port.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { AppOptions } from './app.types.ts';
import type { BackendHello } from '../../shared/host-bridge.ts';
import type { BackendFrame, BackendStart, HostCalls, HostFrame } from './backend-control.ts';
import { createSharedPages } from './backend-pages.ts';
import { createHostFork } from './host-fork.ts';

/** What the backend needs of the app it runs. */
export type BackendApp = { connect(port: Port): unknown; close(): Promise<void> };

/** The host's end as the backend sees it; only Electron ever hands ports over. */
export type BackendHost = { port: Port; onHandover(listener: (frame: HostFrame, port: Port) => void): void };

const CLOSE_WITHIN_MS = 4000;

export function nodeBackendHost(): BackendHost {
  return { port: nodeParentPort(), onHandover: () => {} };
}

export function utilityBackendHost(parent: UtilityParent): BackendHost {
  return {
    port: {
      postMessage: (value) => parent.postMessage(value),
      onMessage(listener) {
        let isListening = true;
        parent.on('message', ({ data, ports }) => {
          if (isListening && ports.length === 0) listener(data);
        });
        return () => void (isListening = false);
      },
      // Chromium ends a utility process together with the main process
      onClose: () => () => {},
      close: () => {},
    },
    onHandover(listener) {
      parent.on('message', ({ data, ports: [handed] }) => {
        if (handed !== undefined) listener(data as HostFrame, portOfMessagePort(handed));
      });
    },
  };
}

/**
 * Runs the one backend of this process: waits for the host's `start`, makes the app, connects pages, and ends
 * when told to, or when the host has gone. `exit` is called once, after the store is closed or the time for it is over.
 */
export function runBackend(host: BackendHost, createApp: (options: AppOptions) => BackendApp, exit: (code: number) => void): void {
  const post = (frame: BackendFrame) => host.port.postMessage(frame);
  const hostFork = createHostFork(host.port);
  const pages = createSharedPages(host.port, (port) => app?.connect(port));
  let app: BackendApp | undefined;
  let isEnding = false;

  // the page takes a handed port for alive only when it hears from the backend: the host may have handed it to a dying one
  const greet = (port: Port) => {
    port.postMessage({ kind: 'deskmate.hello' } satisfies BackendHello);
    app?.connect(port);
  };
  const start = (options: BackendStart) => {
    const log = createFileLog(storePaths(options.storeDir).log, systemClock.nowMs);
    try {
      app = createApp(appOptions(options, log));
      post({ kind: 'ready' });
    } catch (error) {
      log.error('backend.start_failed', { message: messageOf(error) });
      exit(1);
    }
  };
  const appOptions = (options: BackendStart, log: Log): AppOptions => ({
    ...options,
    parserCodeDir: options.forksInHost ? null : options.outDir,
    fork: options.forksInHost ? hostFork.fork : createNodeFork(options.outDir),
    secretBox: options.hasSecretBox ? createSecretBox(host.port) : null,
    clock: systemClock,
    log,
  });
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    // an app that cannot close must not keep the host waiting; the store survives a hard stop
    const isClosed = await Promise.race([app?.close().then(() => true, () => false) ?? true, sleep(CLOSE_WITHIN_MS, false)]);
    exit(isClosed ? 0 : 1);
  };

  host.port.onMessage((value) => {
    const frame = value as HostFrame;
    if (frame.kind === 'start' && app === undefined) start(frame.start);
    else if (frame.kind === 'stop') void end();
    else if (frame.kind === 'fork.exited') hostFork.exited(frame);
    else if ('pageId' in frame) pages.take(frame);
  });
  host.port.onClose(() => void end());
  host.onHandover((frame, port) => {
    if (frame.kind === 'page.open') greet(port);
    else if (frame.kind === 'fork.joined') hostFork.joined(frame.forkId, port);
  });
}

function createSecretBox(host: Port): SecretBox {
  const calls = callPort<HostCalls>(host);
  return {
    encrypt: async (plain) => Buffer.from(await calls.call('encryptSecret', plain)),
    decrypt: async (sealed) => Buffer.from(await calls.call('decryptSecret', sealed)),
  };
}
