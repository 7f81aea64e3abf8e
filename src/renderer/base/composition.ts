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
    owns(key: ComposingKey): boolean {
      return isComposing || key.isComposing || key.keyCode === 229 || key.timeStamp - endedAt < AFTER_END_MS;
    },
    get isActive() {
      return isComposing;
    },
  };
}
