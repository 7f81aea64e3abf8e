import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Settings } from '../../shared/contract/app.contract.ts';
import type { ChannelId, JobId, RepId } from '../../shared/contract/ids.contract.ts';
import { DEMO_PACK, type DemoStatus } from '../../shared/contract/demo.contract.ts';
import type { ImportKind } from '../../shared/contract/import.contract.ts';
import type { ImportReport, Job } from '../../shared/contract/job.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { createImportService, type ImportDeps, type ImportService } from '../importing/import.service.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { findPack } from '../packs/pack.repository.ts';
import { addReport, type PackService } from '../packs/pack.service.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { claimLiveRows, deleteConversation, deleteDemoRows, hasCustomers, listDemoConversations, listLiveChannels, readDemo, recordingContext, trimDemoRows, writeDemo } from './demo.repository.ts';
import { partOf } from './part-progress.ts';

export type DemoDeps = {
  db: WritableDb;
  context(): WriteContext;
  repId(): RepId;
  jobs: Pick<JobService, 'run' | 'settled'>;
  packs: Pick<PackService, 'installNow' | 'removeNow'>;
  /** The pack folder of the demo shop, its `shop` folder in it. */
  demoDir: string;
  openFile: ImportDeps['openFile'];
  onImported: ImportDeps['onImported'];
  stopChannel(id: ChannelId): Promise<unknown>;
  onRemoved(kind: 'message' | 'reply', seqs: number[]): void;
  /** The shop's name as the settings have it, and the language they are in. */
  shopName: { get(): Pick<Settings, 'shopName' | 'language'>; set(name: string): void };
  /** The demo shop came or went: names, figures and lists are others now. */
  onChanged(): void;
};

/** The files of the shop folder, what others refer to first. */
const SHOP_FILES: readonly [file: string, kind: ImportKind][] = [
  ['products.jsonl', 'products'], ['promotions.csv', 'promotions'], ['orders.csv', 'orders'], ['live-orders.csv', 'orders'], ['after-sales.csv', 'after-sales'], ['reviews.csv', 'reviews'], ['conversations.jsonl', 'conversations'],
];
/** What the knowledge of the pack counts in the progress, beside one for each line of the shop's files. */
const PACK_WEIGHT = 1500;
const REMOVED_AT_ONCE = 10;

type WorkOptions = { signal?: AbortSignal | undefined; progress?: JobProgress | undefined };
const NO_PROGRESS: JobProgress = { total: () => {}, advance: () => {} };

export type DemoService = ReturnType<typeof createDemoService>;

/** The demo shop: brought in by the pack loader and the importers of real data, taken out without a trace of it. */
export function createDemoService(deps: DemoDeps) {
  const { db, jobs } = deps;
  let jobId: JobId | null = null;
  const start = (title: string, work: (options: WorkOptions) => Promise<ImportReport>): Job => {
    if (jobId !== null) throw new DeskmateError('conflict', 'The demo shop is being installed or removed already.');
    // behind running imports and packs, which write the same kinds of rows
    const job = jobs.run('import', title, (progress, signal) => work({ progress, signal }));
    jobId = job.id;
    void jobs.settled(job.id).catch(() => {}).finally(() => {
      jobId = null;
      deps.onChanged();
    });
    return job;
  };
  const status = (): DemoStatus => {
    const stored = readDemo(db);
    return { state: stored?.state ?? 'none', installedAt: stored?.installedAt ?? null, jobId, canInstall: stored !== null || !hasCustomers(db) };
  };
  const assertInstallable = (): void => {
    if (!status().canInstall) throw new DeskmateError('conflict', 'This store holds customers of the shop. The demo shop goes into a store without them: start Deskmate with another data folder to try it.');
  };
  return {
    status,
    /** @throws DeskmateError conflict when the store holds other customers, or while it is being installed or removed */
    install(): Job {
      assertInstallable();
      return start(DEMO_PACK, (options) => installDemo(deps, options));
    },
    /** @throws DeskmateError not_found, or conflict while it is being installed or removed */
    remove(): Job {
      assertThere(db);
      return start(DEMO_PACK, (options) => removeDemo(deps, options));
    },
    /** The work of `install` without a job. @throws DeskmateError conflict, cancelled */
    async installNow(options: WorkOptions = {}): Promise<ImportReport> {
      assertInstallable();
      return installDemo(deps, options);
    },
    async removeNow(options: WorkOptions = {}): Promise<ImportReport> {
      assertThere(db);
      return removeDemo(deps, options);
    },
  };
}

function assertThere(db: WritableDb): void {
  if (readDemo(db) === null) throw new DeskmateError('not_found', 'This is no demo store.');
}

