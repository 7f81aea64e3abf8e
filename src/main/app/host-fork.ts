import { createLatePort, type LatePort } from '../platform/late-port.ts';
import type { Fork, Port } from '../platform/port.ts';
import type { BackendFrame, HostFrame } from './backend-control.ts';

type HostedProcess = { late: LatePort; exitListeners: Set<(code: number | null) => void> };

/** `Fork` by way of the host, for a backend that cannot fork by itself; the child's own port comes later. */
export type HostFork = {
  fork: Fork;
  joined(forkId: number, port: Port): void;
  exited(frame: Extract<HostFrame, { kind: 'fork.exited' }>): void;
};

export function createHostFork(host: Port): HostFork {
  const running = new Map<number, HostedProcess>();
  const post = (frame: BackendFrame) => host.postMessage(frame);
  let lastId = 0;
  return {
    fork(entry, options = {}) {
      const forkId = ++lastId;
      const hosted: HostedProcess = { late: createLatePort(), exitListeners: new Set() };
      running.set(forkId, hosted);
      post({ kind: 'fork', forkId, entry, options });
      return {
        pid: undefined,
        port: hosted.late.port,
        onExit(listener) {
          hosted.exitListeners.add(listener);
          return () => void hosted.exitListeners.delete(listener);
        },
        kill: () => post({ kind: 'fork.kill', forkId }),
      };
    },
    joined: (forkId, port) => running.get(forkId)?.late.join(port),
    exited({ forkId, code }) {
      const hosted = running.get(forkId);
      running.delete(forkId);
      hosted?.late.end();
      for (const listener of hosted?.exitListeners ?? []) listener(code);
    },
  };
}
