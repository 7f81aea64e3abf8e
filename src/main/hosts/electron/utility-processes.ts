import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import path from 'node:path';
import type { BackendFrame, HostFrame } from '../../app/backend-control.ts';
import type { ForkedProcess } from '../../platform/port.ts';

/** The backend as a utility process; pages' and engine's ports are handed to it and frames then bypass this process. */
export type UtilityBackend = ForkedProcess & { handOver(frame: HostFrame, port: MessagePortMain): void; forks: Map<number, UtilityProcess> };

export function forkBackend(outDir: string): UtilityBackend {
  const child = utilityProcess.fork(path.join(outDir, 'backend.js'), [], { serviceName: 'Deskmate backend' });
  const onExit: ForkedProcess['onExit'] = (listener) => {
    child.once('exit', listener);
    return () => void child.off('exit', listener);
  };
  return {
    pid: child.pid,
    forks: new Map(),
    handOver: (frame, port) => child.postMessage(frame, [port]),
    onExit,
    kill: () => killProcess(child),
    port: {
      postMessage: (value) => child.postMessage(value),
      onMessage(listener) {
        child.on('message', listener);
        return () => void child.off('message', listener);
      },
      onClose: (listener) => onExit(() => listener()),
      close: () => killProcess(child),
    },
  };
}

/** Forks and kills on the backend's behalf: a utility process cannot have children of its own. */
export function answerForks(frame: BackendFrame, backend: UtilityBackend, outDir: string): void {
  if (frame.kind === 'fork') forkFor(frame, backend, outDir);
  else if (frame.kind === 'fork.kill') {
    const child = backend.forks.get(frame.forkId);
    if (child !== undefined) killProcess(child);
  }
}

/** An engine without its backend serves nobody. */
export function killForks(backend: UtilityBackend): void {
  for (const child of backend.forks.values()) killProcess(child);
  backend.forks.clear();
}

function forkFor({ forkId, entry, options }: Extract<BackendFrame, { kind: 'fork' }>, backend: UtilityBackend, outDir: string): void {
  const { port1, port2 } = new MessageChannelMain();
  const child = utilityProcess.fork(path.join(outDir, `${entry}.js`), [...(options.args ?? [])], {
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
    serviceName: `Deskmate ${entry}`,
  });
  backend.forks.set(forkId, child);
  child.once('exit', (code) => {
    // a backend that has gone needs no word of it
    if (backend.forks.delete(forkId)) backend.port.postMessage({ kind: 'fork.exited', forkId, code } satisfies HostFrame);
  });
  child.postMessage({ kind: 'port' }, [port1]);
  backend.handOver({ kind: 'fork.joined', forkId }, port2);
}

/** `kill()` is a polite signal on most systems; a hung process needs the other one. */
function killProcess(child: UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}