async function installDemo(deps: DemoDeps, { signal, progress = NO_PROGRESS }: WorkOptions): Promise<ImportReport> {
  const { db } = deps;
  const files = SHOP_FILES.map(([file, kind]) => ({ file: path.join(deps.demoDir, 'shop', file), kind })).filter(({ file }) => existsSync(file));
  const counted = await Promise.all(files.map(async (each) => ({ ...each, lineCount: await countLines(each.file) })));
  progress.total(counted.reduce((sum, { lineCount }) => sum + lineCount, PACK_WEIGHT));
  const before = readDemo(db);
  writeDemo(db, { state: 'partial', installedAt: before?.installedAt ?? null, givenName: before?.givenName ?? null });
  const report: ImportReport = { added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };
  const knowledge = partOf(progress, PACK_WEIGHT);
  addReport(report, await deps.packs.installNow({ path: deps.demoDir }, { signal, progress: knowledge }));
  knowledge.finish();
  const shiftDays = findPack(db, DEMO_PACK)?.shiftDays ?? 0;
  const imports = demoImports(deps);
  for (const { file, kind, lineCount } of counted) {
    const part = partOf(progress, lineCount);
    addReport(report, await imports.run(file, kind, { shiftDays }, signal, part));
    trimDemoRows(db);
    if (signal?.aborted === true) return report;
    part.finish();
  }
  const ctx = deps.context();
  db.transaction(() => {
    writeDemo(db, { state: 'installed', installedAt: before?.installedAt ?? ctx.nowMs, givenName: before?.givenName ?? nameShop(deps) });
    insertAudit(db, ctx, { repId: deps.repId(), action: 'demo.installed', entity: 'pack', entityId: DEMO_PACK });
  })();
  return report;
}

/** A shop without a name takes that of the demo shop, which macros speak of; a name that somebody gave stays. */
function nameShop({ db, shopName }: DemoDeps): string | null {
  const { shopName: current, language } = shopName.get();
  const title = findPack(db, DEMO_PACK)?.title;
  const name = (language === 'en' ? title?.en : title?.zh) ?? null;
  if (current !== '' || name === null) return null;
  shopName.set(name);
  return name;
}

function demoImports({ db, jobs, context, openFile, onImported }: DemoDeps): ImportService {
  return createImportService({ db, jobs, openFile, onImported, writeContext: () => recordingContext(db, context()) });
}

async function countLines(file: string): Promise<number> {
  let count = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) for (const byte of chunk) if (byte === 10) count++;
  return count;
}

async function removeDemo(deps: DemoDeps, { signal, progress = NO_PROGRESS }: WorkOptions): Promise<ImportReport> {
  const { db } = deps;
  const { installedAt = null, givenName = null } = readDemo(db) ?? {};
  writeDemo(db, { state: 'partial', installedAt, givenName });
  for (const id of listLiveChannels(db)) await deps.stopChannel(id);
  claimLiveRows(db);
  const conversations = listDemoConversations(db);
  progress.total(conversations.length + PACK_WEIGHT);
  await removeConversations(deps, conversations, progress, signal);
  const knowledge = partOf(progress, PACK_WEIGHT);
  let rowCount = conversations.length;
  if (findPack(db, DEMO_PACK) !== undefined) rowCount += (await deps.packs.removeNow(DEMO_PACK, { signal, progress: knowledge, keepsChanged: false })).updated;
  const ctx = deps.context();
  db.transaction(() => {
    deleteDemoRows(db);
    writeDemo(db, null);
    if (givenName !== null && deps.shopName.get().shopName === givenName) deps.shopName.set('');
    insertAudit(db, ctx, { repId: deps.repId(), action: 'demo.removed', entity: 'pack', entityId: DEMO_PACK });
  })();
  knowledge.finish();
  return { added: 0, updated: rowCount, unchanged: 0, rejected: [], rejectedCount: 0 };
}

async function removeConversations({ db, onRemoved }: DemoDeps, ids: readonly string[], progress: JobProgress, signal: AbortSignal | undefined): Promise<void> {
  for (let at = 0; at < ids.length; at += REMOVED_AT_ONCE) {
    if (signal?.aborted === true) throw new DeskmateError('cancelled', 'It was cancelled; removing it again goes on.');
    const batch = ids.slice(at, at + REMOVED_AT_ONCE);
    const seqs = db.transaction(() => batch.flatMap((id) => deleteConversation(db, id)))();
    // a seq names one row of messages: whichever index holds it forgets it
    for (const kind of ['message', 'reply'] as const) onRemoved(kind, seqs);
    progress.advance(batch.length);
    await nextTurn();
  }
}
