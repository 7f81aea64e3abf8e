import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { ImportReport, Job } from '../../shared/contract/job.contract.ts';
import type { Pack, PackProblem, PackSource } from '../../shared/contract/pack.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { countUnits, loadPack, unloadPack, type LoadEnv } from './pack-loader.ts';
import type { PackManifest } from './pack-schemas.ts';
import { countPack, findPack, listIntents, listPacks, type InstalledPack } from './pack.repository.ts';
import type { ReadPack } from './pack.types.ts';
import { readManifestOf, readPack } from './read-pack.ts';
import { findRequired, intentsFor } from './required-packs.ts';

export type PackServiceDeps = {
  db: WritableDb;
  jobs: Pick<JobService, 'run'>;
  context(): WriteContext;
  repId(): RepId;
  /** Why a Liquid template cannot be filled in, or null. */
  templateProblem(template: string): string | null;
  /** Its subfolders are the packs that ship with the app. */
  shippedDir: string;
  onChanged(): void;
  /** Rows that left the index. */
  onRemoved(kind: 'passage' | 'macro', seqs: number[]): void;
};

type WorkOptions = { signal?: AbortSignal | undefined; progress?: JobProgress };

export type PackService = {
  /** Installed ones by name, then those that ship with the app and are not installed. */
  list(): Promise<Pack[]>;
  /** Every problem of a pack, none when it may be installed; nothing is stored. @throws DeskmateError file_unreadable, file_refused, not_found */
  check(source: PackSource): Promise<PackProblem[]>;
  install(source: PackSource): Job;
  remove(name: string): Job;
  /** The work of `install` without a job: required packs that ship with the app come first. @throws DeskmateError bad_request with the problems, conflict, cancelled */
  installNow(source: PackSource, options?: WorkOptions): Promise<ImportReport>;
  /** @throws DeskmateError not_found, conflict while another pack needs it, cancelled */
  removeNow(name: string, options?: WorkOptions & { keepsChanged?: boolean }): Promise<ImportReport>;
};

const LISTED_PROBLEM_COUNT = 20;
const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;
const NO_PROGRESS: JobProgress = { total: () => {}, advance: () => {} };

export function createPackService(deps: PackServiceDeps): PackService {
  const { db, jobs } = deps;
  const installNow: PackService['installNow'] = (source, options = {}) => installPack(deps, folderOf(deps, source), options);
  const removeNow: PackService['removeNow'] = (name, options = {}) => removePack(deps, name, options);
  return {
    list: () => listAll(deps),
    check: async (source) => (await readFolder(deps, folderOf(deps, source))).problems,
    // imports and packs write the same kinds of rows: they queue behind one another
    install: (source) => jobs.run('import', 'name' in source ? source.name : path.basename(source.path), (progress, signal) => installNow(source, { progress, signal })),
    remove(name) {
      refuseUnknown(db, name);
      return jobs.run('import', name, (progress, signal) => removeNow(name, { progress, signal }));
    },
    installNow,
    removeNow,
  };
}

/** Whole days from the reference date of a pack to today in China; 0 for a pack without one. */
export function shiftDaysOf({ reference_date: reference }: Pick<PackManifest, 'reference_date'>, nowMs: number): number {
  return reference === undefined ? 0 : Math.floor((nowMs + CHINA_OFFSET_MS) / DAY_MS) - Date.parse(`${reference}T00:00:00Z`) / DAY_MS;
}

/** One problem as it is shown everywhere. */
export function problemLine({ file, line, message }: PackProblem): string {
  return `${file}:${line}: ${message}`;
}

function folderOf({ shippedDir }: PackServiceDeps, source: PackSource): string {
  if ('path' in source) return path.resolve(source.path);
  if (!/^[a-z0-9-]+$/.test(source.name)) throw new DeskmateError('not_found', 'No such pack ships with Deskmate.');
  return path.join(shippedDir, source.name);
}

function readFolder(deps: PackServiceDeps, dir: string): ReturnType<typeof readPack> {
  const installed = { ids: listIntents(deps.db).map(({ id }) => id), has: (name: string) => isInstalled(deps, name) };
  return readPack(dir, { templateProblem: deps.templateProblem, intentsOf: (requires) => intentsFor(requires, dir, deps.shippedDir, installed) });
}

function isInstalled({ db }: PackServiceDeps, name: string): boolean {
  return (findPack(db, name)?.sha256 ?? '') !== '';
}

