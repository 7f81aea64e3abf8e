import { listSegmentSteps } from './loyalty-history.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { CustomerTag } from '../../shared/contract/customer.contract.ts';
import { findTag, saveTags, setTagDisputed } from '../customers/loyalty.repository.ts';
import { listOrdersForLoyalty } from '../customers/order.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { Clock } from '../platform/clock.ts';
import { rfmSegments } from './loyalty/rfm.ts';

export type LoyaltyService = ReturnType<typeof createLoyaltyService>;

/** Tags every customer with orders; scores are relative to the shop's other customers, so all are computed together. */
export function createLoyaltyService({ db, clock }: { db: WritableDb; clock: Clock }) {
  return {
    /** Recomputes all tags; returns how many customers have one. Disputes by the rep are kept. */
    refresh(): number {
      const computedAt = clock.nowMs();
      const rows = rfmSegments(listOrdersForLoyalty(db), { asOf: computedAt });
      db.transaction(() => saveTags(db, rows.map(({ customerId, segment, scores, reasons }) => ({ customerId: customerId as CustomerId, segment, scores, reasons, computedAt }))))();
      return rows.length;
    },
    /** @see listSegmentSteps */
    segmentSteps: (customerId: CustomerId) => listSegmentSteps(db, customerId, clock.nowMs()),
    find: (customerId: CustomerId): CustomerTag | null => findTag(db, customerId) ?? null,
    setDisputed(customerId: CustomerId, isDisputed: boolean): CustomerTag | null {
      setTagDisputed(db, customerId, isDisputed);
      return findTag(db, customerId) ?? null;
    },
  };
}
