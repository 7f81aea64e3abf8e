import { probabilityOf, type RiskContribution, type RiskTurn } from './risk-turn.ts';
import type { PhraseGroup, PhraseHit } from './lexicon.ts';
import { hitOf, readTurn, tokenCosine, type TurnFeatures } from './turn-features.ts';

export interface EscalationContext {
  /** Epoch ms at which the risk is asked for; the time a customer has waited is measured to here. */
  now: number;
  /** Index of the last turn to look at; the last one when left out. */
  asOfTurn?: number;
  hasRecentComplaint?: boolean;
  hasOverduePromise?: boolean;
}

export interface EscalationScore {
  /** 0–1. */
  p: number;
  logit: number;
  /** Strongest first. */
  contributions: RiskContribution[];
}

const BASE_LOGIT = -3.6;
const WEIGHTS = {
  demand: 2.8, threat: 3.2, repeated: 1.2, polarity: 0.9, slope: 0.8, waitPerMinute: 0.5, apologies: 0.7, sameReply: 0.6,
  refund: 0.5, shouting: 0.3, complaint: 0.5, promise: 0.9, thanks: -1,
} as const;
const MAX_REPEATS = 2;
const MAX_WAIT_WEIGHT = 3;
const MINUTE_MS = 60_000;
/** A demand or threat is remembered for this many customer turns, unless thanks follow. */
const MEMORY_TURNS = 3;
const REPEAT_LOOK_BACK = 6;
const REPEAT_COSINE = 0.8;
const REP_LOOK_BACK = 6;
const SLOPE_TURNS = 5;
const FALLING_SLOPE = -0.15;
const LOOK_BACK_MESSAGES = 24;

const DEMAND: PhraseGroup[] = ['lead', 'complaint'];
const THREAT: PhraseGroup[] = ['regulator', 'exposure'];

/** A run of messages by the customer without a reply between. */
type CustomerTurn = TurnFeatures[];

function customerTurns(turns: readonly RiskTurn[]): CustomerTurn[] {
  const groups: CustomerTurn[] = [];
  let isOpen = false;
  for (const turn of turns) {
    if (turn.role === 'system') continue;
    if (turn.role === 'customer') {
      if (!isOpen) groups.push([]);
      groups.at(-1)?.push(readTurn(turn));
    }
    isOpen = turn.role === 'customer';
  }
  return groups;
}

function phraseContribution(feature: string, weight: number, { turn }: TurnFeatures, hit: PhraseHit): RiskContribution {
  return { feature, weight, turnId: turn.id, quote: hit.quote, values: { group: hit.group } };
}

function isThankful(features: TurnFeatures): boolean {
  return hitOf(features, ['thanks']) !== undefined && features.polarity >= 0 && !hitOf(features, [...DEMAND, ...THREAT, 'sarcasm', 'churn', 'review']);
}

// Asking for a person is settled by the answer that follows; asking for a superior or complaining is not.
const ASKS_FOR_PERSON = /人工|真人|活人|机器人|human|person|agent/iu;

/** The latest message within memory that holds one of the groups, unless thanks or the person asked for came after it. */
function remembered(groups: readonly CustomerTurn[], feature: string, weight: number, phrases: PhraseGroup[]): RiskContribution[] {
  const current = groups.at(-1) ?? [];
  const recent = groups.slice(-MEMORY_TURNS).flat().toReversed();
  for (const features of recent) {
    const hit = features.hits.find(({ group, quote }) => phrases.includes(group) && (current.includes(features) || !ASKS_FOR_PERSON.test(quote)));
    if (hit) return [phraseContribution(feature, weight, features, hit)];
    if (isThankful(features)) return [];
  }
  return [];
}

