import type { PracticeState, ReactionReason, Scenario, Slot } from './practice.types.ts';
import type { ReplySigns } from './read-reply.ts';

/** What one reply means to this customer. */
export type Judgement = {
  reasons: ReactionReason[];
  /** −1, 0 or 1 before the limits of the scale. */
  emotionStep: number;
  /** Hidden facts asked for now, in the order of the scenario. */
  newSlots: Slot[];
  askedAgain: Slot | null;
  askedOnCard: Slot | null;
  askedUnknown: Slot | null;
  isSatisfied: boolean;
  /** A satisfying outcome came before the facts it needs were asked for. */
  isPremature: boolean;
  isHostile: boolean;
  isBlaming: boolean;
  isRefused: boolean;
  isSame: boolean;
  isEmptyApology: boolean;
  next: Pick<PracticeState, 'offered' | 'heard' | 'hasDeadline' | 'revealed' | 'emptyApologyCount' | 'replyHashes'>;
};

/** Points of trust; the scale is 0–100 and an acceptable outcome needs 60. */
const TRUST = {
  'names-feeling': 6, 'gives-deadline': 8, 'gives-choice': 6, 'offers-outcome': 22, 'offers-action': 4, 'asks-needed': 5, 'asks-on-card': -5, 'asks-again': -10,
  'empty-apology': -4, 'third-apology': -10, 'banned-words': -20, blames: -15, refuses: -12, 'same-reply': -12, 'greeting-only': -2, waited: -8, 'answers-nothing': -3, 'too-many-turns': 0,
} as const;
/** What makes a customer angrier, and what calms (domain: practice). */
const RAISING = new Set<ReactionReason['kind']>(['asks-again', 'third-apology', 'banned-words', 'blames', 'refuses', 'same-reply', 'waited']);
const EMPTY_APOLOGY_LIMIT = 3;
const REMEMBERED_REPLIES = 6;
/** A shorter reply (好的, ok) says the same twice without being the same macro. */
const SAME_REPLY_UNITS = 8;
const GREETING_UNITS = 60;

export function reason(kind: ReactionReason['kind'], quote: string | null): ReactionReason {
  return { kind, trust: TRUST[kind], quote };
}

/** Weighs a reply against the scenario and what the customer remembers; pure. */
export function judgeReply(scenario: Scenario, state: PracticeState, signs: ReplySigns): Judgement {
  const asked = askedSlots(scenario, state, signs);
  const heard = heardOutcomes(scenario, state, signs);
  const refusedActions = new Set(signs.refuses.map(({ action }) => action));
  const offered = [...new Set([...state.offered.filter((action) => !refusedActions.has(action)), ...signs.offers.map(({ action }) => action)])];
  const hasDeadline = state.hasDeadline || signs.deadline !== null;
  const revealed = [...state.revealed, ...asked.newSlots];
  const met = scenario.outcomes.filter((one) => (one.action === undefined || offered.includes(one.action)) && (one.words === undefined || heard.includes(one.id)) && (one.deadline !== true || hasDeadline));
  // what is asked for in the very reply that answers comes too late
  const isSatisfied = met.some(({ needs = [] }) => needs.every((slot) => state.revealed.includes(slot)));
  const wanted = scenario.outcomes.flatMap(({ action }) => action ?? []);
  const isRefused = !isSatisfied && signs.refuses.some(({ action }) => wanted.includes(action) && !offered.includes(action));
  const isSame = signs.text.length >= SAME_REPLY_UNITS && state.replyHashes.includes(signs.hash);
  const doesNothing = signs.offers.length === 0 && signs.deadline === null && signs.asks.length === 0 && !isSatisfied;
  const isEmptyApology = signs.apology !== null && doesNothing && heard.length === state.heard.length;
  const emptyApologyCount = state.emptyApologyCount + (isEmptyApology ? 1 : 0);
  const facts = { asked, isSatisfied, wasSatisfied: wasSatisfied(scenario, state), isRefused, isSame, isEmptyApology, emptyApologyCount, doesNothing };
  const reasons = reasonsOf(signs, facts);
  return {
    reasons, emotionStep: stepOf(reasons), ...asked, isSatisfied, isPremature: !isSatisfied && met.length > 0,
    isHostile: signs.banned !== null || signs.blame !== null, isBlaming: signs.blame !== null, isRefused, isSame, isEmptyApology,
    next: { offered, heard, hasDeadline, revealed, emptyApologyCount, replyHashes: [...state.replyHashes, signs.hash].slice(-REMEMBERED_REPLIES) },
  };
}

type Asked = Pick<Judgement, 'newSlots' | 'askedAgain' | 'askedOnCard' | 'askedUnknown'>;

