import { fork } from 'node:child_process';
import path from 'node:path';
import type { BackendStart } from '../../app/backend-control.ts';
import { systemClock } from '../../platform/clock.ts';
import { wrapChild } from '../../platform/node-fork.ts';
import { storePaths } from '../../platform/paths.ts';
import type { ForkedProcess } from '../../platform/port.ts';
import { superviseBackend } from '../backend-supervisor.ts';
import { openDesktopFile } from '../desktop-file.ts';
import { createLoopbackDesktop } from './desktop.ts';
import { createPageSockets, type PageSockets } from './page-sockets.ts';
import { startLoopbackServer } from './server.ts';
import { openSpool } from './spool.ts';

const MAX_FILE_BYTES = 4 * 1024 ** 3;

export type LoopbackOptions = {
  start: BackendStart;
  rendererDir: string;
  port: number;
  /** The backend's entry file. */
  backendFile: string;
};

export type LoopbackHost = {
  /** Carries the one-time token. */
  openUrl: string;
  origin: string;
  whenReady(withinMs: number): Promise<ForkedProcess | undefined>;
  close(): Promise<void>;
};

/** The whole loopback host, without a window: server, spool and a supervised backend. */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const spool = openSpool(storePaths(options.start.storeDir).spool, MAX_FILE_BYTES);
  // the backend is forked before the server listens, so that it starts while the browser does
  const supervisor = superviseBackend({
    spawn: () => wrapChild(fork(path.resolve(options.backendFile), [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })),
    start: options.start,
    secretBox: null,
    nowMs: systemClock.nowMs,
    onFrame: (frame) => sockets.onFrame(frame),
    onLost: () => sockets.dropAll(),
  });
  const sockets: PageSockets = createPageSockets((withinMs) => supervisor.whenReady(withinMs));
  const stop = async () => {
    await supervisor.stop();
    spool.empty();
  };
  try {
    const desktop = createLoopbackDesktop({ file: openDesktopFile(options.start.storeDir), logFile: storePaths(options.start.storeDir).log, platform: process.platform });
    const server = await startLoopbackServer({ rendererDir: options.rendererDir, port: options.port, spool, desktop, acceptSocket: sockets.accept });
    return {
      openUrl: server.openUrl,
      origin: server.origin,
      whenReady: supervisor.whenReady,
      async close() {
        sockets.dropAll();
        await server.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
