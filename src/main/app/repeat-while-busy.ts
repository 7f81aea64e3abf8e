/** A desk that finds its store taken asks again this often: after a crash the old backend may still be closing. */
const BUSY_RETRY_MS = 500;

/** Calls `attempt` until it answers false; `end` waits for what is under way. */
export function repeatWhileBusy(attempt: () => Promise<boolean>): { begin(): Promise<void>; end(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isEnded = false;
  const turn = async () => {
    if ((await attempt()) && !isEnded) timer = setTimeout(() => void begin(), BUSY_RETRY_MS);
  };
  const begin = () => (running = turn());
  return {
    begin,
    async end() {
      isEnded = true;
      clearTimeout(timer);
      await running;
    },
  };
}
