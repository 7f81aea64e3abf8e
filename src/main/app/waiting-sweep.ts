import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { RiskService } from '../insight/risk.service.ts';
import type { Clock } from '../platform/clock.ts';

const SWEEP_MS = 30_000;
const WAIT_MS = 60_000;
/** Past this the wait adds no more risk (domain.md §2: at most 3 in the log-odds). */
const LONGEST_WAIT_MS = 10 * 60_000;
const SWEEP_LIMIT = 200;

export type SweepDeps = { db: ReadableDb; risk: Pick<RiskService, 'score'>; clock: Clock; onError: (error: unknown) => void };

/**
 * A customer who is kept waiting grows riskier without writing a word: scores waiting conversations again twice a minute,
 * never two sweeps at once. The returned function ends it and resolves when nothing reads the store any more.
 */
export function startWaitingSweep(deps: SweepDeps): () => Promise<void> {
  let isStopped = false;
  let sweeping: Promise<void> | undefined;
  const timer = setInterval(() => {
    sweeping ??= sweep(deps, () => isStopped)
      .catch(deps.onError)
      .finally(() => (sweeping = undefined));
  }, SWEEP_MS);
  timer.unref();
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await sweeping;
  };
}

async function sweep(deps: SweepDeps, isStopped: () => boolean): Promise<void> {
  const now = deps.clock.nowMs();
  const rows = prepared<{ id: ConversationId }>(deps.db, `SELECT id FROM conversations WHERE state = 'open' AND waiting_since BETWEEN ? AND ? ORDER BY waiting_since DESC LIMIT ${SWEEP_LIMIT}`).all(now - LONGEST_WAIT_MS, now - WAIT_MS);
  for (const { id } of rows) {
    if (isStopped()) return;
    await deps.risk.score(id);
  }
}
