export type Coalesced = { (): void; cancel(): void };

/** Many calls within `waitMs` become one run; a call during a run leads to exactly one more run after it. */
export function coalesce(run: () => Promise<void>, waitMs: number): Coalesced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isWanted = false;
  const start = async (): Promise<void> => {
    timer = undefined;
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    try {
      await run();
    } finally {
      isRunning = false;
      if (isWanted) {
        isWanted = false;
        call();
      }
    }
  };
  const call = (): void => {
    timer ??= setTimeout(() => void start(), waitMs);
  };
  call.cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isWanted = false;
  };
  return call;
}
