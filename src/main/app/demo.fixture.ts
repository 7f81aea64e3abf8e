// The demo shop's service over a real store, with the importers of real data.
import path from 'node:path';
import { ensureDefaultRep } from '../access/rep.repository.ts';
import { macroProblem } from '../assist/macro-text.ts';
import { listAllRows, openTestStore } from '../db/open-test-store.ts';
import { forkFromSource } from '../files/file-fixtures.ts';
import { openFile } from '../files/open-file.ts';
import { createJobService } from '../jobs/job.service.ts';
import { createPackService } from '../packs/pack.service.ts';
import { createDemoService } from './demo.service.ts';

/** For tests: installs the pack folder `dir` as the demo shop; `ctx.nowMs` may be changed. */
export function demoBench(dir: string, nowMs: number) {
  const store = openTestStore();
  const { db } = store;
  const ctx = { ...store.ctx, nowMs };
  const repId = ensureDefaultRep(db, ctx).id;
  const jobs = createJobService({ db, clock: { nowMs: () => ctx.nowMs }, newId: ctx.newId, onChange: () => {} });
  const packs = createPackService({ db, jobs, context: () => ctx, repId: () => repId, shippedDir: path.join(dir, '../packs'), templateProblem: macroProblem, onChanged: () => {}, onRemoved: () => {} });
  const stopped: string[] = [];
  const imported: string[] = [];
  let shopName = '';
  const demo = createDemoService({
    db, jobs, packs, context: () => ctx, repId: () => repId, demoDir: dir,
    openFile: (file, signal) => openFile(file, { fork: forkFromSource(), signal }),
    onImported: (kind) => void imported.push(kind),
    stopChannel: async (id) => void stopped.push(id),
    onRemoved: () => {}, onChanged: () => {},
    shopName: { get: () => ({ shopName, language: 'zh-Hans' }), set: (name) => void (shopName = name) },
  });
  /** Everything but the traces: audit, jobs, and tables that only count up. */
  const rows = (): Record<string, unknown[]> => {
    const { audit_entries: _audit, jobs: _jobs, sqlite_sequence: _sequence, ...rest } = listAllRows(db);
    return rest;
  };
  return { ...store, ctx, demo, packs, jobs, imported, stopped, rows, shopName: () => shopName, select: (sql: string): unknown[] => db.prepare(sql).all() };
}