function askedSlots(scenario: Scenario, state: PracticeState, { asks }: ReplySigns): Asked {
  const slots = asks.map(({ slot }) => slot);
  const known = Object.keys(scenario.facts) as Slot[];
  return {
    newSlots: known.filter((slot) => slots.includes(slot) && !state.revealed.includes(slot)),
    askedAgain: slots.find((slot) => state.revealed.includes(slot)) ?? null,
    askedOnCard: slots.find((slot) => scenario.card.includes(slot)) ?? null,
    askedUnknown: slots.find((slot) => !known.includes(slot) && !scenario.card.includes(slot)) ?? null,
  };
}

function heardOutcomes(scenario: Scenario, state: PracticeState, signs: ReplySigns): string[] {
  const now = scenario.outcomes.filter(({ id, words }) => !state.heard.includes(id) && words?.some((word) => signs.text.includes(word.toLowerCase())) === true);
  return [...state.heard, ...now.map(({ id }) => id)];
}

function wasSatisfied(scenario: Scenario, state: PracticeState): boolean {
  return scenario.outcomes.some(({ id, action, words, deadline, needs = [] }) =>
    (action === undefined || state.offered.includes(action)) && (words === undefined || state.heard.includes(id)) && (deadline !== true || state.hasDeadline) && needs.every((slot) => state.revealed.includes(slot)));
}

type Facts = { asked: Asked; isSatisfied: boolean; wasSatisfied: boolean; isRefused: boolean; isSame: boolean; isEmptyApology: boolean; emptyApologyCount: number; doesNothing: boolean };

type Row = [holds: boolean, kind: ReactionReason['kind'], quote: string | null];

function reasonsOf(signs: ReplySigns, facts: Facts): ReactionReason[] {
  const quoteOf = (slot: Slot | null | undefined) => signs.asks.find((ask) => ask.slot === slot)?.quote ?? null;
  const isGreetingOnly = signs.isGreeting && facts.doesNothing && !signs.isHold && signs.text.length < GREETING_UNITS;
  const rows: Row[] = [...rowsAgainst(signs, facts, quoteOf), ...rowsFor(signs, facts, quoteOf), [isGreetingOnly, 'greeting-only', null]];
  const reasons = rows.filter(([holds]) => holds).map(([, kind, quote]) => reason(kind, quote));
  return reasons.length === 0 && !signs.isHold && facts.doesNothing ? [reason('answers-nothing', null)] : reasons;
}

type QuoteOf = (slot: Slot | null | undefined) => string | null;

function rowsAgainst(signs: ReplySigns, { asked, isRefused, isSame, isEmptyApology, emptyApologyCount }: Facts, quoteOf: QuoteOf): Row[] {
  return [
    [signs.banned !== null, 'banned-words', signs.banned],
    [signs.blame !== null, 'blames', signs.blame],
    [isRefused, 'refuses', signs.refuses[0]?.quote ?? null],
    [isSame, 'same-reply', null],
    [asked.askedAgain !== null, 'asks-again', quoteOf(asked.askedAgain)],
    [asked.askedOnCard !== null && asked.askedAgain === null, 'asks-on-card', quoteOf(asked.askedOnCard)],
    [isEmptyApology, emptyApologyCount < EMPTY_APOLOGY_LIMIT ? 'empty-apology' : 'third-apology', signs.apology],
  ];
}

function rowsFor(signs: ReplySigns, { asked, isSatisfied, wasSatisfied: wasBefore, isSame }: Facts, quoteOf: QuoteOf): Row[] {
  const offer = signs.offers[0]?.quote ?? null;
  return [
    [isSatisfied && !wasBefore, 'offers-outcome', offer],
    [signs.feeling !== null && !isSame, 'names-feeling', signs.feeling],
    [signs.deadline !== null && !isSame, 'gives-deadline', signs.deadline],
    [signs.choice !== null && offer !== null, 'gives-choice', signs.choice],
    [offer !== null && !isSatisfied, 'offers-action', offer],
    [asked.newSlots.length > 0, 'asks-needed', quoteOf(asked.newSlots[0])],
  ];
}

function stepOf(reasons: readonly ReactionReason[]): number {
  const kinds = new Set(reasons.map(({ kind }) => kind));
  if ([...kinds].some((kind) => RAISING.has(kind))) return 1;
  const acts = kinds.has('gives-deadline') || kinds.has('offers-action') || kinds.has('offers-outcome');
  const calms = kinds.has('offers-outcome') || (kinds.has('names-feeling') && acts) || (kinds.has('gives-deadline') && kinds.has('gives-choice'));
  return calms ? -1 : 0;
}
