import type { CustomerCorpus } from '../practice/practice.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connector, OutgoingReply, PulledBatch, SendOutcome } from './connector.ts';
import { createDemoInbox, externalIdOf } from './demo-inbox.ts';
import { arrivalsOf, type DemoPlan } from './demo-schedule.ts';
import { advanceDemo, conversationIdOf, demoStateSchema, emptyDemoState, nextDemoMs, type DemoState, type DemoWorld } from './demo-state.ts';

/** The live side looks at least this often, so that a computer that slept is noticed. */
const MAX_TIMER_MS = 15_000;
const MIN_TIMER_MS = 20;
/** After a longer standstill than this the customers are taken to have slept as well: nobody is angry about a closed lid. */
const STANDSTILL_MS = 5 * 60_000;

/**
 * Live customers of the demo shop: they come by a seeded schedule, type, read what the rep sends and react. Everything
 * they know is in the cursor, which is stored with the messages that came of it; a reply counts as sent only once a
 * stored cursor holds it, so that a crash at any point loses and doubles nothing.
 */
export function createDemoConnector(plan: DemoPlan, corpus: CustomerCorpus, clock: Clock): Connector {
  const world: DemoWorld = { arrivals: arrivalsOf(plan, corpus), corpus, run: plan.run };
  const inbox = createDemoInbox();
  const told = createStory(plan, world, clock);
  let hint = () => {};
  let rearm = () => {};
  let firstPulled = () => {};
  const hasPulled = new Promise<void>((resolve) => (firstPulled = resolve));

  const pull = (cursor: string | null): PulledBatch => {
    inbox.settle(told.read(cursor));
    const batch = told.goOn(inbox.replies());
    firstPulled();
    rearm();
    // the pull after this one sees that the replies are stored and tells their senders
    return { ...batch, hasMore: inbox.replies().length > 0 };
  };
  return {
    pull: (cursor) => Promise.resolve().then(() => pull(cursor)),
    live(onHint, signal) {
      let timer: NodeJS.Timeout | undefined;
      hint = onHint;
      rearm = () => {
        clearTimeout(timer);
        if (signal.aborted) return;
        timer = setTimeout(() => {
          rearm();
          onHint();
        }, Math.min(Math.max(told.nextDelayMs(), MIN_TIMER_MS), MAX_TIMER_MS));
      };
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        inbox.failAll();
      }, { once: true });
      rearm();
      if (inbox.replies().length > 0) onHint();
    },
    async send(reply, signal): Promise<SendOutcome> {
      await hasPulled;
      if (told.isStored(reply.id)) return { kind: 'sent', externalId: externalIdOf(reply.id) };
      const customerIndex = customerIndexOf(plan.run, reply);
      if (customerIndex === null) return { kind: 'refused', reason: 'This conversation is of another channel.' };
      const sent = inbox.put({ id: reply.id, customerIndex, text: reply.text, atMs: told.runningMs() }, signal);
      hint();
      return sent;
    },
    async findSent(reply) {
      await hasPulled;
      return told.isStored(reply.id) ? externalIdOf(reply.id) : null;
    },
    holdsCustomer: (externalId) => world.arrivals.some(({ scenarioId }) => corpus.scenarios.find(({ id }) => id === scenarioId)?.persona.customer === externalId),
    progress: (cursor) => ({ playedCount: endedCountOf(cursor), totalCount: world.arrivals.length }),
  };
}

/** The run as the last pulls knew it. */
function createStory(plan: DemoPlan, world: DemoWorld, clock: Clock) {
  /** As the last pull was given it, so: stored. */
  let stored = emptyDemoState();
  /** As the last pull left it; stored or about to be. */
  let latest = stored;
  let lastPullAt: number | null = null;
  const runningMsOf = (state: DemoState) => clock.nowMs() - plan.startedAt - state.pausedMs;
  const isStored = (replyId: string) => stored.replyIds.includes(replyId);
  return {
    isStored,
    runningMs: () => runningMsOf(latest),
    nextDelayMs: () => (nextDemoMs(world, latest) ?? Number.POSITIVE_INFINITY) - runningMsOf(latest),
    /** Takes the stored state; answers whether a reply is in it. */
    read(cursor: string | null): (replyId: string) => boolean {
      stored = readCursor(cursor);
      return isStored;
    },
    /** What happened since the stored state. */
    goOn(replies: Parameters<typeof advanceDemo>[2]): Omit<PulledBatch, 'hasMore'> {
      const hasSlept = lastPullAt === null || clock.nowMs() - lastPullAt > STANDSTILL_MS;
      // a pause counted once stays counted, also when the pull that counted it could not be stored
      const awake = wake({ ...stored, pausedMs: Math.max(stored.pausedMs, latest.pausedMs) }, runningMsOf, hasSlept);
      lastPullAt = clock.nowMs();
      const untilMs = Math.max(runningMsOf(awake), awake.doneMs);
      const { state, messages } = advanceDemo(world, awake, replies.map((reply) => ({ ...reply, atMs: Math.min(reply.atMs, untilMs) })), untilMs);
      latest = state;
      return {
        messages: messages.map(({ atMs, ...message }) => ({ ...message, sentAt: plan.startedAt + state.pausedMs + atMs })),
        cursor: JSON.stringify(state),
      };
    },
  };
}

/** After a restart or a standstill the customers go on where they were. */
function wake(state: DemoState, runningMs: (state: DemoState) => number, hasSlept: boolean): DemoState {
  const sleptMs = runningMs(state) - state.doneMs;
  return hasSlept && state.arrivedCount > 0 && sleptMs > 0 ? { ...state, pausedMs: state.pausedMs + sleptMs } : state;
}

/** Customers of a run who said their last word. */
export function endedCountOf(cursor: string | null): number {
  return readCursor(cursor).endedCount;
}

function customerIndexOf(run: string, { conversationExternalId }: OutgoingReply): number | null {
  const index = Number(conversationExternalId.slice(conversationExternalId.lastIndexOf(':') + 1));
  return Number.isSafeInteger(index) && conversationIdOf(run, index) === conversationExternalId ? index : null;
}

/** A cursor of an unknown shape starts anew rather than stopping the channel: ids keep what is stored from doubling. */
function readCursor(cursor: string | null): DemoState {
  if (cursor === null) return emptyDemoState();
  try {
    const parsed = demoStateSchema.safeParse(JSON.parse(cursor));
    return parsed.success ? parsed.data : emptyDemoState();
  } catch {
    return emptyDemoState();
  }
}
