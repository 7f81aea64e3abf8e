import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';
import type { ReportBuilder } from './import-report.ts';

/** One thing to store. `weight` is how many rows it writes; `write` runs inside the batch's transaction. */
export type ImportRecord = { kind: 'record'; line: number | null; weight: number; write(): UpsertOutcome };
export type ImportRejection = { kind: 'rejected'; line: number | null; reason: string };
export type ImportItem = ImportRecord | ImportRejection;

export const BATCH_ROW_COUNT = 500;

type BatchTarget = { db: WritableDb; file: string; report: ReportBuilder; signal?: AbortSignal | undefined; advance(count: number): void };

/**
 * Stores records in batches of at most 500 rows, each one transaction: after a cancel or a killed process the store holds whole batches
 * and nothing else. Between batches other work gets its turn. A record that cannot be stored is rejected alone.
 * @throws DeskmateError cancelled
 */
export async function writeBatches(items: AsyncIterable<ImportItem> | Iterable<ImportItem>, target: BatchTarget): Promise<void> {
  const writeBatch = createBatchWriter(target);
  let batch: ImportRecord[] = [];
  let weight = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    throwIfCancelled(target.signal);
    writeBatch(batch);
    target.advance(batch.length);
    batch = [];
    weight = 0;
    await nextTurn();
  };
  for await (const item of items) {
    if (item.kind === 'rejected') {
      target.report.reject(target.file, item.line, item.reason);
      target.advance(1);
      continue;
    }
    if (weight + item.weight > BATCH_ROW_COUNT) await flush();
    batch.push(item);
    weight += item.weight;
  }
  await flush();
}

type RecordOutcome = { record: ImportRecord; outcome: UpsertOutcome | DeskmateError };

/**
 * Writes one batch in one transaction. Each record has a savepoint inside it, so that what a refused record wrote before its refusal goes away
 * with it. Counted only when the transaction is in: a batch that fails as a whole must not be reported as stored.
 */
function createBatchWriter({ db, file, report }: BatchTarget): (batch: readonly ImportRecord[]) => void {
  // Made once: making a transaction function costs more than running it.
  const inSavepoint = db.transaction((record: ImportRecord) => record.write());
  const inTransaction = db.transaction((batch: readonly ImportRecord[]) => batch.map((record): RecordOutcome => ({ record, outcome: writeRecord(record) })));
  const writeRecord = (record: ImportRecord): UpsertOutcome | DeskmateError => {
    try {
      return inSavepoint(record);
    } catch (error) {
      if (error instanceof DeskmateError && error.code === 'bad_request') return error;
      throw error;
    }
  };
  return (batch) => {
    for (const { record, outcome } of inTransaction(batch)) {
      if (outcome instanceof DeskmateError) report.reject(file, record.line, outcome.message);
      else report.count(outcome);
    }
  };
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DeskmateError('cancelled', 'The import was cancelled; what was stored before stays.');
}
