import type { Clock } from '../platform/clock.ts';
import type { Connector, IncomingMessage, PulledBatch } from './connector.ts';

/** One message of the script and when it is due, in ms after the first one at speed 1. */
export type ReplayStep = { offsetMs: number; message: Omit<IncomingMessage, 'sentAt'> };

export type ReplayPlan = {
  steps: readonly ReplayStep[];
  /** 1 keeps the original gaps, 10 is ten times faster, 0 plays everything at once. */
  speed: number;
  startedAt: number;
};

const MAX_TIMER_MS = 60_000;

/**
 * Plays stored conversations as if they came in live. The cursor is the number of steps played, so a replay that was cut
 * short goes on where it stopped; replies are accepted and kept, nobody is told.
 */
export function createReplayConnector(plan: ReplayPlan, clock: Clock): Connector {
  const dueAt = (step: ReplayStep) => (plan.speed === 0 ? plan.startedAt : plan.startedAt + step.offsetMs / plan.speed);
  const played = (cursor: string | null) => Math.min(Number(cursor ?? '0'), plan.steps.length);
  let next = 0;
  return {
    pull(cursor): Promise<PulledBatch> {
      const from = played(cursor);
      const now = clock.nowMs();
      let to = from;
      while (to < plan.steps.length && dueAt(plan.steps[to]!) <= now) to++;
      next = to;
      const messages = plan.steps.slice(from, to).map((step) => ({ ...step.message, sentAt: Math.round(dueAt(step)) }));
      return Promise.resolve({ messages, cursor: String(to), hasMore: false });
    },
    live(onHint, signal) {
      const wait = () => {
        const step = plan.steps[next];
        if (step === undefined || signal.aborted) return;
        const timer = setTimeout(() => {
          if (signal.aborted) return;
          if (dueAt(step) <= clock.nowMs()) onHint();
          wait();
        }, Math.min(Math.max(dueAt(step) - clock.nowMs(), 5), MAX_TIMER_MS));
        signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      };
      wait();
    },
    send: (reply) => Promise.resolve({ kind: 'sent', externalId: `reply:${reply.id}` }),
    findSent: () => Promise.resolve(null),
    holdsCustomer: (customerExternalId) => plan.steps.some(({ message }) => message.customerExternalId === customerExternalId),
    progress: (cursor) => ({ playedCount: played(cursor), totalCount: plan.steps.length }),
  };
}

/** A stored conversation, oldest message first. */
export type StoredConversation = { externalId: string; customerExternalId: string; customerName: string; messages: readonly (Pick<IncomingMessage, 'role' | 'text' | 'sentAt'> & { attachments?: IncomingMessage['attachments'] | undefined })[] };

/** A gap longer than this (a customer who came back the next day) is shortened to it. */
const MAX_GAP_MS = 10 * 60_000;
/** Conversations of one replay start this far apart, so that the queue fills the way a busy hour fills it. */
const STAGGER_MS = 20_000;

/**
 * The script of a replay: what the customers (and bots) wrote, in the original order and gaps. The stored rep's replies are
 * left out, because the rep at the Desk writes them now. `run` keeps two replays of one conversation apart.
 */
export function replaySteps(conversations: readonly StoredConversation[], run: string): ReplayStep[] {
  const steps = conversations.flatMap((conversation, place) => stepsOf(conversation, place * STAGGER_MS, run));
  return steps.toSorted((a, b) => a.offsetMs - b.offsetMs);
}

function stepsOf(conversation: StoredConversation, startMs: number, run: string): ReplayStep[] {
  let offsetMs = startMs;
  let previousAt = conversation.messages[0]?.sentAt ?? 0;
  const steps: ReplayStep[] = [];
  for (const [ord, message] of conversation.messages.entries()) {
    offsetMs += Math.min(Math.max(message.sentAt - previousAt, 0), MAX_GAP_MS);
    previousAt = message.sentAt;
    if (message.role === 'rep') continue;
    steps.push({
      offsetMs,
      message: {
        conversationExternalId: `${run}:${conversation.externalId}`,
        customerExternalId: conversation.customerExternalId,
        customerName: conversation.customerName,
        externalId: `${run}:${ord}`,
        role: message.role,
        text: message.text,
        ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
      },
    });
  }
  return steps;
}
