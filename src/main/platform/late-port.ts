import type { Port } from './port.ts';

/** A port that can be used before its other end is known: what is posted early is kept and sent on joining. */
export type LatePort = {
  port: Port;
  /** Joins the real port; only the first call counts. */
  join(real: Port): void;
  /** Tells the close listeners, for a far end that died before or after it joined. */
  end(): void;
};

export function createLatePort(): LatePort {
  const early: unknown[] = [];
  const messageListeners = new Set<(value: unknown) => void>();
  const closeListeners = new Set<() => void>();
  let real: Port | undefined;
  let hasEnded = false;
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    for (const listener of closeListeners) listener();
  };
  return {
    end,
    join(joined) {
      if (real !== undefined || hasEnded) return;
      real = joined;
      joined.onClose(end);
      joined.onMessage((value) => {
        for (const listener of messageListeners) listener(value);
      });
      for (const value of early.splice(0)) joined.postMessage(value);
    },
    port: {
      postMessage(value) {
        if (hasEnded) return;
        if (real === undefined) early.push(value);
        else real.postMessage(value);
      },
      onMessage(listener) {
        messageListeners.add(listener);
        return () => void messageListeners.delete(listener);
      },
      onClose(listener) {
        closeListeners.add(listener);
        return () => void closeListeners.delete(listener);
      },
      close() {
        real?.close();
        end();
      },
    },
  };
}
