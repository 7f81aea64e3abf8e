import { judgeReply, reason, type Judgement } from './judge-reply.ts';
import { EMOTIONS, type PracticeState, type Reaction, type ReactionReason, type ReplyBank, type Scenario, type Situation, type Slot, type Wordings } from './practice.types.ts';
import { readReply, type ReplySigns } from './read-reply.ts';
import { hashText, seededRatio } from './seeded.ts';

const ACCEPT_TRUST = 60;
const LEAVING = 4;
const FACTS_PER_TURN = 2;
const REMEMBERED_WORDINGS = 40;

/** A customer who has just written; `lines` are their first messages. */
export function openCustomer(scenario: Scenario, seed: number): { state: PracticeState; lines: string[] } {
  const place = Math.floor(seededRatio(seed, 'opening') * scenario.openings.length);
  const { emotion, trust } = scenario.persona;
  return {
    lines: [...(scenario.openings[place] ?? [])],
    state: {
      scenarioId: scenario.id, seed, emotion, trust, revealed: [], offered: [], heard: [], hasDeadline: false, turnCount: 0, emptyApologyCount: 0, waitCount: 0,
      replyHashes: [], saidHashes: [], end: null,
    },
  };
}

/**
 * What the customer does about a reply: same scenario, state and text, same reaction. Emotion moves one step at most; a
 * customer whose conversation has ended says nothing more.
 */
export function reactToReply(scenario: Scenario, bank: ReplyBank, state: PracticeState, reply: string): Reaction {
  if (state.end !== null) return silent(state);
  const signs = readReply(reply);
  const judged = judgeReply(scenario, state, signs);
  const moved = move(state, judged.emotionStep, judged.reasons);
  const next: PracticeState = { ...moved, ...judged.next, turnCount: state.turnCount + 1, waitCount: 0 };
  const draft = draftOf(scenario, state, next, judged, signs);
  return speak(scenario, bank, state, draft, judged.reasons);
}

/** The customer has waited for an answer for their patience; every time makes them angrier. */
export function reactToWait(scenario: Scenario, bank: ReplyBank, state: PracticeState): Reaction {
  if (state.end !== null) return silent(state);
  const why = [reason('waited', null)];
  const next = { ...move(state, 1, why), waitCount: state.waitCount + 1 };
  if (next.emotion === LEAVING) return speak(scenario, bank, state, { state: { ...next, end: 'left' }, situations: ['leave'], facts: [], extra: [], isWaiting: false }, why);
  const situations: Situation[] = crossedInto(3, state, next) ? ['threaten'] : ['wait'];
  return speak(scenario, bank, state, { state: next, situations, facts: [], extra: [], isWaiting: false }, why);
}

function silent(state: PracticeState): Reaction {
  return { state, lines: [], emotionStep: 0, why: [], situation: 'silent', isWaiting: false };
}

function move(state: PracticeState, step: number, reasons: readonly ReactionReason[]): PracticeState {
  const trust = reasons.reduce((sum, { trust: points }) => sum + points, state.trust);
  return { ...state, emotion: Math.min(Math.max(state.emotion + step, 0), LEAVING), trust: Math.min(Math.max(trust, 0), 100) };
}

function crossedInto(emotion: number, before: PracticeState, after: PracticeState): boolean {
  return before.emotion < emotion && after.emotion >= emotion;
}

/** What will be said, before words are chosen. */
type Draft = { state: PracticeState; situations: Situation[]; facts: Slot[]; extra: readonly string[]; isWaiting: boolean };

function draftOf(scenario: Scenario, before: PracticeState, next: PracticeState, judged: Judgement, signs: ReplySigns): Draft {
  const facts = judged.newSlots.slice(0, FACTS_PER_TURN);
  const none = { facts: [], extra: [], isWaiting: false };
  if (next.emotion === LEAVING) return { ...none, state: { ...next, end: 'left' }, situations: ['leave'] };
  const isAccepted = judged.isSatisfied && next.trust >= ACCEPT_TRUST && !judged.isHostile && judged.emotionStep < 1;
  if (isAccepted) return { ...none, facts, state: { ...next, end: 'accepted' }, situations: ['accept'] };
  if (next.turnCount >= scenario.maxTurns) return { ...none, state: { ...next, end: 'gave-up' }, situations: ['give_up'] };
  // facts beyond the two of a turn are still hidden: they were not told
  const state = { ...next, revealed: [...before.revealed, ...facts] };
  const situations = situationsOf(before, next, judged, signs, facts);
  const extra = scenario.twists.find(({ after }) => after === next.turnCount)?.lines ?? [];
  const isWaiting = situations.some((situation) => situation === 'deadline' || situation === 'hold');
  return { state, situations, facts, extra, isWaiting };
}

