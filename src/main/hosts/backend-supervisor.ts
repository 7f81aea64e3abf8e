import type { BackendFrame, BackendStart, HostCalls, HostFrame } from '../app/backend-control.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { servePort } from '../platform/port-call.ts';
import type { ForkedProcess } from '../platform/port.ts';

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 10_000;
/** A backend that lived this long starts over with the short delay. */
const STEADY_AFTER_MS = 30_000;
const STOP_WITHIN_MS = 6000;

export type SupervisorOptions<P extends ForkedProcess> = {
  spawn: () => P;
  start: BackendStart;
  secretBox: SecretBox | null;
  nowMs: () => number;
  /** Frames other than `ready`. */
  onFrame: (frame: BackendFrame, backend: P) => void;
  /** Called when a backend has gone and its pages with it. */
  onLost: (backend: P) => void;
};

/** Keeps one backend process running; it is restarted with a growing delay until `stop`. */
export type BackendSupervisor<P extends ForkedProcess> = {
  /** The running backend once its app exists, or undefined when none was ready in time. */
  whenReady(withinMs: number): Promise<P | undefined>;
  /** Asks the backend to close its store, waits for that, and kills it when it takes too long. */
  stop(): Promise<void>;
};

export function superviseBackend<P extends ForkedProcess>(options: SupervisorOptions<P>): BackendSupervisor<P> {
  const waiting = new Set<(backend: P) => void>();
  let ready: P | undefined;
  let current: P | undefined;
  let delayMs = FIRST_DELAY_MS;
  let restart: NodeJS.Timeout | undefined;
  let isStopping = false;

  const launch = () => {
    const backend = options.spawn();
    const startedAt = options.nowMs();
    current = backend;
    if (options.secretBox !== null) servePort(backend.port, secretCalls(options.secretBox));
    backend.port.onMessage((value) => {
      const frame = value as BackendFrame;
      if (frame.kind !== 'ready') return options.onFrame(frame, backend);
      ready = backend;
      for (const done of waiting) done(backend);
    });
    backend.onExit(() => {
      ready = undefined;
      current = undefined;
      options.onLost(backend);
      if (isStopping) return;
      if (options.nowMs() - startedAt >= STEADY_AFTER_MS) delayMs = FIRST_DELAY_MS;
      restart = setTimeout(launch, delayMs);
      delayMs = Math.min(delayMs * 2, LAST_DELAY_MS);
    });
    backend.port.postMessage({ kind: 'start', start: options.start } satisfies HostFrame);
  };
  launch();

  return {
    whenReady(withinMs) {
      if (ready !== undefined) return Promise.resolve(ready);
      return new Promise((resolve) => {
        const done = (backend: P | undefined) => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve(backend);
        };
        const timer = setTimeout(done, withinMs, undefined);
        waiting.add(done);
      });
    },
    async stop() {
      isStopping = true;
      clearTimeout(restart);
      if (current !== undefined) await stopProcess(current);
    },
  };
}

function stopProcess(backend: ForkedProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => backend.kill(), STOP_WITHIN_MS);
    backend.onExit(() => {
      clearTimeout(timer);
      resolve();
    });
    backend.port.postMessage({ kind: 'stop' } satisfies HostFrame);
  });
}

function secretCalls(box: SecretBox): HostCalls {
  return {
    encryptSecret: (plain) => box.encrypt(Buffer.from(plain)),
    decryptSecret: (sealed) => box.decrypt(Buffer.from(sealed)),
  };
}
