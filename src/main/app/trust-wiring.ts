import type { BackupSchedule, RetentionRules } from '../../shared/contract/trust.contract.ts';
import { contactsCsv, listContacts, recordContact } from '../access/contact.repository.ts';
import { createOutwardDoor } from '../platform/contact-log.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { JobService } from '../jobs/job.service.ts';
import type { ModelService } from '../models/model.service.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { IndexKind } from '../search/index-writer.ts';
import { readAbout } from './about.ts';
import { createBackupSchedule } from './backup-schedule.ts';
import { createHealthService } from './health.service.ts';
import { createRetentionService } from './retention.service.ts';
import type { ServiceDeps } from './services.ts';

export type TrustDeps = Pick<ServiceDeps, 'options' | 'db' | 'key' | 'paths'> & {
  context: () => WriteContext; repId: () => string; jobs: JobService; openFile: (file: string) => Promise<OpenedFile>;
  engine: { problem(): string | null; restart(): void; embedSoon(): void };
  models: Pick<ModelService, 'checkInUse'>;
  onRemoved: (kind: IndexKind, seqs: number[]) => void; onChanged: () => void; onError: (error: unknown) => void;
};


/** What left this machine, health, backups, retention, about. `start` begins what runs by the clock; the command line leaves it out. */
export function openTrust(deps: TrustDeps) {
  const { options, db, paths, jobs, context } = deps;
  const backups = createBackupSchedule(deps);
  const retention = createRetentionService(deps);
  const health = createHealthService({ db, paths, jobs, clock: options.clock, models: deps.models, lastBackupAt: backups.lastBackupAt, openFile: deps.openFile, engine: deps.engine });
  return {
    /** The one way out of this machine, for channels that need it. */
    askOutside: createOutwardDoor((contact) => recordContact(db, contact), options.clock.nowMs),
    contacts: () => listContacts(db),
    exportContacts: () => ({ fileName: `deskmate-contacts-${new Date(context().nowMs).toISOString().slice(0, 10)}.csv`, ...contactsCsv(db) }),
    health: health.report,
    checkStore: health.checkStore,
    checkModels: health.checkModels,
    checkParser: health.checkParser,
    rebuildIndex: health.rebuild,
    restartEngine: health.restartEngine,
    retryText: health.retryText,
    backups: backups.list,
    saveSchedule: (schedule: BackupSchedule) => backups.save(schedule),
    noteBackup: backups.note,
    /** Scheduled backups hold whoever is erased as well. */
    backupCopies: backups.copies,
    retention: retention.state,
    saveRetention: (rules: RetentionRules) => retention.save(rules),
    retentionPreview: retention.preview,
    runRetention: retention.run,
    about: () => readAbout(options),
    start(): () => void {
      health.goOn();
      const stops = [backups.start(), retention.start()];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
