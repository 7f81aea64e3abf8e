import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxEntry, OutboxState } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, OutboxId } from '../../shared/contract/ids.contract.ts';
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

describe('createOutboxWorker', () => {
  it('delivers every reply exactly once whatever the channel does, also after a crash while sending', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('before', 'after', 'none'), { maxLength: 12 }), fc.array(fc.constantFrom<OutboxState>('queued', 'sending', 'unknown'), { minLength: 1, maxLength: 4 }), async (faults, states) => {
        const entries = states.map((state, place) => entryOf(`r${place}`, state));
        const { connector, delivered } = flakyChannel(faults);
        for (let round = 0; round <= faults.length; round++) {
          const worker = createOutboxWorker(memoryStore(entries, connector));
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
    const worker = createOutboxWorker(memoryStore(refused, flakyChannel(['refuse']).connector));
    worker.kick();
    await worker.idle();
    expect(refused[0]).toMatchObject({ state: 'failed', error: 'closed' });
    const waiting = [entryOf('b', 'queued')];
    const idle = createOutboxWorker(memoryStore(waiting, undefined));
    idle.kick();
    await idle.idle();
    expect(waiting[0]?.state).toBe('queued');
    const imported = [entryOf('c', 'queued')];
    const none = createOutboxWorker(memoryStore(imported, 'none'));
    none.kick();
    await none.idle();
    expect(imported[0]).toMatchObject({ state: 'failed', error: 'no_channel' });
    await Promise.all([worker.stop(), idle.stop(), none.stop()]);
  });
});
