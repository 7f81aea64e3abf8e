import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { EventBus } from '../platform/event-bus.ts';

/** A page that does not read for this many events is behind: it is told to refetch everything instead. */
const MAX_QUEUED = 1000;

/** The event stream of one page: everything emitted from the call on that it may be told at that moment, in order, until the page goes. */
export async function* streamEvents(bus: EventBus<AppEvent>, signal: AbortSignal | undefined, first: AppEvent, mayTell: (event: AppEvent) => boolean = () => true): AsyncGenerator<AppEvent, void, void> {
  let queue: AppEvent[] = [first];
  let wake: () => void = () => {};
  const unsubscribe = bus.subscribe((event) => {
    if (!mayTell(event)) return;
    if (queue.length >= MAX_QUEUED) queue = [{ type: 'data.changed' }];
    queue.push(event);
    wake();
  });
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    while (signal?.aborted !== true) {
      const event = queue.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    unsubscribe();
  }
}
