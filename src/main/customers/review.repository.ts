import type { UpsertOutcome } from '../db/content-hash.ts';
import type { WritableDb } from '../db/database.ts';
import { hashedTable, upsertHashed } from '../db/hashed-upsert.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { ensureCustomer } from './customer.repository.ts';

/** `score` is 1–5. A review without a customer (the platform hides the name) is kept without one. */
export type NewReview = {
  externalId: string; customerExternalId?: string | null | undefined; customerName?: string | undefined; orderExternalId?: string | null; score: number; text: string; reviewedAt?: number | null;
};

const REVIEWS = hashedTable('reviews', ['customer_id', 'order_external_id', 'score', 'text', 'reviewed_at']);

/** One review by the shop's number; the caller owns the transaction. */
export function upsertReview(db: WritableDb, ctx: WriteContext, review: NewReview): UpsertOutcome {
  const customerId = review.customerExternalId ? ensureCustomer(db, ctx, { externalId: review.customerExternalId, name: review.customerName }) : null;
  return upsertHashed(db, ctx, REVIEWS, review.externalId, [customerId, review.orderExternalId, review.score, review.text, review.reviewedAt]).outcome;
}
