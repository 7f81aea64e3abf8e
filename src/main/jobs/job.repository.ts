import type { z } from 'zod';
import type { JobId } from '../../shared/contract/ids.contract.ts';
import type { ImportReport, Job, jobKindSchema } from '../../shared/contract/job.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

export type JobKind = z.infer<typeof jobKindSchema>;

type JobRow = { id: string; kind: JobKind; title: string; state: Job['state']; done_count: number; total_count: number | null; error: string | null; report: string | null; started_at: number; ended_at: number | null };

const COLUMNS = 'id, kind, title, state, done_count, total_count, error, report, started_at, ended_at';

/** 0–1; null while the total is unknown. A total that proved too small counts as done. */
export function doneRatioOf(doneCount: number, totalCount: number | null): number | null {
  if (totalCount === null) return null;
  return totalCount <= 0 ? 1 : Math.min(1, doneCount / totalCount);
}

function rowToJob(row: JobRow): Job {
  const elapsedMs = row.ended_at === null ? 0 : row.ended_at - row.started_at;
  return {
    id: row.id as JobId, kind: row.kind, title: row.title, state: row.state, doneRatio: row.state === 'done' ? 1 : doneRatioOf(row.done_count, row.total_count), doneCount: row.done_count,
    perSecond: elapsedMs > 0 ? (row.done_count * 1000) / elapsedMs : 0, error: row.error, report: row.report === null ? null : (JSON.parse(row.report) as ImportReport),
    startedAt: row.started_at, endedAt: row.ended_at,
  };
}

export function insertJob(db: WritableDb, job: Job): void {
  prepared(db, `INSERT INTO jobs (${COLUMNS}) VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL, ?, NULL)`).run(job.id, job.kind, job.title, job.state, job.doneCount, job.startedAt);
}

export function updateJob(db: WritableDb, job: Job, totalCount: number | null): void {
  prepared(db, 'UPDATE jobs SET state = ?, done_count = ?, total_count = ?, error = ?, report = ?, started_at = ?, ended_at = ? WHERE id = ?')
    .run(job.state, job.doneCount, totalCount, job.error, job.report === null ? null : JSON.stringify(job.report), job.startedAt, job.endedAt, job.id);
}

export function findJob(db: ReadableDb, id: JobId): Job | undefined {
  const row = prepared<JobRow>(db, `SELECT ${COLUMNS} FROM jobs WHERE id = ?`).get(id);
  return row === undefined ? undefined : rowToJob(row);
}

/** Newest first. */
export function listJobs(db: ReadableDb, limit: number): Job[] {
  return prepared<JobRow>(db, `SELECT ${COLUMNS} FROM jobs ORDER BY started_at DESC, id DESC LIMIT ?`).all(limit).map(rowToJob);
}

/** Jobs that a stop cut short; call at start, before any job runs. Returns how many. */
export function interruptRunningJobs(db: WritableDb, nowMs: number): number {
  return prepared(db, "UPDATE jobs SET state = 'interrupted', ended_at = ? WHERE state = 'running'").run(nowMs).changes;
}

/**
 * Forgets the rows that imports listed as rejected, and the errors: they may quote anybody, and nothing says whom. Counts stay.
 * Titles (file names) go when `isAbout` says so. Returns how many jobs had something to forget.
 */
export function clearJobTexts(db: WritableDb, isAbout: (text: string) => boolean): number {
  let count = 0;
  for (const row of prepared<JobRow>(db, `SELECT ${COLUMNS} FROM jobs`).all()) {
    const job = rowToJob(row);
    const title = isAbout(job.title) ? '' : job.title;
    if (title === job.title && job.error === null && (job.report?.rejected.length ?? 0) === 0) continue;
    const report = job.report === null ? null : JSON.stringify({ ...job.report, rejected: [] });
    count += prepared(db, 'UPDATE jobs SET title = ?, error = NULL, report = ? WHERE id = ?').run(title, report, job.id).changes;
  }
  return count;
}
