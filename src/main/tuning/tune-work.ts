import type { EmbeddingModel } from '../engine/embedding-model.ts';
import type { Likeness } from '../engine/likeness.ts';
import { nextTurn, type Slices } from '../search/slices.ts';

/** What a replay works with. */
export type TuneWork = {
  model: Pick<EmbeddingModel, 'embed'>;
  /** Of the model; absent where its cosines are on the reference scale. */
  likeness?: Likeness | undefined;
  /** Steps of no unit; the total stays the same from the first call on. */
  onProgress(doneCount: number, totalCount: number): void;
  /** Awaited often: lets others have their turn, and throws once the work was cancelled. */
  breathe(): Promise<void>;
};

/** Runs slices with a breath between them. */
export async function breatheThrough<T>(slices: Slices<T>, breathe: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}

/** A quarter of a frame of the screen: a call to another process waits for several turns. */
const HELD_MS = 4;

/** A breath that gives the event loop its turn once it was held for some milliseconds. It throws the reason of `signal` after that was aborted. */
export function createBreath(signal: AbortSignal): () => Promise<void> {
  let heldSinceMs = performance.now();
  return async () => {
    if (performance.now() - heldSinceMs < HELD_MS) return;
    await nextTurn();
    signal.throwIfAborted();
    heldSinceMs = performance.now();
  };
}
