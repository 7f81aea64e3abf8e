/** `hangMs`: how long an engine may be silent; one text takes a millisecond, the longest run of the model some ten. */
export type WatchdogOptions = { ping: () => Promise<unknown>; onHang: () => void; hangMs: number };

const TICKS = 5;

/**
 * Asks a process at short intervals whether it still answers, and tells once when it was silent for `hangMs`. Time is counted in ticks of
 * this process, so that a machine that slept, or a busy caller, is not taken for a hanging engine. Returns the function that ends it.
 */
export function watchForHang({ ping, onHang, hangMs }: WatchdogOptions): () => void {
  let isAsked = false;
  let silentTicks = 0;
  const timer = setInterval(() => {
    if (isAsked) {
      silentTicks++;
      if (silentTicks < TICKS) return;
      clearInterval(timer);
      onHang();
      return;
    }
    isAsked = true;
    const answered = (): void => {
      isAsked = false;
      silentTicks = 0;
    };
    // a refusal is an answer as well; a process that has gone is noticed by its exit
    ping().then(answered, answered);
  }, hangMs / TICKS);
  timer.unref();
  return () => clearInterval(timer);
}

const STRIKES = 2;
const MOST_TEXTS = 1000;

/** Which texts the engine died or hung over while it had them: a live question that did it twice is not asked again. In memory, until it succeeds or is forgiven. */
export type TextBlame = {
  /** Runs the call for a text. @throws what `refuse` makes when the text is set aside. */
  over<T>(text: string, call: () => Promise<T>): Promise<T>;
  /** The process has gone: everything under way gets a strike. */
  processEnded(): void;
  forgive(): void;
};

export function createTextBlame(refuse: () => Error): TextBlame {
  const underWay = new Map<string, number>();
  const strikes = new Map<string, number>();
  const leave = (text: string): void => {
    const count = (underWay.get(text) ?? 1) - 1;
    if (count === 0) underWay.delete(text);
    else underWay.set(text, count);
  };
  return {
    async over(text, call) {
      if ((strikes.get(text) ?? 0) >= STRIKES) throw refuse();
      underWay.set(text, (underWay.get(text) ?? 0) + 1);
      try {
        const answer = await call();
        strikes.delete(text);
        return answer;
      } finally {
        leave(text);
      }
    },
    processEnded() {
      for (const text of underWay.keys()) {
        if (strikes.size >= MOST_TEXTS) strikes.delete(strikes.keys().next().value ?? '');
        strikes.set(text, (strikes.get(text) ?? 0) + 1);
      }
    },
    forgive: () => strikes.clear(),
  };
}
