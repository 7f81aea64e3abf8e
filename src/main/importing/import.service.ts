import { createReadStream } from 'node:fs';
import path from 'node:path';
import { importOptionsSchema, type ImportKind, type ImportOptions, type ImportPreview } from '../../shared/contract/import.contract.ts';
import type { ImportReport, Job } from '../../shared/contract/job.contract.ts';
import type { WritableDb } from '../db/database.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { checkMapping } from './column-mapping.ts';
import { importConversations } from './conversation.importer.ts';
import { throwIfCancelled, writeBatches } from './import-batch.ts';
import { listImportFiles } from './import-path.ts';
import { previewFile, previewFolder } from './import-preview.ts';
import { createReport, type ReportBuilder } from './import-report.ts';
import type { Importer } from './importer.ts';
import { importKnowledge } from './knowledge.importer.ts';
import { openAhead, type FileAhead } from './open-ahead.ts';
import { importAfterSales, importMacros, importOrders, importProducts, importPromotions, importReviews } from './shop.importers.ts';

const IMPORTERS: Readonly<Record<ImportKind, Importer>> = {
  conversations: importConversations,
  knowledge: importKnowledge,
  orders: importOrders,
  products: importProducts,
  promotions: importPromotions,
  'after-sales': importAfterSales,
  reviews: importReviews,
  macros: importMacros,
};

export type ImportDeps = {
  db: WritableDb;
  /** Opens an untrusted file: `openFile` of the files room with the host's fork. */
  openFile(path: string, signal?: AbortSignal): Promise<OpenedFile>;
  /** Absent where nobody watches jobs: the command line calls `run`. */
  jobs: Pick<JobService, 'run'>;
  /** Fresh ids, the time and the shop, asked for once an import. */
  writeContext(): WriteContext;
  /** After an import that stored anything, cancelled or not. */
  onImported(kind: ImportKind, report: ImportReport): void;
};

export type ImportRequestOptions = Partial<ImportOptions>;

export type ImportService = {
  /** First rows or passages, with kind and columns guessed. @throws DeskmateError file_unreadable, file_refused, bad_request */
  preview(path: string, kind?: ImportKind, options?: ImportRequestOptions): Promise<ImportPreview>;
  /** Imports in the background as a job. @throws DeskmateError bad_request for a mapping the kind does not know */
  start(path: string, kind: ImportKind, options?: ImportRequestOptions): Job;
  /**
   * Imports a file or a folder. A cancelled import answers what it had stored until then: whole batches, nothing else. Files that cannot be read as
   * a whole are one rejection with line null. @throws DeskmateError file_unreadable when there is nothing at the path
   */
  run(path: string, kind: ImportKind, options?: ImportRequestOptions, signal?: AbortSignal, progress?: JobProgress): Promise<ImportReport>;
};

export function createImportService(deps: ImportDeps): ImportService {
  const run: ImportService['run'] = async (target, kind, options, signal, progress = noProgress) => {
    const checked = checkedOptions(kind, options);
    const report = createReport();
    try {
      const { isFolder, files } = await listImportFiles(target);
      if (isFolder) progress.total(files.length);
      for (const ahead of openAhead(files, (filePath) => deps.openFile(filePath, signal))) {
        const inner = isFolder ? noProgress : progress;
        await importFile(deps, ahead, { kind, options: checked, report, signal, progress: inner });
        if (isFolder) progress.advance(1);
      }
    } catch (error) {
      if (!(error instanceof DeskmateError && error.code === 'cancelled')) throw error;
    }
    const built = report.build();
    if (built.added + built.updated > 0) deps.onImported(kind, built);
    return built;
  };
  return {
    run,
    start(target, kind, options) {
      checkedOptions(kind, options);
      return deps.jobs.run('import', path.basename(target), (progress, signal) => run(target, kind, options, signal, progress));
    },
    async preview(target, kind, options) {
      const request = { kind, options: importOptionsSchema.parse(options ?? {}) };
      const { isFolder, files } = await listImportFiles(target);
      if (isFolder) return previewFolder(target, files, request, (filePath) => deps.openFile(filePath));
      return previewFile(await deps.openFile(target), request);
    },
  };
}

const noProgress: JobProgress = { total: () => {}, advance: () => {} };

function checkedOptions(kind: ImportKind, options: ImportRequestOptions | undefined): ImportOptions {
  const parsed = importOptionsSchema.parse(options ?? {});
  if (parsed.mapping !== undefined) checkMapping(kind, parsed.mapping);
  return parsed;
}

type FileRun = { kind: ImportKind; options: ImportOptions; report: ReportBuilder; signal: AbortSignal | undefined; progress: JobProgress };

/** Codes that condemn one file; anything else is a fault of ours and ends the import. */
const FILE_FAULTS = new Set(['file_unreadable', 'file_refused', 'bad_request']);

async function importFile(deps: ImportDeps, { file, opened: opening }: FileAhead, { kind, options, report, signal, progress }: FileRun): Promise<void> {
  throwIfCancelled(signal);
  try {
    const opened = await opening;
    progress.total(await countRows(opened, options.sheet, signal));
    const items = IMPORTERS[kind](opened, { db: deps.db, ctx: deps.writeContext(), options, source: file.source });
    await writeBatches(items, { db: deps.db, file: file.source, report, signal, advance: progress.advance });
  } catch (error) {
    if (!(error instanceof DeskmateError) || !FILE_FAULTS.has(error.code)) throw error;
    report.reject(file.source, null, error.message);
  }
}

/**
 * About how many rows there are, for the progress; null when that is not known. A workbook is read through once for it, so that one which turns
 * out damaged half-way, or a bomb, is refused before anything of it is stored.
 */
async function countRows(file: OpenedFile, sheet: string | undefined, signal: AbortSignal | undefined): Promise<number | null> {
  if (file.hasDocument) return 1;
  let count = 0;
  if (file.format === 'xlsx') {
    for await (const _row of file.rows({ sheet })) count++;
    return count;
  }
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    throwIfCancelled(signal);
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
  }
  return count;
}
