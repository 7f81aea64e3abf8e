import { MIN_NEW_PAIRS } from '../../shared/contract/adapt.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { JobService } from '../jobs/job.service.ts';
import { messageOf } from '../platform/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { AdaptService } from './adapt.service.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const LOOK_MS = 3_600_000;
/** Nobody writes and nobody answers for so long before it learns by itself. */
const QUIET_MS = 10 * 60_000;

export type AdaptClockDeps = { db: WritableDb; clock: Clock; log: Log; adapt: Pick<AdaptService, 'status' | 'start'>; jobs: Pick<JobService, 'isBusy'> };

/** Where a lead has asked for it: learns once a week, when there is enough that is new and the desk is quiet. The outcome waits for a person like any other. */
export function lookWhetherToLearn({ db, clock, adapt, jobs }: AdaptClockDeps): void {
  const { isWeekly, isRunning, missingCount, newPairCount, lastRun } = adapt.status();
  if (!isWeekly || isRunning || missingCount > 0 || newPairCount < MIN_NEW_PAIRS) return;
  const nowMs = clock.nowMs();
  const lastAt = prepared<{ at: number | null }>(db, 'SELECT max(last_at) AS at FROM conversations').get()?.at ?? 0;
  if ((lastRun !== null && nowMs - lastRun.at < WEEK_MS) || nowMs - lastAt < QUIET_MS || jobs.isBusy('import')) return;
  adapt.start();
}

/** Looks once an hour; the returned function ends it. */
export function startAdaptClock(deps: AdaptClockDeps): () => void {
  const look = (): void => {
    try {
      lookWhetherToLearn(deps);
    } catch (error) {
      deps.log.error('adapt.look_failed', { message: messageOf(error) });
    }
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
