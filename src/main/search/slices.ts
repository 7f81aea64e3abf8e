/** Long work cut into steps: everything after a `yield` may wait for something more urgent. */
export type Slices<T> = Generator<void, T>;

export function runAtOnce<T>(slices: Slices<T>): T {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** Lets the event loop turn between slices. Ends early, with undefined, once `isStopped` says so. */
export async function runInTurns<T>(slices: Slices<T>, isStopped: () => boolean = () => false): Promise<T | undefined> {
  while (!isStopped()) {
    const step = slices.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
  return undefined;
}

export function nextTurn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
