import path from 'node:path';
import { backupOutcomeSchema, backupScheduleSchema, type BackupOutcome, type Backups, type BackupSchedule } from '../../shared/contract/trust.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { backupStore } from '../db/backup.ts';
import { listBackups, listScheduledBackups, pruneScheduledBackups, scheduledTarget } from '../db/backup-list.ts';
import type { WritableDb } from '../db/database.ts';
import type { StoreKey } from '../db/open-db.ts';
import type { JobService } from '../jobs/job.service.ts';
import { messageOf } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { readSetting, writeSetting } from './setting-value.ts';

const SCHEDULE_KEY = 'backup_schedule';
const LAST_KEY = 'backup_last';
const LAST_SCHEDULED_KEY = 'backup_last_scheduled';
const NO_SCHEDULE: BackupSchedule = { every: 'off', keepCount: 7, folder: null };
const HOUR_MS = 3_600_000;
const PERIOD_MS = { off: Infinity, daily: 24 * HOUR_MS, weekly: 7 * 24 * HOUR_MS } as const;
const LOOK_MS = 15 * 60_000;

export type BackupScheduleDeps = { db: WritableDb; key: StoreKey; paths: StorePaths; jobs: JobService; context: () => WriteContext; repId: () => string; onError: (error: unknown) => void };

/** Backups on a schedule, and what is known of those that were made. */
export function createBackupSchedule(deps: BackupScheduleDeps) {
  const { db, paths, context, repId, onError } = deps;
  const schedule = (): BackupSchedule => readSetting(db, SCHEDULE_KEY, backupScheduleSchema) ?? NO_SCHEDULE;
  const folderOf = ({ folder }: BackupSchedule): string => folder ?? paths.backups;
  const note = (outcome: BackupOutcome): void => {
    writeSetting(db, LAST_KEY, outcome);
    if (outcome.isScheduled) writeSetting(db, LAST_SCHEDULED_KEY, outcome);
  };
  const isDue = (): boolean => {
    const { every } = schedule();
    const last = readSetting(db, LAST_SCHEDULED_KEY, backupOutcomeSchema);
    if (every === 'off' || last === undefined) return every !== 'off';
    // a disk that was full or away is tried again soon
    return context().nowMs - last.at >= (last.error === null ? PERIOD_MS[every] : HOUR_MS);
  };
  const look = (): void => {
    try {
      if (isDue()) runScheduled(deps, folderOf(schedule()), schedule().keepCount, note);
    } catch (error) {
      onError(error);
    }
  };
  const list = (): Omit<Backups, 'canUndoRestore'> => ({ files: listBackups([paths.backups, folderOf(schedule())]), schedule: schedule(), last: readSetting(db, LAST_KEY, backupOutcomeSchema) ?? null, folder: paths.backups });
  return {
    list,
    save(next: BackupSchedule): Omit<Backups, 'canUndoRestore'> {
      db.transaction(() => {
        writeSetting(db, SCHEDULE_KEY, next);
        insertAudit(db, context(), { repId: repId(), action: 'backup.schedule_changed', entity: 'settings', entityId: 'backup', after: next });
      })();
      look();
      return list();
    },
    /** What a backup by hand came to. */
    note: (outcome: Omit<BackupOutcome, 'isScheduled' | 'at'>) => note({ ...outcome, at: context().nowMs, isScheduled: false }),
    lastBackupAt: (): number | null => list().files[0]?.createdAt ?? null,
    /** Scheduled backups, which erasing a customer removes too. */
    copies: (): string[] => listScheduledBackups(folderOf(schedule())),
    look,
    /** Looks now and every quarter of an hour; the returned function ends it. */
    start(): () => void {
      look();
      const timer = setInterval(look, LOOK_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function runScheduled({ db, key, paths, jobs, context }: BackupScheduleDeps, folder: string, keepCount: number, note: (outcome: BackupOutcome) => void): Job {
  const { nowMs } = context();
  const target = scheduledTarget(folder, nowMs);
  return jobs.run('backup', path.basename(target), async (progress) => {
    try {
      const { bytes } = backupStore(db, key, paths, target, nowMs);
      pruneScheduledBackups(folder, keepCount);
      note({ at: nowMs, path: target, bytes, isScheduled: true, error: null });
      progress.advance(1);
      return null;
    } catch (error) {
      note({ at: nowMs, path: target, bytes: 0, isScheduled: true, error: messageOf(error) });
      throw error;
    }
  });
}
