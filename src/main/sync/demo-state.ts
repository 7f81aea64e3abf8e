import { z } from 'zod';
import { practiceStateSchema, type CustomerCorpus, type PracticeState, type Reaction, type Scenario } from '../practice/practice.types.ts';
import { openCustomer, reactToReply, reactToWait } from '../practice/live-customer.ts';
import type { IncomingMessage } from './connector.ts';
import { patienceMs, readingMs, typingMs, type Arrival } from './demo-schedule.ts';

const customerSchema = z.object({
  index: z.int().nonnegative(),
  practice: practiceStateSchema,
  /** Messages written so far; the next one's number. */
  writtenCount: z.int().nonnegative(),
  /** When the last one was sent. */
  typedMs: z.number(),
  /** Messages being typed, in order, each with its time. */
  typing: z.array(z.object({ text: z.string(), dueMs: z.number() })),
  /** Replies that came and are being read; `reactMs` null while there are none. */
  unread: z.array(z.string()),
  reactMs: z.number().nullable(),
  /** When patience ends; null while nothing is waited for. */
  patienceEndsMs: z.number().nullable(),
  isWaiting: z.boolean(),
});
type LiveOne = z.infer<typeof customerSchema>;

/** The cursor of the demo channel: everything the customers know. Times are ms of running time since the start. */
export const demoStateSchema = z.object({
  version: z.literal(1),
  /** Wall time that passed while nothing ran; the customers slept through it. */
  pausedMs: z.number(),
  /** Running time up to which everything happened. */
  doneMs: z.number(),
  arrivedCount: z.int().nonnegative(),
  endedCount: z.int().nonnegative(),
  customers: z.array(customerSchema),
  /** Our ids of the last replies that arrived, oldest first. */
  replyIds: z.array(z.string()),
});
export type DemoState = z.infer<typeof demoStateSchema>;
export type DemoReply = { id: string; customerIndex: number; text: string; atMs: number };
export type DemoWorld = { arrivals: readonly Arrival[]; corpus: CustomerCorpus; run: string };
/** A message the customers wrote, at running time `atMs`. */
export type DemoMessage = Omit<IncomingMessage, 'sentAt'> & { atMs: number };

/** A reply whose fate is unknown is looked up within seconds; this many are remembered. */
const REMEMBERED_REPLIES = 200;
/** A guard against a corpus that would talk for ever within one pull. */
const MAX_EVENTS = 20_000;

export function emptyDemoState(): DemoState {
  return { version: 1, pausedMs: 0, doneMs: 0, arrivedCount: 0, endedCount: 0, customers: [], replyIds: [] };
}

export function conversationIdOf(run: string, customerIndex: number): string {
  return `demo:${run}:${customerIndex}`;
}

type DemoEvent = { atMs: number; happen: () => void };

/**
 * Lets everything happen up to `untilMs`, in order of time; the same state, replies and time give the same messages
 * however often it is called in between. Answers a new state.
 */
export function advanceDemo(world: DemoWorld, before: DemoState, replies: readonly DemoReply[], untilMs: number): { state: DemoState; messages: DemoMessage[] } {
  const state = structuredClone(before);
  const waiting = replies.filter(({ id }) => !state.replyIds.includes(id));
  const messages: DemoMessage[] = [];
  for (let count = 0; count < MAX_EVENTS; count++) {
    const event = nextEvent(world, state, waiting, messages);
    if (event === undefined || event.atMs > untilMs) break;
    event.happen();
    state.doneMs = Math.max(state.doneMs, event.atMs);
  }
  return { state, messages };
}

/** Running time of the next thing that will happen by itself, or null when nothing will. */
export function nextDemoMs(world: DemoWorld, state: DemoState): number | null {
  return nextEvent(world, state, [], [])?.atMs ?? null;
}

function nextEvent(world: DemoWorld, state: DemoState, replies: DemoReply[], messages: DemoMessage[]): DemoEvent | undefined {
  const events = [...replyEvents(world, state, replies), ...arrivalEvents(world, state), ...state.customers.flatMap((one) => customerEvents(world, state, one, messages))];
  // of two at the same time the first of the list: replies, arrivals, then customers in the order they came
  return events.reduce<DemoEvent | undefined>((first, event) => (first === undefined || event.atMs < first.atMs ? event : first), undefined);
}

function replyEvents(world: DemoWorld, state: DemoState, replies: DemoReply[]): DemoEvent[] {
  const [first] = replies;
  if (first === undefined) return [];
  const happen = () => {
    replies.shift();
    state.replyIds = [...state.replyIds, first.id].slice(-REMEMBERED_REPLIES);
    const customer = state.customers.find(({ index }) => index === first.customerIndex);
    if (customer === undefined) return;
    const scenario = scenarioOf(world, customer.practice);
    if (scenario === undefined) return;
    customer.unread.push(first.text);
    customer.reactMs = Math.max(first.atMs, state.doneMs) + readingMs(scenario, first.text);
    customer.patienceEndsMs = null;
  };
  return [{ atMs: Math.max(first.atMs, state.doneMs), happen }];
}

