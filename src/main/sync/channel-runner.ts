import { messageOf } from '../platform/errors.ts';
import type { Connector, PulledBatch } from './connector.ts';

export type ChannelRunner = { stop(): Promise<void>; settled(): Promise<void> };

export type RunnerHooks = {
  readCursor(): string | null;
  /** Stores messages and cursor in one transaction. */
  store(batch: PulledBatch): void;
  onFailed(message: string): void;
  onRecovered(): void;
  /** A hook itself failed; told here, because nobody waits for a turn. */
  onError(error: unknown): void;
};

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Pulls on start and on every hint, one pull at a time; a failing pull is retried with growing pauses, which hints do not cut short, and loses nothing. */
export function runChannel(connector: Connector, hooks: RunnerHooks): ChannelRunner {
  const abort = new AbortController();
  let isDue = true;
  let retryMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const pullAll = async () => {
    while (isDue && !abort.signal.aborted) {
      isDue = false;
      const batch = await connector.pull(hooks.readCursor(), abort.signal);
      if (abort.signal.aborted) return;
      if (batch.messages.length > 0 || batch.cursor !== hooks.readCursor()) hooks.store(batch);
      if (batch.hasMore) isDue = true;
    }
  };
  const turn = async () => {
    try {
      await pullAll();
      if (retryMs > 0) hooks.onRecovered();
      retryMs = 0;
    } catch (error) {
      if (abort.signal.aborted) return;
      retryMs = Math.min(Math.max(retryMs * 2, FIRST_RETRY_MS), LAST_RETRY_MS);
      timer = setTimeout(() => {
        timer = undefined;
        kick();
      }, retryMs);
      hooks.onFailed(messageOf(error));
    }
  };
  const kick = () => {
    isDue = true;
    if (running !== undefined || timer !== undefined || abort.signal.aborted) return;
    running = turn()
      .catch(hooks.onError)
      .finally(() => {
        running = undefined;
        if (isDue) kick();
      });
  };
  kick();
  void running?.then(() => {
    // stopped during its first pull: nothing would ever end its timers
    if (!abort.signal.aborted) connector.live(kick, abort.signal);
  });
  return {
    settled: async () => await running,
    async stop() {
      abort.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
