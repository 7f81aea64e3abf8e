import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import { eraseCustomer, erasePreview, scrubErased, type ErasePreview } from '../conversations/erase.service.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { deleteOldCopies } from '../db/backup.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type EraseDeps = { db: WritableDb; paths: StorePaths; context: () => WriteContext; repId: () => string; isImporting: () => boolean; onRemoved: (kind: 'message' | 'reply', seqs: number[]) => void; onChanged: () => void; otherCopies?: () => string[]; forget: (customerExternalId: string) => void };

/** "Erase a customer", from preview to the engine's memory and the automatic backups that still hold them. */
export function createEraseService({ db, paths, context, repId, isImporting, onRemoved, onChanged, otherCopies = () => [], forget }: EraseDeps) {
  return {
    /** By our id or the channel's. @throws DeskmateError not_found */
    preview(idOrExternalId: string): ErasePreview {
      const customer = findCustomer(db, idOrExternalId);
      if (customer === undefined) throw new DeskmateError('not_found', `There is no customer ${idOrExternalId}.`);
      return erasePreview(db, customer.id);
    },
    /** @throws DeskmateError not_found, conflict while an import could bring the customer back, or store_busy (retryable) when the rows are gone but freed pages could not be overwritten yet. */
    erase(customerId: CustomerId): ErasePreview {
      if (isImporting()) throw new DeskmateError('conflict', 'An import is running and could bring this customer back. Let it end or cancel it, then erase.');
      const erased = erasePreview(db, customerId);
      const messageSeqs = listMessageSeqs(db, customerId);
      forget(erased.externalId);
      markScrubDue(db);
      try {
        eraseRows(db, context(), customerId, repId());
        prepared(db, 'DELETE FROM settings WHERE key = ?').run(SCRUB_DUE);
      } finally {
        // also when only the overwriting of freed pages is still due: the rows are gone
        if (findCustomer(db, customerId) === undefined) {
          // a seq names one row of messages: whichever index holds it forgets it
          for (const kind of ['message', 'reply'] as const) onRemoved(kind, messageSeqs);
          deleteOldCopies(paths, otherCopies());
          onChanged();
        }
      }
      return erased;
    },
  };
}

const SCRUB_TRIES = 5;
const SCRUB_DUE = 'scrub_due';

function markScrubDue(db: WritableDb): void {
  prepared(db, "INSERT INTO settings (key, value) VALUES (?, 'true') ON CONFLICT (key) DO NOTHING").run(SCRUB_DUE);
}

/** Finishes an erasing that was cut short, by a crash or a reader, before the engine opens the store. Returns whether there was one. */
export function finishScrub(db: WritableDb): boolean {
  if (prepared(db, 'SELECT 1 FROM settings WHERE key = ?').get(SCRUB_DUE) === undefined) return false;
  scrubErased(db);
  prepared(db, 'DELETE FROM settings WHERE key = ?').run(SCRUB_DUE);
  return true;
}

/** A reading engine can hold the scrub up for a moment: its short reads end, so it is tried again. */
function eraseRows(db: WritableDb, ctx: WriteContext, customerId: CustomerId, repId: string): void {
  try {
    eraseCustomer(db, ctx, customerId, repId);
  } catch (error) {
    if (!(error instanceof DeskmateError) || error.code !== 'store_busy') throw error;
    scrubAgain(db);
  }
}

function listMessageSeqs(db: ReadableDb, customerId: CustomerId): number[] {
  return db.prepare('SELECT seq FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE customer_id = ?)').pluck().all(customerId) as number[];
}

function scrubAgain(db: WritableDb): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return scrubErased(db);
    } catch (error) {
      if (attempt === SCRUB_TRIES || !(error instanceof DeskmateError) || error.code !== 'store_busy') throw error;
    }
  }
}
