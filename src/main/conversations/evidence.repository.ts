import type { AttachmentId, Evidence, EvidenceKind } from '../../shared/contract/attachment.contract.ts';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { getAttachment } from './attachment.repository.ts';

type EvidenceRow = { id: string; externalId: string; kind: EvidenceKind; attachmentId: string; createdAt: number };

/** Evidence of every case of one customer, oldest first. */
export function listEvidence(db: ReadableDb, customerId: CustomerId): Evidence[] {
  const rows = prepared<EvidenceRow>(
    db,
    `SELECT e.id, s.external_id AS externalId, e.kind, e.attachment_id AS attachmentId, e.created_at AS createdAt
     FROM evidence e JOIN after_sales s ON s.id = e.after_sale_id WHERE s.customer_id = ? ORDER BY e.created_at, e.id`,
  ).all(customerId);
  return rows.map(({ id, externalId, kind, attachmentId, createdAt }) => {
    const { conversationId: _of, isComplete: _is, ...attachment } = getAttachment(db, attachmentId as AttachmentId);
    return { id, afterSaleExternalId: externalId, kind, attachment, addedAt: createdAt };
  });
}

/**
 * Marks a file as evidence; marking it again for the same case changes its kind. Returns its id.
 * @throws DeskmateError not_found when the customer has no such case, bad_request when the file is another customer's or was never stored.
 */
export function upsertEvidence(db: WritableDb, ctx: WriteContext, evidence: { customerId: CustomerId; afterSaleExternalId: string; attachmentId: AttachmentId; kind: EvidenceKind }): string {
  const { customerId, afterSaleExternalId, attachmentId, kind } = evidence;
  const afterSale = prepared<{ id: string }>(db, 'SELECT id FROM after_sales WHERE customer_id = ? AND external_id = ?').get(customerId, afterSaleExternalId);
  if (afterSale === undefined) throw new DeskmateError('not_found', 'This customer has no such after-sale case.');
  const attachment = getAttachment(db, attachmentId);
  const isOwn = prepared(db, 'SELECT 1 FROM conversations WHERE id = ? AND customer_id = ?').get(attachment.conversationId, customerId) !== undefined;
  if (!isOwn || attachment.state !== 'stored' || !attachment.isComplete) throw new DeskmateError('bad_request', 'Only a stored file of this customer can be evidence.');
  prepared(db, 'INSERT INTO evidence (id, after_sale_id, attachment_id, kind, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (after_sale_id, attachment_id) DO UPDATE SET kind = excluded.kind')
    .run(ctx.newId(), afterSale.id, attachmentId, kind, ctx.nowMs);
  return prepared<{ id: string }>(db, 'SELECT id FROM evidence WHERE after_sale_id = ? AND attachment_id = ?').get(afterSale.id, attachmentId)?.id ?? '';
}

/** Takes the mark away, the file stays. @throws DeskmateError not_found */
export function deleteEvidence(db: WritableDb, customerId: CustomerId, id: string): void {
  const { changes } = prepared(db, 'DELETE FROM evidence WHERE id = ? AND after_sale_id IN (SELECT id FROM after_sales WHERE customer_id = ?)').run(id, customerId);
  if (changes === 0) throw new DeskmateError('not_found', 'There is no such evidence.');
}