function repeatedQuestion(groups: readonly CustomerTurn[]): RiskContribution[] {
  const own = groups.flat();
  const currentSize = groups.at(-1)?.length ?? 0;
  let best: { features: TurnFeatures; earlier: TurnFeatures[] } | undefined;
  for (let index = own.length - currentSize; index < own.length; index += 1) {
    const features = own[index];
    // One bigram or word alone (好的, ok, 在吗) repeats without meaning anything.
    if (!features || features.tokenCounts.size < 2) continue;
    const earlier = own.slice(Math.max(0, index - REPEAT_LOOK_BACK), index).filter((other) => tokenCosine(features.tokenCounts, other.tokenCounts) >= REPEAT_COSINE);
    if (earlier.length > (best?.earlier.length ?? 0)) best = { features, earlier };
  }
  if (!best) return [];
  const count = Math.min(best.earlier.length, MAX_REPEATS);
  const values = { count: best.earlier.length, firstTurnId: best.earlier[0]?.turn.id ?? '' };
  return [{ feature: 'repeated_question', weight: count * WEIGHTS.repeated, turnId: best.features.turn.id, quote: best.features.turn.text, values }];
}

function lowestPolarity(group: CustomerTurn): TurnFeatures | undefined {
  return group.reduce<TurnFeatures | undefined>((lowest, features) => (lowest && lowest.polarity <= features.polarity ? lowest : features), undefined);
}

function mood(groups: readonly CustomerTurn[]): RiskContribution[] {
  const contributions: RiskContribution[] = [];
  const lowest = lowestPolarity(groups.at(-1) ?? []);
  if (!lowest || lowest.polarity >= 0) return contributions;
  const { turn, polarity } = lowest;
  contributions.push({ feature: 'negative_mood', weight: -polarity * WEIGHTS.polarity, turnId: turn.id, quote: turn.text, values: { polarity } });
  const slope = slopeOf(groups.slice(-SLOPE_TURNS).map((group) => lowestPolarity(group)?.polarity ?? 0));
  if (slope <= FALLING_SLOPE) contributions.push({ feature: 'falling_mood', weight: WEIGHTS.slope, turnId: turn.id, quote: turn.text, values: { slope } });
  return contributions;
}

/** Least-squares slope per step; 0 for fewer than three values. */
function slopeOf(values: readonly number[]): number {
  if (values.length < 3) return 0;
  const middle = (values.length - 1) / 2;
  const squares = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return values.reduce((sum, value, index) => sum + (index - middle) * value, 0) / squares;
}

function unansweredWait(turns: readonly RiskTurn[], groups: readonly CustomerTurn[], now: number): RiskContribution[] {
  const first = groups.at(-1)?.[0]?.turn;
  const lastSpoken = turns.findLast(({ role }) => role !== 'system');
  if (!first || lastSpoken?.role !== 'customer') return [];
  const waitMs = now - first.at;
  if (waitMs <= MINUTE_MS) return [];
  const weight = Math.min(MAX_WAIT_WEIGHT, (WEIGHTS.waitPerMinute * waitMs) / MINUTE_MS);
  return [{ feature: 'unanswered_wait', weight, turnId: first.id, quote: null, values: { waitMs } }];
}

// Something done, or when, or how much: an apology with one of these is no empty apology.
const NEWS = /\d|[一二两三四五六七八九十]+(?:天|小时|分钟|点|元|块)|今天|明天|后天|今晚|已经?(?:为您|帮您|给您)|帮您(?:催|查|申请|联系|补|退|换|登记)|\b(?:today|tomorrow|tonight|i've|i have|we've|refunded|resent|reshipped|within)\b/;