/** The packs to install, needed ones first; those that are installed already are left out. */
async function planOf(deps: PackServiceDeps, dir: string, above: readonly string[] = []): Promise<ReadPack[]> {
  const { pack, problems } = await readFolder(deps, dir);
  if (pack === null) throw new DeskmateError('bad_request', problemsSentence(problems));
  const { name, requires } = pack.manifest;
  if (above.includes(name)) throw new DeskmateError('bad_request', `The packs ${[...above, name].join(', ')} require one another; one of them must not.`);
  const plan: ReadPack[] = [];
  for (const required of requires) {
    if (isInstalled(deps, required) || plan.some(({ manifest }) => manifest.name === required)) continue;
    const found = await findRequired(required, dir, deps.shippedDir);
    if (found !== null) plan.push(...(await planOf(deps, found, [...above, name])));
  }
  return [...plan, pack];
}

function problemsSentence(problems: readonly PackProblem[]): string {
  const rest = problems.length - LISTED_PROBLEM_COUNT;
  const lines = problems.slice(0, LISTED_PROBLEM_COUNT).map(problemLine).join('\n');
  return `The pack was not installed and nothing was touched.\n${lines}${rest > 0 ? `\nand ${rest} more` : ''}`;
}

async function installPack(deps: PackServiceDeps, dir: string, { signal, progress = NO_PROGRESS }: WorkOptions): Promise<ImportReport> {
  const { db } = deps;
  const plan = await planOf(deps, dir);
  progress.total(plan.reduce((sum, pack) => sum + countUnits(pack), 0));
  const report: ImportReport = { added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };
  try {
    for (const pack of plan) {
      const ctx = deps.context();
      const shiftDays = findPack(db, pack.manifest.name)?.shiftDays ?? shiftDaysOf(pack.manifest, ctx.nowMs);
      const onComplete = (): void => insertAudit(db, ctx, { repId: deps.repId(), action: 'pack.installed', entity: 'pack', entityId: pack.manifest.name, after: { version: pack.manifest.version } });
      addReport(report, await loadPack(pack, shiftDays, { ...envOf(deps, ctx, signal, progress), onComplete }));
    }
  } finally {
    deps.onChanged();
  }
  return report;
}

/** Sums reports of parts of one job. */
export function addReport(sum: ImportReport, part: ImportReport): void {
  sum.added += part.added;
  sum.updated += part.updated;
  sum.unchanged += part.unchanged;
  sum.rejected.push(...part.rejected);
  sum.rejectedCount += part.rejectedCount;
}

function envOf({ db, onRemoved }: PackServiceDeps, ctx: WriteContext, signal: AbortSignal | undefined, progress: JobProgress): Omit<LoadEnv, 'onComplete'> {
  return { db, ctx, signal, progress, onRemoved };
}

async function removePack(deps: PackServiceDeps, name: string, { signal, progress = NO_PROGRESS, keepsChanged = true }: WorkOptions & { keepsChanged?: boolean }): Promise<ImportReport> {
  const { db } = deps;
  const { version } = refuseUnknown(db, name);
  const dependent = listPacks(db).find(({ requires }) => requires.includes(name));
  if (dependent !== undefined) throw new DeskmateError('conflict', `The pack ${dependent.name} needs ${name}. Remove that one first.`);
  const { articles, macros } = countPack(db, name);
  progress.total(articles + macros);
  const ctx = deps.context();
  try {
    const onComplete = (): void => insertAudit(db, ctx, { repId: deps.repId(), action: 'pack.removed', entity: 'pack', entityId: name, before: { version } });
    const unchanged = await unloadPack(name, { ...envOf(deps, ctx, signal, progress), onComplete }, { keepsChanged });
    return { added: 0, updated: articles + macros - unchanged, unchanged, rejected: [], rejectedCount: 0 };
  } finally {
    deps.onChanged();
  }
}

function refuseUnknown(db: WritableDb, name: string): InstalledPack {
  const installed = findPack(db, name);
  if (installed === undefined) throw new DeskmateError('not_found', `The pack ${name} is not installed.`);
  return installed;
}

async function listAll({ db, shippedDir }: PackServiceDeps): Promise<Pack[]> {
  const installed = listPacks(db).map(({ sha256, shiftDays: _shiftDays, ...pack }): Pack => ({ ...pack, state: sha256 === '' ? 'partial' : 'installed', counts: countPack(db, pack.name) }));
  const names = new Set(installed.map(({ name }) => name));
  const folders = await readdir(shippedDir, { withFileTypes: true }).catch(() => []);
  const shipped = await Promise.all(folders.filter((entry) => entry.isDirectory()).map(({ name }) => readManifestOf(path.join(shippedDir, name))));
  const available = shipped.filter((manifest) => manifest !== null).filter(({ name }) => !names.has(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...installed, ...available.map(availablePack)];
}

function availablePack({ name, version, title, languages, licence, requires }: PackManifest): Pack {
  return { name, version, title, languages, licence, requires, state: 'available', counts: { articles: 0, macros: 0, intents: 0, rules: 0, media: 0 }, installedAt: null, updatedAt: null };
}