function arrivalEvents(world: DemoWorld, state: DemoState): DemoEvent[] {
  const arrival = world.arrivals[state.arrivedCount];
  if (arrival === undefined) return [];
  const happen = () => {
    state.arrivedCount += 1;
    const scenario = world.corpus.scenarios.find(({ id }) => id === arrival.scenarioId);
    // a scenario that a newer corpus no longer holds: its customer does not come
    if (scenario === undefined) return void (state.endedCount += 1);
    const { state: practice, lines } = openCustomer(scenario, arrival.seed);
    const customer: LiveOne = { index: arrival.index, practice, writtenCount: 0, typedMs: 0, typing: [], unread: [], reactMs: null, patienceEndsMs: null, isWaiting: false };
    state.customers.push(customer);
    write(customer, scenario, lines, arrival.offsetMs, true);
  };
  return [{ atMs: Math.max(arrival.offsetMs, state.doneMs), happen }];
}

function customerEvents(world: DemoWorld, state: DemoState, customer: LiveOne, messages: DemoMessage[]): DemoEvent[] {
  const scenario = scenarioOf(world, customer.practice);
  if (scenario === undefined) return [{ atMs: state.doneMs, happen: () => leave(state, customer) }];
  const [typed] = customer.typing;
  if (typed !== undefined) return [{ atMs: typed.dueMs, happen: () => messages.push(tell(world, state, customer, scenario)) }];
  const bank = world.corpus.banks[scenario.language];
  if (customer.reactMs !== null) {
    // what was being typed when the reply came is finished first
    const at = Math.max(customer.reactMs, customer.typedMs);
    return [{ atMs: at, happen: () => act(state, customer, scenario, reactToReply(scenario, bank, customer.practice, customer.unread.join('\n')), at) }];
  }
  const ends = customer.patienceEndsMs;
  return ends === null ? [] : [{ atMs: ends, happen: () => act(state, customer, scenario, reactToWait(scenario, bank, customer.practice), ends) }];
}

/** The message that was being typed is sent. */
function tell(world: DemoWorld, state: DemoState, customer: LiveOne, scenario: Scenario): DemoMessage {
  const typed = customer.typing.shift();
  const number = customer.writtenCount++;
  const atMs = typed?.dueMs ?? state.doneMs;
  customer.typedMs = atMs;
  if (customer.typing.length === 0) {
    if (customer.practice.end !== null) leave(state, customer);
    else if (customer.reactMs === null) customer.patienceEndsMs = atMs + patienceMs(scenario, customer.practice.waitCount, customer.isWaiting);
  }
  return {
    conversationExternalId: conversationIdOf(world.run, customer.index), customerExternalId: scenario.persona.customer, customerName: scenario.persona.name,
    externalId: `${world.run}:${customer.index}:${number}`, role: 'customer', text: typed?.text ?? '', atMs,
  };
}

function act(state: DemoState, customer: LiveOne, scenario: Scenario, reaction: Reaction, atMs: number): void {
  customer.practice = reaction.state;
  customer.unread = [];
  customer.reactMs = null;
  customer.isWaiting = reaction.isWaiting;
  customer.patienceEndsMs = reaction.state.end === null ? atMs + patienceMs(scenario, reaction.state.waitCount, reaction.isWaiting) : null;
  write(customer, scenario, reaction.lines, atMs, false);
  if (reaction.lines.length === 0 && reaction.state.end !== null) leave(state, customer);
}

/** The first message of a customer who comes is already typed; every other takes its time. */
function write(customer: LiveOne, scenario: Scenario, lines: readonly string[], fromMs: number, isFirstTyped: boolean): void {
  let dueMs = Math.max(fromMs, customer.typing.at(-1)?.dueMs ?? fromMs);
  for (const [place, text] of lines.entries()) {
    if (place > 0 || !isFirstTyped) dueMs += typingMs(scenario, text, customer.practice.seed);
    customer.typing.push({ text, dueMs });
  }
  if (lines.length > 0) customer.patienceEndsMs = null;
}

function leave(state: DemoState, customer: LiveOne): void {
  state.customers = state.customers.filter((one) => one !== customer);
  state.endedCount += 1;
}

function scenarioOf({ corpus }: DemoWorld, { scenarioId }: PracticeState): Scenario | undefined {
  return corpus.scenarios.find(({ id }) => id === scenarioId);
}
