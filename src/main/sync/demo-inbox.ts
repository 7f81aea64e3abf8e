import { DeskmateError } from '../platform/errors.ts';
import type { SendOutcome } from './connector.ts';
import type { DemoReply } from './demo-state.ts';

/** A reply that waits until the state that knows it is stored. */
type Waiting = DemoReply & { settle: (outcome: SendOutcome) => void; fail: (error: Error) => void };

/** What the customers were sent and is not safely theirs yet. */
export function createDemoInbox() {
  const waiting: Waiting[] = [];
  const remove = (replyId: string) => {
    const place = waiting.findIndex(({ id }) => id === replyId);
    if (place >= 0) waiting.splice(place, 1);
  };
  return {
    replies: (): readonly DemoReply[] => waiting,
    /** Resolves once `settle` finds it stored; rejects when the signal aborts first. */
    put(reply: DemoReply, signal: AbortSignal): Promise<SendOutcome> {
      return new Promise((settle, fail) => {
        const giveUp = () => {
          remove(reply.id);
          fail(new DeskmateError('channel_failed', 'The live customers did not take the reply in time.', { retryable: true }));
        };
        if (signal.aborted) return giveUp();
        signal.addEventListener('abort', giveUp, { once: true });
        const done = (outcome: SendOutcome) => {
          signal.removeEventListener('abort', giveUp);
          settle(outcome);
        };
        waiting.push({ ...reply, settle: done, fail });
      });
    },
    settle(isStored: (replyId: string) => boolean): void {
      for (const reply of waiting.filter(({ id }) => isStored(id))) {
        remove(reply.id);
        reply.settle({ kind: 'sent', externalId: externalIdOf(reply.id) });
      }
    },
    failAll(): void {
      for (const reply of waiting.splice(0)) reply.fail(new DeskmateError('channel_failed', 'The live customers were stopped.', { retryable: true }));
    },
  };
}

/** The channel's id of a reply of ours. */
export function externalIdOf(replyId: string): string {
  return `reply:${replyId}`;
}
