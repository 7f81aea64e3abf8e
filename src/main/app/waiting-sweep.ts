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

/** A customer who is kept waiting grows riskier without writing a word: scores waiting conversations again twice a minute. */
export function startWaitingSweep(deps: { db: ReadableDb; risk: RiskService; clock: Clock; onError: (error: unknown) => void }): () => void {
  const timer = setInterval(() => void sweep(deps).catch(deps.onError), SWEEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function sweep(deps: { db: ReadableDb; risk: RiskService; clock: Clock }): Promise<void> {
  const now = deps.clock.nowMs();
  const rows = prepared<{ id: ConversationId }>(deps.db, `SELECT id FROM conversations WHERE state = 'open' AND waiting_since BETWEEN ? AND ? ORDER BY waiting_since DESC LIMIT ${SWEEP_LIMIT}`).all(now - LONGEST_WAIT_MS, now - WAIT_MS);
  for (const { id } of rows) await deps.risk.score(id);
}
