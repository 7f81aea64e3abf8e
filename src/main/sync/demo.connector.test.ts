import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Message, OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { OutboxId } from '../../shared/contract/ids.contract.ts';
import { insertReply } from '../conversations/outbox.repository.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { shippedCorpus } from '../practice/corpus.fixture.ts';
import type { Connector, IncomingMessage } from './connector.ts';
import { arrivalsOf, type DemoPlan } from './demo-schedule.ts';
import { createDemoConnector } from './demo.connector.ts';
import { createSyncService } from './sync.service.ts';

const corpus = shippedCorpus();
const STARTED_AT = 1_800_000_000_000;
const plan: DemoPlan = { run: 'R1', pace: 'busy', customerCount: 6, language: 'all', startedAt: STARTED_AT };
const signal = new AbortController().signal;
const GOOD = '给您添麻烦了。我现在催件，也可以补发、换货或全额退款，由您选，今天18点前给您答复。 I understand. We can refund or resend it today, your choice.';

/** A connector, its store (the cursor and the messages), and a clock that the test moves. */
function openDemo(change: Partial<DemoPlan> = {}) {
  const own = { ...plan, ...change };
  const clock = { now: STARTED_AT };
  let connector = createDemoConnector(own, corpus, { nowMs: () => clock.now });
  const stored: { cursor: string | null; messages: IncomingMessage[] } = { cursor: null, messages: [] };
  return {
    clock, stored, plan: own,
    connector: () => connector,
    restart: () => void (connector = createDemoConnector(own, corpus, { nowMs: () => clock.now })),
    /** What the runner does; `isLost` is a crash before the batch is stored. */
    async pull(isLost = false): Promise<void> {
      const batch = await connector.pull(stored.cursor, signal);
      if (isLost) return;
      stored.cursor = batch.cursor;
      stored.messages.push(...batch.messages);
      if (batch.hasMore) await this.pull();
    },
  };
}
type Demo = ReturnType<typeof openDemo>;

async function sendAndStore(demo: Demo, id: string, customerIndex: number, text: string): Promise<void> {
  await demo.pull();
  const sent = demo.connector().send({ id, conversationExternalId: `demo:R1:${customerIndex}`, text } as Parameters<Connector['send']>[0], signal);
  // the reply is in the inbox once the waiting microtasks ran
  await Promise.resolve();
  await demo.pull();
  expect(await sent).toEqual({ kind: 'sent', externalId: `reply:${id}` });
}
const lookUp = (demo: Demo, id: string) => demo.connector().findSent({ id, conversationExternalId: 'demo:R1:0', text: '' } as Parameters<Connector['findSent']>[0], signal);
const ids = (demo: Demo) => demo.stored.messages.map(({ externalId }) => externalId);

describe('arrivalsOf', () => {
  it('is the same for the same run, in order, and lets everybody come before anybody comes again', () => {
    const long = { ...plan, customerCount: 60 };
    const arrivals = arrivalsOf(long, corpus);
    expect(arrivals).toEqual(arrivalsOf(long, corpus));
    expect(new Set(arrivals.slice(0, corpus.scenarios.length).map(({ scenarioId }) => scenarioId)).size).toBe(corpus.scenarios.length);
    expect(arrivals.every(({ offsetMs }, place) => place === 0 || offsetMs >= (arrivals[place - 1]?.offsetMs ?? 0))).toBe(true);
    expect(arrivalsOf({ ...long, run: 'R2' }, corpus)).not.toEqual(arrivals);
    expect(new Set(arrivalsOf({ ...long, language: 'en' }, corpus).map(({ scenarioId }) => corpus.scenarios.find(({ id }) => id === scenarioId)?.language))).toEqual(new Set(['en']));
  });

  it('brings customers at its pace', () => {
    const meanMs = (pace: DemoPlan['pace']) => (arrivalsOf({ ...plan, pace, customerCount: 200 }, corpus).at(-1)?.offsetMs ?? 0) / 199;
    expect([meanMs('busy') / 12_000, meanMs('normal') / 50_000, meanMs('slow') / 150_000].every((ratio) => ratio > 0.8 && ratio < 1.2)).toBe(true);
  });
});

