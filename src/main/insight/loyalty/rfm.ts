import type { LoyaltySegment } from '../../../shared/contract/customer.contract.ts';
import { segmentFor, type RfmScores } from './segments.ts';

/** One payment or refund. Rows with the same customer and order are one order; a refund is a negative row. */
export interface PaidOrder {
  customerId: string;
  orderId: string;
  /** Epoch ms UTC. */
  paidAt: number;
  amountFen: number;
}

type RfmReasonCode = `${keyof RfmScores}.${'high' | 'middle' | 'low'}`;

/** A phrase for the screen to make: the code names the sentence, the values fill it. */
interface RfmReason {
  code: RfmReasonCode;
  values: { score: number } & ({ recencyDays: number } | { orderCount: number } | { netFen: number });
}

export interface CustomerRfm {
  customerId: string;
  /** Whole days from the last paid order to `asOf`, however old. */
  recencyDays: number;
  /** Different paid orders in the last 365 days. */
  orderCount: number;
  /** Paid less refunded in the last 365 days; may be negative. */
  netFen: number;
  scores: RfmScores;
  segment: LoyaltySegment;
  /** Always two: the scores farthest from the middle. */
  reasons: [RfmReason, RfmReason];
}

const DAY_MS = 86_400_000;
const WINDOW_DAYS = 365;
/** Below this many customers quintiles say nothing, so all three scores use fixed bins. */
export const QUINTILE_MIN_CUSTOMERS = 50;

/** Lower bounds of scores 2–5. */
const FREQUENCY_BOUNDS = [2, 3, 4, 6];
/** Small shops: days since the last order that still earn 5, 4, 3, 2 (a month, two, four, eight). */
const RECENCY_DAY_BOUNDS = [30, 60, 120, 240];
/** Small shops: net fen in a year that earns 2, 3, 4, 5 (¥100, ¥300, ¥800, ¥2,000). */
const MONETARY_FEN_BOUNDS = [10_000, 30_000, 80_000, 200_000];

interface Tally {
  customerId: string;
  lastPaidAt: number;
  /** With repeats: counted once at the end, which is cheaper than a set per customer. */
  orderIds: string[];
  netFen: number;
}

function tallyOrders(orders: Iterable<PaidOrder>, asOf: number): Tally[] {
  const tallies = new Map<string, Tally>();
  const windowStart = asOf - WINDOW_DAYS * DAY_MS;
  for (const { customerId, orderId, paidAt, amountFen } of orders) {
    if (paidAt > asOf) continue;
    let tally = tallies.get(customerId);
    if (!tally) {
      tally = { customerId, lastPaidAt: Number.NEGATIVE_INFINITY, orderIds: [], netFen: 0 };
      tallies.set(customerId, tally);
    }
    if (amountFen > 0) tally.lastPaidAt = Math.max(tally.lastPaidAt, paidAt);
    if (paidAt <= windowStart) continue;
    tally.netFen += amountFen;
    if (amountFen > 0) tally.orderIds.push(orderId);
  }
  // A customer with nothing but refunds has no last order, hence no recency.
  return [...tallies.values()].filter(({ lastPaidAt }) => lastPaidAt > Number.NEGATIVE_INFINITY);
}

/** Score 1–5 = 1 + the bounds reached. */
function boundScore(value: number, bounds: readonly number[]): number {
  return 1 + bounds.filter((bound) => value >= bound).length;
}

/** Quintile of the average rank, 5 for the largest values; equal values share one score. */
function quintileScores(values: Float64Array): Uint8Array {
  const sorted = values.toSorted();
  const scoreByValue = new Map<number, number>();
  for (let first = 0; first < sorted.length; ) {
    const value = sorted[first] ?? 0;
    let next = first + 1;
    while (sorted[next] === value) next += 1;
    const averageRank = (first + 1 + next) / 2;
    scoreByValue.set(value, Math.ceil((5 * averageRank) / sorted.length));
    first = next;
  }
  return Uint8Array.from(values, (value) => scoreByValue.get(value) ?? 1);
}

function scoreOf(bounds: readonly number[], values: Float64Array, isSmall: boolean): Uint8Array {
  return isSmall ? Uint8Array.from(values, (value) => boundScore(value, bounds)) : quintileScores(values);
}

function levelOf(score: number): 'high' | 'middle' | 'low' {
  if (score === 3) return 'middle';
  return score > 3 ? 'high' : 'low';
}

function strongestReasons(scores: RfmScores, raw: Pick<CustomerRfm, 'recencyDays' | 'orderCount' | 'netFen'>): [RfmReason, RfmReason] {
  const { recency, frequency, monetary } = scores;
  const reasons: [RfmReason, RfmReason, RfmReason] = [
    { code: `recency.${levelOf(recency)}`, values: { score: recency, recencyDays: raw.recencyDays } },
    { code: `frequency.${levelOf(frequency)}`, values: { score: frequency, orderCount: raw.orderCount } },
    { code: `monetary.${levelOf(monetary)}`, values: { score: monetary, netFen: raw.netFen } },
  ];
  // The sort is stable: of equal strength recency comes before frequency before monetary.
  const [first, second] = reasons.sort((a, b) => Math.abs(b.values.score - 3) - Math.abs(a.values.score - 3));
  return [first, second];
}

/**
 * RFM scores and segment of every customer with a paid order up to `asOf` (epoch ms), in order of first appearance.
 * Recency and monetary are quintiles by average rank, frequency has the fixed bins 1 / 2 / 3 / 4–5 / 6+; with fewer than
 * `QUINTILE_MIN_CUSTOMERS` customers all three have fixed bins. Rows after `asOf` are ignored. Free orders (0 fen) do not
 * count as paid. About 1 s for 100,000 customers with 300,000 orders.
 */
export function rfmSegments(orders: Iterable<PaidOrder>, { asOf }: { asOf: number }): CustomerRfm[] {
  const tallies = tallyOrders(orders, asOf);
  const isSmall = tallies.length < QUINTILE_MIN_CUSTOMERS;
  const days = Float64Array.from(tallies, ({ lastPaidAt }) => Math.floor((asOf - lastPaidAt) / DAY_MS));
  // Fewer days are better, so recency is scored on negated days.
  const recencies = scoreOf(RECENCY_DAY_BOUNDS.map((bound) => -bound), days.map((value) => -value), isSmall);
  const monetaries = scoreOf(MONETARY_FEN_BOUNDS, Float64Array.from(tallies, ({ netFen }) => netFen), isSmall);
  return tallies.map(({ customerId, orderIds, netFen }, index) => {
    const raw = { recencyDays: days[index] ?? 0, orderCount: orderIds.length < 2 ? orderIds.length : new Set(orderIds).size, netFen };
    const scores: RfmScores = {
      recency: recencies[index] ?? 1,
      frequency: boundScore(raw.orderCount, FREQUENCY_BOUNDS),
      monetary: monetaries[index] ?? 1,
    };
    return { customerId, ...raw, scores, segment: segmentFor(scores), reasons: strongestReasons(scores, raw) };
  });
}