function replyLoops(turns: readonly RiskTurn[]): RiskContribution[] {
  const replies = turns.filter(({ role }) => role === 'rep' || role === 'bot').slice(-REP_LOOK_BACK).map(readTurn);
  const contributions: RiskContribution[] = [];
  const empty = replies.filter((features) => hitOf(features, ['apology']) && !NEWS.test(features.text));
  const last = empty.at(-1);
  if (last && empty.length >= 2) {
    contributions.push({ feature: 'apology_loop', weight: WEIGHTS.apologies, turnId: last.turn.id, quote: hitOf(last, ['apology'])?.quote ?? null, values: { count: empty.length } });
  }
  const repeated = replies.findLast((features, index) => features.tokenCounts.size >= 2 && replies.slice(0, index).some((other) => other.text === features.text));
  if (repeated) contributions.push({ feature: 'same_reply_twice', weight: WEIGHTS.sameReply, turnId: repeated.turn.id, quote: repeated.turn.text, values: {} });
  return contributions;
}

const PUNCTUATION_RUN = /(?:[!?！？][ ]*){3,}/u;
const CAPITAL_WORD = /\b[A-Z]{3,}\b/g;

function isShouting({ turn }: TurnFeatures): boolean {
  if (PUNCTUATION_RUN.test(turn.text)) return true;
  const capitals = turn.text.match(CAPITAL_WORD) ?? [];
  const words = turn.text.match(/[A-Za-z]{2,}/g) ?? [];
  return capitals.length >= 3 && capitals.length >= words.length / 2;
}

function shouting(group: CustomerTurn): RiskContribution[] {
  const loud = group.findLast(isShouting);
  const burst = group.filter(({ turn }) => Array.from(turn.text.trim()).length === 1);
  const features = loud ?? (burst.length >= 3 ? burst.at(-1) : undefined);
  if (!features) return [];
  return [{ feature: 'shouting', weight: WEIGHTS.shouting, turnId: features.turn.id, quote: features.turn.text, values: {} }];
}

function refundAndThanks(group: CustomerTurn): RiskContribution[] {
  const contributions: RiskContribution[] = [];
  const refund = group.findLast((features) => hitOf(features, ['refund']));
  const refundHit = refund && hitOf(refund, ['refund']);
  if (refund && refundHit) contributions.push(phraseContribution('refund_word', WEIGHTS.refund, refund, refundHit));
  const thankful = group.findLast(isThankful);
  const thanksHit = thankful && hitOf(thankful, ['thanks']);
  if (thankful && thanksHit) contributions.push(phraseContribution('thanks', WEIGHTS.thanks, thankful, thanksHit));
  return contributions;
}

function circumstances({ hasRecentComplaint, hasOverduePromise }: EscalationContext): RiskContribution[] {
  const contributions: RiskContribution[] = [];
  const none = { turnId: null, quote: null, values: {} };
  if (hasRecentComplaint) contributions.push({ feature: 'recent_complaint', weight: WEIGHTS.complaint, ...none });
  if (hasOverduePromise) contributions.push({ feature: 'overdue_promise', weight: WEIGHTS.promise, ...none });
  return contributions;
}

/**
 * Probability that the conversation escalates, before this shop has labels: p = σ(−3.6 + Σ weights), the cold-start rule
 * of the domain reference. The summands are the reasons. Looks at no more than the last 24 messages; under 1 ms.
 * Before the customer has said anything only the circumstances count.
 */
export function scoreEscalation(turns: readonly RiskTurn[], context: EscalationContext): EscalationScore {
  const end = (context.asOfTurn ?? turns.length - 1) + 1;
  const seen = turns.slice(Math.max(0, end - LOOK_BACK_MESSAGES), Math.max(0, end));
  const groups = customerTurns(seen);
  const current = groups.at(-1) ?? [];
  const contributions = [
    ...remembered(groups, 'demand', WEIGHTS.demand, DEMAND),
    ...remembered(groups, 'threat', WEIGHTS.threat, THREAT),
    ...repeatedQuestion(groups),
    ...mood(groups),
    ...unansweredWait(seen, groups, context.now),
    ...replyLoops(seen),
    ...refundAndThanks(current),
    ...shouting(current),
    ...circumstances(context),
  ].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const logit = contributions.reduce((sum, { weight }) => sum + weight, BASE_LOGIT);
  return { p: probabilityOf(logit), logit, contributions };
}