describe('createDemoConnector', () => {
  it('types like a person: a burst with gaps, then waits, asks where the rep is, and leaves in the end', async () => {
    const demo = openDemo({ customerCount: 1, language: 'zh' });
    for (let second = 0; second < 3600; second++) {
      demo.clock.now += 1000;
      await demo.pull();
    }
    const gaps = demo.stored.messages.map(({ sentAt }, place) => sentAt - (demo.stored.messages[place - 1]?.sentAt ?? STARTED_AT));
    expect(gaps.every((gap) => gap >= 1000)).toBe(true);
    expect(demo.stored.messages.length).toBeGreaterThanOrEqual(5);
    expect(demo.connector().progress?.(demo.stored.cursor)).toEqual({ playedCount: 1, totalCount: 1 });
  });

  it('reads what is sent and reacts; a reply is sent once it is stored, and found afterwards', async () => {
    const demo = openDemo({ customerCount: 1 });
    demo.clock.now += 10_000;
    await demo.pull();
    const before = demo.stored.messages.length;
    expect(await lookUp(demo, 'a')).toBe(null);
    await sendAndStore(demo, 'a', 0, GOOD);
    expect(await lookUp(demo, 'a')).toBe('reply:a');
    // again under the same id: taken, not read twice
    await sendAndStore(demo, 'a', 0, GOOD);
    demo.clock.now += 40_000;
    await demo.pull();
    expect(demo.stored.messages.length).toBeGreaterThan(before);
    expect((JSON.parse(demo.stored.cursor ?? '') as { replyIds: string[] }).replyIds).toEqual(['a']);
  });

  it('refuses replies to another channel and rejects those that a stop catches', async () => {
    const demo = openDemo();
    await demo.pull();
    const reply = { id: 'x', conversationExternalId: 'demo:R9:0', text: 'hi' } as Parameters<Connector['send']>[0];
    expect(await demo.connector().send(reply, signal)).toEqual({ kind: 'refused', reason: 'This conversation is of another channel.' });
    const stop = new AbortController();
    demo.connector().live(() => {}, stop.signal);
    const sent = demo.connector().send({ ...reply, conversationExternalId: 'demo:R1:0' }, signal);
    const told = sent.catch((error: unknown) => String(error));
    await Promise.resolve();
    stop.abort();
    expect(await told).toContain('The live customers were stopped.');
    expect(await lookUp(demo, 'x')).toBe(null);
  });

  it('lets the customers sleep while nothing runs', async () => {
    const demo = openDemo({ customerCount: 1 });
    demo.clock.now += 10_000;
    await demo.pull();
    const before = ids(demo).length;
    demo.restart();
    demo.clock.now += 10 * 3_600_000;
    await demo.pull();
    expect(ids(demo).length - before).toBe(0);
    // and the same when the computer slept with the app open
    demo.clock.now += 10 * 3_600_000;
    await demo.pull();
    expect(ids(demo).length - before).toBe(0);
    demo.clock.now += 250_000;
    await demo.pull();
    expect(ids(demo).length - before).toBeGreaterThan(0);
    expect(demo.stored.messages.at(-1)!.sentAt).toBeGreaterThan(STARTED_AT + 20 * 3_600_000);
  });

  it('tells the same whenever it is asked', async () => {
    const told = async (stepMs: number) => {
      const demo = openDemo();
      for (let ms = 0; ms < 240_000; ms += stepMs) {
        demo.clock.now += stepMs;
        await demo.pull();
        if (demo.clock.now === STARTED_AT + 60_000) await sendAndStore(demo, 'a', 0, GOOD);
        if (demo.clock.now === STARTED_AT + 120_000) await sendAndStore(demo, 'b', 1, '您好，在的');
      }
      return demo.stored.messages;
    };
    const often = await told(500);
    expect(await told(60_000)).toEqual(often);
    expect(often.length).toBeGreaterThan(12);
  });

  it('loses and doubles nothing over restarts and batches that were never stored', async () => {
    const step = fc.record({ ms: fc.integer({ min: 100, max: 30_000 }), what: fc.constantFrom('pull', 'lose', 'restart', 'send'), to: fc.nat({ max: 5 }), text: fc.constantFrom(GOOD, '您好', '抱歉', '我不知道') });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const demo = openDemo();
        await demo.pull();
        const sent: string[] = [];
        for (const [place, { ms, what, to, text }] of steps.entries()) {
          demo.clock.now += ms;
          if (what === 'send') {
            await sendAndStore(demo, `s${place}`, to, text);
            sent.push(`s${place}`);
          } else if (what === 'restart') demo.restart();
          else await demo.pull(what === 'lose');
        }
        await demo.pull();
        const seen = ids(demo);
        expect(new Set(seen).size).toBe(seen.length);
        for (const index of new Set(seen.map((id) => id.split(':')[1]))) {
          const own = seen.filter((id) => id.startsWith(`R1:${index}:`));
          expect(own).toEqual(own.map((_, number) => `R1:${index}:${number}`));
        }
        const times = demo.stored.messages.map(({ sentAt }) => sentAt);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const id of sent) expect(await lookUp(demo, id)).toBe(`reply:${id}`);
      }),
      { numRuns: 40 },
    );
  });
});

