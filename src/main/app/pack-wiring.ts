import path from 'node:path';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import { DEMO_PACK } from '../../shared/contract/demo.contract.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import { macroProblem } from '../assist/macro-text.ts';
import type { WritableDb } from '../db/database.ts';
import type { ImportDeps } from '../importing/import.service.ts';
import type { LoyaltyService } from '../insight/loyalty.service.ts';
import type { JobService } from '../jobs/job.service.ts';
import { createPackService, type PackService } from '../packs/pack.service.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { SyncService } from '../sync/sync.service.ts';
import { readSettings, writeSettings } from './app-state.ts';
import { createDemoService, type DemoService } from './demo.service.ts';
import { readDemo } from './demo.repository.ts';

export type PackWiringDeps = {
  db: WritableDb;
  context: () => WriteContext;
  repId: () => RepId;
  options: { resourcesDir: string };
  jobs: JobService;
  sync: Pick<SyncService, 'stop'>;
  loyalty: Pick<LoyaltyService, 'refresh'>;
  openFile: ImportDeps['openFile'];
  onRemoved: (kind: 'passage' | 'macro' | 'message' | 'reply', seqs: number[]) => void;
  onChanged: () => void;
  emit: (event: AppEvent) => void;
};

/** Packs of the shop, and the demo shop, which is one with data beside it. */
export function openPacks({ db, context, repId, options, jobs, sync, loyalty, openFile, onRemoved, onChanged, emit }: PackWiringDeps): { packs: PackService; demo: DemoService } {
  const packs = createPackService({ db, jobs, context, repId, templateProblem: macroProblem, shippedDir: path.join(options.resourcesDir, 'packs'), onChanged, onRemoved });
  const demo = createDemoService({
    db, jobs, context, repId, packs, openFile, onRemoved,
    demoDir: path.join(options.resourcesDir, DEMO_PACK),
    stopChannel: sync.stop,
    onImported(kind) {
      if (kind === 'orders') loyalty.refresh();
      onChanged();
    },
    shopName: {
      get: () => readSettings(db, repId()),
      set: (shopName) => emit({ type: 'settings.changed', settings: writeSettings(db, repId(), { shopName }) }),
    },
    onChanged() {
      loyalty.refresh();
      onChanged();
    },
  });
  return {
    // the demo shop goes as a whole: its knowledge without its data would be about nothing
    packs: { ...packs, remove: (name) => (name === DEMO_PACK && readDemo(db) !== null ? demo.remove() : packs.remove(name)) },
    demo,
  };
}
