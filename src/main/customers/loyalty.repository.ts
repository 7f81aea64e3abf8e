import type { CustomerTag, LoyaltySegment } from '../../shared/contract/customer.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

export type NewTag = Omit<CustomerTag, 'isDisputed'> & { customerId: CustomerId };

/** The customers columns that make a tag; select them all to call `rowToTag`. */
export type TagRow = {
  segment: string | null;
  recency_score: number | null;
  frequency_score: number | null;
  monetary_score: number | null;
  loyalty_reasons: string | null;
  is_tag_disputed: number;
  loyalty_computed_at: number | null;
};
export const TAG_COLUMNS = ['segment', 'recency_score', 'frequency_score', 'monetary_score', 'loyalty_reasons', 'is_tag_disputed', 'loyalty_computed_at'] as const satisfies readonly (keyof TagRow)[];

/** Null for a customer who has not been scored. */
export function rowToTag(row: TagRow): CustomerTag | null {
  if (row.segment === null) return null;
  return {
    segment: row.segment as LoyaltySegment,
    scores: { recency: row.recency_score ?? 1, frequency: row.frequency_score ?? 1, monetary: row.monetary_score ?? 1 },
    reasons: JSON.parse(row.loyalty_reasons ?? '[]') as CustomerTag['reasons'],
    isDisputed: row.is_tag_disputed === 1,
    computedAt: row.loyalty_computed_at ?? 0,
  };
}

/** Stores fresh tags; a dispute stays as long as the segment it was about. The caller owns the transaction. */
export function saveTags(db: WritableDb, tags: Iterable<NewTag>): number {
  const statement = prepared(
    db,
    `UPDATE customers SET is_tag_disputed = CASE WHEN segment IS @segment THEN is_tag_disputed ELSE 0 END, segment = @segment,
     recency_score = @recency, frequency_score = @frequency, monetary_score = @monetary, loyalty_reasons = @reasons, loyalty_computed_at = @computedAt WHERE id = @customerId`,
  );
  let count = 0;
  for (const { segment, scores, reasons, computedAt, customerId } of tags) {
    count += statement.run({ segment, ...scores, reasons: JSON.stringify(reasons), computedAt, customerId }).changes;
  }
  return count;
}

export function findTag(db: ReadableDb, customerId: CustomerId): CustomerTag | null {
  const row = prepared<TagRow>(db, `SELECT ${TAG_COLUMNS.join(', ')} FROM customers WHERE id = ?`).get(customerId);
  return row === undefined ? null : rowToTag(row);
}

/** Returns the tag as it now stands; null when the customer has none to dispute. */
export function setTagDisputed(db: WritableDb, customerId: CustomerId, isDisputed: boolean): CustomerTag | null {
  prepared(db, 'UPDATE customers SET is_tag_disputed = ? WHERE id = ? AND segment IS NOT NULL').run(isDisputed ? 1 : 0, customerId);
  return findTag(db, customerId);
}