describe('live customers in the store', () => {
  beforeEach(() => void vi.useFakeTimers({ now: STARTED_AT }));
  afterEach(() => void vi.useRealTimers());

  function startSync({ db, ctx }: TestStore) {
    const received: Message[] = [];
    const outbox: OutboxEntry[] = [];
    const sync = createSyncService({
      db, clock: { nowMs: () => Date.now() }, context: () => ({ ...ctx, nowMs: Date.now() }), repId: () => null, chooseReplay: () => [], loadReplay: () => Promise.resolve([]), loadCustomers: () => Promise.resolve(corpus),
      onReceived: (message) => received.push(message), onOutbox: (entry) => outbox.push(entry), onConversation: () => {}, onSkipped: () => {}, onChannel: () => {}, onError: (error) => expect(error).toBe(null),
    } as Parameters<typeof createSyncService>[0]);
    onTestFinished(() => sync.close());
    return { sync, received, outbox };
  }

  it('write in, take a reply through the outbox, go on after a restart, and stop', async () => {
    const store = openTestStore();
    const first = startSync(store);
    const channel = await first.sync.startDemo({ pace: 'busy', customerCount: 3, language: 'zh' });
    expect([channel.kind, channel.state, channel.demo]).toEqual(['demo', 'running', { pace: 'busy', customerCount: 3, endedCount: 0 }]);
    await vi.advanceTimersByTimeAsync(15_000);
    const { conversationId } = first.received[0]!;
    insertReply(store.db, { id: 'O1' as OutboxId, conversationId, text: '您好，我马上帮您处理', suggestionIds: [] } as Parameters<typeof insertReply>[1], Date.now());
    first.sync.replyQueued();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(first.outbox.at(-1)).toMatchObject({ id: 'O1', state: 'sent' });
    const texts = store.db.prepare("SELECT role FROM messages WHERE conversation_id = ? ORDER BY seq").pluck().all(conversationId);
    expect(texts).toEqual(expect.arrayContaining(['customer', 'rep']));
    expect(texts.at(-1)).toBe('customer');
    await first.sync.close();
    const second = startSync(store);
    await second.sync.resume();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(second.received.length).toBeGreaterThan(0);
    const all = store.db.prepare('SELECT conversation_id || external_id FROM messages').pluck().all();
    expect(new Set(all).size).toBe(all.length);
    expect((await second.sync.stop(channel.id)).state).toBe('stopped');
    const count = second.received.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(second.received.length).toBe(count);
  });
});
