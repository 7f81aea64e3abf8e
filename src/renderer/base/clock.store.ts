import { createStore } from 'zustand/vanilla';

export type ClockStore = ReturnType<typeof createClockStore>;

/** The time all waiting times tick from: epoch ms, renewed each second while started. */
export function createClockStore(now: () => number) {
  const store = createStore<{ nowMs: number }>(() => ({ nowMs: now() }));
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    store,
    now,
    start() {
      timer ??= setInterval(() => store.setState({ nowMs: now() }), 1000);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
