import type { SegmentStep } from '../../shared/contract/customer-history.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import { listOrdersForLoyalty } from '../customers/order.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { rfmSegments } from './loyalty/rfm.ts';

const DAY_MS = 86_400_000;
/** A segment is relative to the whole shop, so each step looks at all its orders: this many rows take about a third of a second. */
const MOST_ROWS_READ = 100_000;
const MOST_STEPS = 12;
const FEWEST_STEPS = 2;

/**
 * The customer's segment as the formula would have told it a day after each order and now, oldest first; only where it changed.
 * Worked out from the orders known today, so it may differ from the tag that was shown then. Null for a shop too large to do this while the rep waits.
 */
export function listSegmentSteps(db: ReadableDb, customerId: CustomerId, nowMs: number): SegmentStep[] | null {
  const orders = [...listOrdersForLoyalty(db)];
  const paidAts = orders.filter((order) => order.customerId === customerId).map(({ paidAt }) => paidAt);
  if (paidAts.length === 0) return [];
  const affordable = Math.min(MOST_STEPS, Math.floor(MOST_ROWS_READ / orders.length));
  if (affordable < FEWEST_STEPS) return null;
  const moments = [...new Set([...paidAts.map((paidAt) => Math.min(nowMs, paidAt + DAY_MS)), nowMs])].toSorted((a, b) => a - b);
  const steps = spread(moments, affordable).flatMap((at) => {
    const segment = rfmSegments(orders, { asOf: at }).find((row) => row.customerId === customerId)?.segment;
    return segment === undefined ? [] : [{ at, segment }];
  });
  return steps.filter(({ segment }, index) => segment !== steps[index - 1]?.segment);
}

/** At most `count` of them, evenly, with both ends. */
function spread(moments: readonly number[], count: number): number[] {
  if (moments.length <= count) return [...moments];
  return Array.from({ length: count }, (_, index) => moments[Math.round((index * (moments.length - 1)) / (count - 1))] ?? 0);
}
