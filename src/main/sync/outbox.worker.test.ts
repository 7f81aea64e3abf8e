import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxEntry, OutboxState } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, OutboxId } from '../../shared/contract/ids.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { Connector, OutgoingReply, SendOutcome } from './connector.ts';
import { createOutboxWorker, type OutboxStore } from './outbox.worker.ts';

const entryOf = (id: string, state: OutboxState): OutboxEntry => ({ id: id as OutboxId, conversationId: 'c' as ConversationId, text: `text ${id}`, state, attemptCount: 0, error: null, messageId: null, createdAt: 0 });

/** A channel that may fail before or after it has taken the reply, as a real network does. */
function flakyChannel(faults: readonly ('before' | 'after' | 'none' | 'refuse')[]) {
  const delivered: string[] = [];
  let call = 0;
  const connector: Connector = {
    pull: () => Promise.reject(new Error('not used')),
    live: () => {},
    send(reply: OutgoingReply): Promise<SendOutcome> {
      const fault = faults[call++] ?? 'none';
      if (fault === 'before') return Promise.reject(new Error('no route'));
      if (fault === 'refuse') return Promise.resolve({ kind: 'refused', reason: 'closed' });
      delivered.push(reply.id);
      return fault === 'after' ? Promise.reject(new Error('timed out')) : Promise.resolve({ kind: 'sent', externalId: `x:${reply.id}` });
    },
    findSent: (reply) => Promise.resolve(delivered.includes(reply.id) ? `x:${reply.id}` : null),
  };
  return { connector, delivered };
}

function memoryStore(entries: OutboxEntry[], connector: Connector | 'none' | undefined): OutboxStore {
  const change = (id: OutboxId, next: Partial<OutboxEntry>) => Object.assign(entries.find((entry) => entry.id === id)!, next);
  return {
    listUnsent: () => entries.filter((entry) => entry.state !== 'sent').map((entry) => ({ ...entry })),
    conversationExternalId: () => 'c',
    connectorOf: () => connector,
    markSending: (id) => change(id, { state: 'sending' }),
    markSent: (id) => change(id, { state: 'sent' }),
    markFailed: (id, error) => change(id, { state: 'failed', error }),
    markUnknown: (id, error) => change(id, { state: 'unknown', error }),
  };
}

const fail = (error: unknown) => expect.fail(String(error));

describe('createOutboxWorker', () => {
  it('delivers every reply exactly once whatever the channel does, also after a crash while sending', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('before', 'after', 'none'), { maxLength: 12 }), fc.array(fc.constantFrom<OutboxState>('queued', 'sending', 'unknown'), { minLength: 1, maxLength: 4 }), async (faults, states) => {
        const entries = states.map((state, place) => entryOf(`r${place}`, state));
        const { connector, delivered } = flakyChannel(faults);
        for (let round = 0; round <= faults.length; round++) {
          const worker = createOutboxWorker(memoryStore(entries, connector), fail);
          worker.kick();
          await worker.idle();
          await worker.stop();
        }
        expect([entries.map(({ state }) => state), delivered.toSorted()]).toEqual([states.map(() => 'sent'), states.map((_, place) => `r${place}`)]);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a refused reply to the rep, waits for a stopped channel and fails where there is none', async () => {
    const refused = [entryOf('a', 'queued')];
    const worker = createOutboxWorker(memoryStore(refused, flakyChannel(['refuse']).connector), fail);
    worker.kick();
    await worker.idle();
    expect(refused[0]).toMatchObject({ state: 'failed', error: 'closed' });
    const waiting = [entryOf('b', 'queued')];
    const idle = createOutboxWorker(memoryStore(waiting, undefined), fail);
    idle.kick();
    await idle.idle();
    expect(waiting[0]?.state).toBe('queued');
    const imported = [entryOf('c', 'queued')];
    const none = createOutboxWorker(memoryStore(imported, 'none'), fail);
    none.kick();
    await none.idle();
    expect(imported[0]).toMatchObject({ state: 'failed', error: 'no_channel' });
    await Promise.all([worker.stop(), idle.stop(), none.stop()]);
  });

  it('keeps the order of a conversation: a later reply waits while the fate of an earlier one is unknown', async () => {
    const entries = [entryOf('a', 'queued'), entryOf('b', 'queued')];
    const { connector, delivered } = flakyChannel(['before']);
    const worker = createOutboxWorker(memoryStore(entries, connector), fail);
    worker.kick();
    await worker.idle();
    expect([entries.map(({ state }) => state), delivered]).toEqual([['unknown', 'queued'], []]);
    worker.kick();
    await worker.idle();
    expect([entries.map(({ state }) => state), delivered]).toEqual([['sent', 'sent'], ['a', 'b']]);
    await worker.stop();
  });

  it('goes on when a reply is taken back or erased in the middle, and reports a store that fails', async () => {
    const gone = () => { throw new DeskmateError('not_found', 'There is no such reply.'); };
    const entries = [entryOf('a', 'queued')];
    const broken = new Error('disk full');
    const { connector, delivered } = flakyChannel([]);
    const errors: unknown[] = [];
    const erased = createOutboxWorker({ ...memoryStore(entries, connector), conversationExternalId: gone, markUnknown: gone }, (error) => errors.push(error));
    erased.kick();
    await erased.idle();
    const full = createOutboxWorker({ ...memoryStore(entries, connector), listUnsent: () => { throw broken; } }, (error) => errors.push(error));
    full.kick();
    await full.idle();
    expect([errors, delivered]).toEqual([[broken], []]);
    await Promise.all([erased.stop(), full.stop()]);
  });
});