function situationsOf(before: PracticeState, next: PracticeState, judged: Judgement, signs: ReplySigns, facts: readonly Slot[]): Situation[] {
  if (crossedInto(3, before, next)) return ['threaten'];
  const upset = upsetSituation(judged);
  if (upset !== null) return [upset];
  if (facts.length > 0) return judged.askedOnCard === null ? [] : ['on_card'];
  if (judged.askedOnCard !== null) return ['on_card'];
  if (judged.isPremature) return ['premature'];
  if (judged.isSatisfied) return ['doubt'];
  return [plainSituation(before, judged, signs)];
}

function upsetSituation(judged: Judgement): Situation | null {
  if (judged.isHostile) return judged.isBlaming ? 'blamed' : 'insulted';
  if (judged.isRefused) return 'refused';
  if (judged.isSame) return 'same_reply';
  return judged.askedAgain === null ? null : 'asked_again';
}

function plainSituation(before: PracticeState, judged: Judgement, signs: ReplySigns): Situation {
  if (judged.askedUnknown !== null) return 'no_fact';
  if (signs.deadline !== null) return 'deadline';
  if (signs.offers.length > 0) return 'action';
  if (signs.isHold) return 'hold';
  if (judged.isEmptyApology) return 'empty_apology';
  if (signs.isClosing) return 'unsolved';
  if (judged.reasons.some(({ kind }) => kind === 'greeting-only')) return before.turnCount === 0 ? 'greeted' : 'stalling';
  return judged.emotionStep < 0 ? 'calmed' : 'unmoved';
}

/** Turns a draft into words and remembers which were used. */
function speak(scenario: Scenario, bank: ReplyBank, before: PracticeState, draft: Draft, why: ReactionReason[]): Reaction {
  const said = new Set(before.saidHashes);
  const choose = (label: string, own: readonly string[], shared: readonly string[]): string[] => {
    const line = pick(own, shared, said, seededRatio(before.seed, `${label} ${draft.state.turnCount} ${draft.state.waitCount}`));
    if (line !== undefined) said.add(hashText(line));
    return line === undefined ? [] : [line];
  };
  const { emotion } = draft.state;
  const moods = draft.situations.flatMap((situation) => choose(situation, nearestWordings(scenario.lines[situation] ?? {}, emotion), nearestWordings(bank.situations[situation], emotion)));
  const facts = draft.facts.flatMap((slot) => choose(slot, scenario.facts[slot] ?? [], []));
  const lines = draft.state.end === 'accepted' ? [...facts, ...moods] : [...moods, ...facts];
  return {
    state: { ...draft.state, saidHashes: [...said].slice(-REMEMBERED_WORDINGS) },
    lines: [...lines, ...draft.extra],
    emotionStep: emotion - before.emotion,
    why,
    situation: draft.situations[0] ?? (draft.facts.length > 0 ? 'facts' : 'silent'),
    isWaiting: draft.isWaiting,
  };
}

/** Of the emotion itself, else of the nearest lower, else of the nearest higher one. */
export function nearestWordings(wordings: Wordings, emotion: number): readonly string[] {
  const lower = EMOTIONS.slice(0, emotion + 1).toReversed();
  const name = [...lower, ...EMOTIONS.slice(emotion + 1)].find((one) => (wordings[one]?.length ?? 0) > 0);
  return name === undefined ? [] : (wordings[name] ?? []);
}

/** The scenario's own words while there are unused ones, then the shared ones, then any again. `ratio` is 0–1. */
function pick(own: readonly string[], shared: readonly string[], said: ReadonlySet<number>, ratio: number): string | undefined {
  const isFresh = (line: string) => !said.has(hashText(line));
  const from = [own.filter(isFresh), shared.filter(isFresh), [...own, ...shared]].find((lines) => lines.length > 0) ?? [];
  return from[Math.floor(ratio * from.length)];
}
