import type { JobId } from '../../shared/contract/ids.contract.ts';
import type { ImportReport, Job } from '../../shared/contract/job.contract.ts';
import type { WritableDb } from '../db/database.ts';
import type { Clock } from '../platform/clock.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import type { IdMaker } from '../platform/ids.ts';
import { doneRatioOf, findJob, insertJob, interruptRunningJobs, listJobs, updateJob, type JobKind } from './job.repository.ts';

/** How work tells how far it is. Counts are of rows, files or texts: whatever the work counts in. */
export type JobProgress = {
  /** How much there is in all; null when that cannot be known. */
  total(count: number | null): void;
  advance(count: number): void;
};
export type JobWork = (progress: JobProgress, signal: AbortSignal) => Promise<ImportReport | null>;

export type JobService = {
  /** Starts the work at once, or behind the running job of its kind; the answer never waits for it. */
  run(kind: JobKind, title: string, work: JobWork): Job;
  /** Whether work of this kind is under way or waits its turn. */
  isBusy(kind: JobKind): boolean;
  /** Newest first, at most 100. */
  list(): Job[];
  /** Asks a job to stop: it is cancelled when its work has let go. A job that has ended stays as it is. @throws DeskmateError not_found */
  cancel(id: JobId): Job;
  /** At start: jobs left running by the last process become interrupted. Returns how many. */
  markInterrupted(): number;
  /** The job once it has ended; at once for one that already has. @throws DeskmateError not_found */
  settled(id: JobId): Promise<Job>;
  /** Cancels everything and waits for it, before the store is closed. */
  stop(): Promise<void>;
};

export type JobServiceOptions = { db: WritableDb; onChange: (job: Job) => void; clock: Clock; newId: IdMaker };

type LiveJob = { job: Job; totalCount: number | null; abort: AbortController; ended: Promise<void>; toldAtMs: number; rateFrom: { atMs: number; count: number } };

const LIST_LIMIT = 100;
/** At most five changes a second are told. */
const TELL_EVERY_MS = 200;
/** The rate is that of the last few seconds, so that it follows a slow part of a file. */
const RATE_WINDOW_MS = 5000;

export function createJobService({ db, onChange, clock, newId }: JobServiceOptions): JobService {
  const live = new Map<JobId, LiveJob>();
  const lastOfKind = new Map<JobKind, Promise<void>>();
  const tell = (entry: LiveJob): void => {
    entry.toldAtMs = clock.nowMs();
    updateJob(db, entry.job, entry.totalCount);
    onChange({ ...entry.job });
  };

  return {
    run(kind, title, work) {
      const job: Job = { id: newId() as JobId, kind, title, state: 'running', doneRatio: null, doneCount: 0, perSecond: 0, error: null, report: null, startedAt: clock.nowMs(), endedAt: null };
      const entry: LiveJob = { job, totalCount: null, abort: new AbortController(), ended: Promise.resolve(), toldAtMs: clock.nowMs(), rateFrom: { atMs: clock.nowMs(), count: 0 } };
      insertJob(db, job);
      live.set(job.id, entry);
      const before = lastOfKind.get(kind) ?? Promise.resolve();
      // a report that cannot be stored (disk full) must not block the jobs behind it
      entry.ended = before.then(() => runWork(entry, work, clock, tell)).catch(() => {}).finally(() => live.delete(job.id));
      lastOfKind.set(kind, entry.ended);
      onChange({ ...job });
      return { ...job };
    },
    isBusy: (kind) => [...live.values()].some(({ job }) => job.kind === kind),
    list: () => listJobs(db, LIST_LIMIT).map((job) => ({ ...(live.get(job.id)?.job ?? job) })),
    cancel(id) {
      const entry = live.get(id);
      entry?.abort.abort();
      return entry === undefined ? getJob(db, id) : { ...entry.job };
    },
    markInterrupted: () => interruptRunningJobs(db, clock.nowMs()),
    async settled(id) {
      await live.get(id)?.ended;
      return getJob(db, id);
    },
    async stop() {
      for (const { abort } of live.values()) abort.abort();
      await Promise.all([...live.values()].map(({ ended }) => ended));
    },
  };
}

function getJob(db: WritableDb, id: JobId): Job {
  const job = findJob(db, id);
  if (job === undefined) throw new DeskmateError('not_found', 'There is no such job.');
  return job;
}

async function runWork(entry: LiveJob, work: JobWork, clock: Clock, tell: (entry: LiveJob) => void): Promise<void> {
  const { job, abort } = entry;
  job.startedAt = clock.nowMs();
  entry.rateFrom = { atMs: job.startedAt, count: 0 };
  try {
    abort.signal.throwIfAborted();
    job.report = await work(progressOf(entry, clock, tell), abort.signal);
    job.state = abort.signal.aborted ? 'cancelled' : 'done';
  } catch (error) {
    const wasCancelled = abort.signal.aborted || (error instanceof DeskmateError && error.code === 'cancelled');
    job.state = wasCancelled ? 'cancelled' : 'failed';
    job.error = wasCancelled ? null : messageOf(error);
  }
  job.endedAt = clock.nowMs();
  const elapsedMs = job.endedAt - job.startedAt;
  job.perSecond = elapsedMs > 0 ? (job.doneCount * 1000) / elapsedMs : 0;
  if (job.state === 'done') job.doneRatio = 1;
  tell(entry);
}

function progressOf(entry: LiveJob, clock: Clock, tell: (entry: LiveJob) => void): JobProgress {
  const { job } = entry;
  const change = (): void => {
    job.doneRatio = doneRatioOf(job.doneCount, entry.totalCount);
    const nowMs = clock.nowMs();
    if (nowMs - entry.toldAtMs < TELL_EVERY_MS) return;
    const spanMs = nowMs - entry.rateFrom.atMs;
    if (spanMs > 0) job.perSecond = ((job.doneCount - entry.rateFrom.count) * 1000) / spanMs;
    if (spanMs >= RATE_WINDOW_MS) entry.rateFrom = { atMs: nowMs, count: job.doneCount };
    tell(entry);
  };
  return {
    total(count) {
      entry.totalCount = count;
      change();
    },
    advance(count) {
      job.doneCount += count;
      change();
    },
  };
}
