/** What of a keydown decides whether an input method owns it. */
export type ComposingKey = { isComposing: boolean; keyCode: number; timeStamp: number };

/** Some input methods end composing first and then deliver the Enter that ended it as a plain key, within the same task. */
const AFTER_END_MS = 30;

/** Knows whether a key belongs to an input method; one per text field. Times are event time stamps in ms. */
export function createCompositionGuard() {
  let isComposing = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  return {
    start() {
      isComposing = true;
    },
    end(timeStamp: number) {
      isComposing = false;
      endedAt = timeStamp;
    },
    /** The field went while composing; nothing will say that it ended. */
    leave() {
      isComposing = false;
    },
    owns(key: ComposingKey): boolean {
      return isComposing || key.isComposing || key.keyCode === 229 || key.timeStamp - endedAt < AFTER_END_MS;
    },
    get isActive() {
      return isComposing;
    },
  };
}

/**
 * Keeps the keys of an input method from everything on the page but the field it writes into: while it composes, and for the
 * key that ended it in browsers that deliver that one afterwards. Answers how to stop.
 */
export function guardComposition(target: Window): () => void {
  const guard = createCompositionGuard();
  const onStart = (): void => guard.start();
  const onEnd = (event: CompositionEvent): void => guard.end(event.timeStamp);
  const onKey = (event: KeyboardEvent): void => {
    if (guard.owns(event)) event.stopImmediatePropagation();
  };
  const stopper = new AbortController();
  const options = { capture: true, signal: stopper.signal };
  target.addEventListener('compositionstart', onStart, options);
  target.addEventListener('compositionend', onEnd, options);
  // a field that goes while composing never says that it ended
  target.addEventListener('focusin', () => guard.leave(), options);
  target.addEventListener('keydown', onKey, options);
  return () => stopper.abort();
}
