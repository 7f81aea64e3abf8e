// One store, one host at a time, and the means to kill any part of it.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { AppStatus } from '../../src/shared/contract/app.contract.ts';
import type { Client } from '../../src/renderer/connection/connection.ts';
import { startBuiltHost, type BuiltHost } from './built-host.ts';
import { findChild, gone, killHard } from './processes.ts';

/** `host`: the host alone, so that its backend notices and closes by itself; `all`: host, backend and engine in the same moment. */
export type KillTarget = 'backend' | 'engine' | 'host' | 'all';
export type Restart = { target: KillTarget | 'start'; recovery: AppStatus['recovery']; downMs: number };

export type KillRig = {
  /** Of the host that runs now; calls made while a part is down wait or are refused, as on the page. */
  client(): Client;
  /** Kills, and resolves when the app answers as ready again. */
  kill(target: KillTarget): Promise<void>;
  /** What each new backend said of the stop before it. */
  restarts: readonly Restart[];
  /** Ends it in order. */
  stop(): Promise<void>;
};

const WITHIN_MS = 40_000;
const ENGINE_ENTRY = 'engine';
const BACKEND_ENTRY = 'backend';

/** Gone at the end of the test. `killFirstAfterMs` kills the first host and its backend that long after the host's start, before anything is known of them. */
export async function openKillRig(buildDir: string, storeDir: string, killFirstAfterMs?: number): Promise<KillRig> {
  const restarts: Restart[] = [];
  let host: BuiltHost = await startBuiltHost(buildDir, storeDir);
  if (killFirstAfterMs !== undefined) {
    await sleep(killFirstAfterMs);
    for (const pid of [host.pid, findChild(host.pid, BACKEND_ENTRY)]) if (pid !== undefined) killHard(pid);
    host.connection.close();
    host = await startBuiltHost(buildDir, storeDir);
  }
  const client = () => host.connection.client;
  // whatever a failed test leaves running
  onTestFinished(() => {
    host.connection.close();
    for (const pid of [host.pid, findChild(host.pid, BACKEND_ENTRY), findEngine(host.pid)]) if (pid !== undefined) killHard(pid);
  });
  const told = async (target: Restart['target'], startedAt: number) => {
    const { recovery } = await untilReady(client, (status) => status.state === 'ready');
    restarts.push({ target, recovery, downMs: Math.round(performance.now() - startedAt) });
  };
  await told('start', performance.now());

  const killBackend = async () => {
    const pid = await untilFound(() => findChild(host.pid, BACKEND_ENTRY));
    const startedAt = performance.now();
    killHard(pid);
    await gone(pid, WITHIN_MS);
    await told('backend', startedAt);
  };
  const killEngine = async () => {
    const pid = await untilFound(() => findEngine(host.pid));
    killHard(pid);
    await gone(pid, WITHIN_MS);
    await untilReady(client, (status) => status.engine.state === 'ready' && findEngine(host.pid) !== pid);
  };
  const killHost = async (target: 'host' | 'all') => {
    const victims = [host.pid, ...(target === 'host' ? [] : [findChild(host.pid, BACKEND_ENTRY), findEngine(host.pid)])];
    const startedAt = performance.now();
    for (const pid of victims) if (pid !== undefined) killHard(pid);
    host.connection.close();
    await gone(host.pid, WITHIN_MS);
    // at once, as a rep would: the old backend may still be closing
    host = await startBuiltHost(buildDir, storeDir);
    await told(target, startedAt);
  };
  return {
    client,
    restarts,
    kill: (target) => (target === 'backend' ? killBackend() : target === 'engine' ? killEngine() : killHost(target)),
    async stop() {
      host.connection.close();
      const exited = once(host.process, 'exit');
      host.process.kill('SIGTERM');
      await exited;
    },
  };
}

function findEngine(hostPid: number): number | undefined {
  const backend = findChild(hostPid, BACKEND_ENTRY);
  return backend === undefined ? undefined : findChild(backend, ENGINE_ENTRY);
}

async function untilFound(find: () => number | undefined): Promise<number> {
  const until = performance.now() + WITHIN_MS;
  for (;;) {
    const pid = find();
    if (pid !== undefined) return pid;
    if (performance.now() > until) throw new Error('the process to kill never came');
    await sleep(10);
  }
}

/** Asks for the status until it is as wanted. @throws with the last answer when that takes too long. */
export async function untilReady(client: () => Client, isReady: (status: AppStatus) => boolean, withinMs = WITHIN_MS): Promise<AppStatus> {
  const until = performance.now() + withinMs;
  let last: unknown = 'no answer';
  while (performance.now() < until) {
    try {
      const status = await client().app.status({});
      if (isReady(status)) return status;
      last = status;
    } catch (error) {
      last = error;
    }
    await sleep(20);
  }
  throw new Error(`not ready within ${withinMs} ms: ${JSON.stringify(last)} ${last instanceof Error ? last.message : ''}`);
}
