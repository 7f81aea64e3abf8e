/** Facts, past tense, told to whoever listens; a listener that throws is reported and stops no other. */
export type EventBus<E extends { type: string }> = {
  emit(event: E): void;
  /** Hears every event; returns the unsubscribe function. */
  subscribe(listener: (event: E) => void): () => void;
  /** Hears one type of event; returns the unsubscribe function. */
  on<T extends E['type']>(type: T, listener: (event: Extract<E, { type: T }>) => void): () => void;
};

export function createEventBus<E extends { type: string }>(onListenerError: (error: unknown) => void): EventBus<E> {
  const listeners = new Set<(event: E) => void>();
  const subscribe = (listener: (event: E) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    subscribe,
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    on: (type, listener) =>
      subscribe((event) => {
        if (event.type === type) listener(event as Extract<E, { type: typeof type }>);
      }),
  };
}
