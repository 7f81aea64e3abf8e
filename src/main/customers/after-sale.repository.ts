import type { UpsertOutcome } from '../db/content-hash.ts';
import type { WritableDb } from '../db/database.ts';
import { hashedTable, upsertHashed } from '../db/hashed-upsert.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { ensureCustomer } from './customer.repository.ts';

/** `costFen` is what settling it cost the shop. */
export type NewAfterSale = {
  externalId: string; customerExternalId: string; customerName?: string | undefined; orderExternalId?: string | null; type: string; stage?: string | null; reason?: string | null;
  amountFen?: number | null; costFen?: number | null; outcome?: string | null; openedAt?: number | null; closedAt?: number | null;
};

const AFTER_SALES = hashedTable('after_sales', ['customer_id', 'order_external_id', 'type', 'stage', 'reason', 'amount_fen', 'cost_fen', 'outcome', 'opened_at', 'closed_at']);

/** One refund, return or repair case by the shop's number; the caller owns the transaction. */
export function upsertAfterSale(db: WritableDb, ctx: WriteContext, afterSale: NewAfterSale): UpsertOutcome {
  const customerId = ensureCustomer(db, ctx, { externalId: afterSale.customerExternalId, name: afterSale.customerName });
  const { orderExternalId, type, stage, reason, amountFen, costFen, outcome, openedAt, closedAt } = afterSale;
  return upsertHashed(db, ctx, AFTER_SALES, afterSale.externalId, [customerId, orderExternalId, type, stage, reason, amountFen, costFen, outcome, openedAt, closedAt]).outcome;
}
