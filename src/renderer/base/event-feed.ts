import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { Client } from '../connection/connection.ts';

/** `feed.opened` comes first and after every reconnection: whatever was missed meanwhile must be read again. */
export type FeedEvent = AppEvent | { type: 'feed.opened' };
export type EventFeed = {
  subscribe(listener: (event: FeedEvent) => void): () => void;
  start(): void;
  stop(): void;
};

const REOPEN_DELAY_MS = 1000;

/** One stream of backend events for the whole page, opened again whenever it ends. Subscribe before `start`. */
export function createEventFeed(client: Client, wait: (ms: number, signal: AbortSignal) => Promise<void> = sleep): EventFeed {
  const listeners = new Set<(event: FeedEvent) => void>();
  let stopped = new AbortController();
  const emit = (event: FeedEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        const events = await client.app.events({}, { signal });
        emit({ type: 'feed.opened' });
        for await (const event of events) {
          if (signal.aborted) return;
          emit(event);
        }
      } catch {
        // The connection notice tells the rep; here only the next attempt matters.
      }
      await wait(REOPEN_DELAY_MS, signal);
    }
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      stopped = new AbortController();
      void run(stopped.signal);
    },
    stop() {
      stopped.abort();
    },
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) {
      done();
      return;
    }
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
  });
}
