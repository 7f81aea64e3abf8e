import { existsSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HealthReport, ModelCheck, StoreCheck } from '../../shared/contract/trust.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { schemaVersion } from '../db/migrate.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { JobService } from '../jobs/job.service.ts';
import type { ModelService } from '../models/model.service.ts';
import { messageOf } from '../platform/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { StorePaths } from '../platform/paths.ts';
import { countPending } from '../search/embed-queue.ts';
import type { IndexKind } from '../search/index-writer.ts';
import { checkWordIndexes, countIndexRows, countSearchedRows, isRebuildDue, rebuildIndex } from '../search/rebuild-index.ts';
import { listSetAsideTexts, retryText } from '../search/set-aside.repository.ts';
import { runInTurns } from '../search/slices.ts';

export type HealthDeps = {
  db: WritableDb; paths: StorePaths; clock: Clock; models: Pick<ModelService, 'checkInUse'>; jobs: JobService; lastBackupAt: () => number | null; openFile: (file: string) => Promise<OpenedFile>;
  engine: { problem(): string | null; restart(): void; embedSoon(): void };
};

/** What the Health page shows and what it can do about it. */
export function createHealthService(deps: HealthDeps) {
  const { db, paths, clock, jobs, engine } = deps;
  const rebuild = (): Job => jobs.run('index', '', async (progress, signal) => {
    progress.total(countSearchedRows(db));
    await runInTurns(rebuildIndex(db, (count) => progress.advance(count)), () => signal.aborted);
    // what the engine holds in memory is of the former index
    engine.restart();
    engine.embedSoon();
    return null;
  });
  return {
    report: (): HealthReport => ({
      store: { bytes: sizeOf(paths.store), walBytes: sizeOf(`${paths.store}-wal`), freeBytes: freeBytesAt(paths.dir), schemaVersion: schemaVersion(db), lastBackupAt: deps.lastBackupAt() },
      index: countIndexRows(db),
      pendingCount: countPending(db),
      isRebuilding: isRebuildDue(db),
      setAside: listSetAsideTexts(db),
      engineProblem: engine.problem(),
    }),
    checkStore(): StoreCheck {
      const answers = db.prepare('PRAGMA quick_check(20)').pluck().all() as string[];
      return { problems: [...answers.filter((answer) => answer !== 'ok'), ...checkWordIndexes(db)], checkedAt: clock.nowMs() };
    },
    checkModels: (): ModelCheck[] => deps.models.checkInUse().map((checked) => ({ ...checked, checkedAt: clock.nowMs() })),
    checkParser: () => checkParser(deps),
    /** Starts over only when none is under way: a rebuild goes on where it was. */
    rebuild,
    /** At start: a rebuild that a stop or a kill cut short. */
    goOn(): void {
      if (isRebuildDue(db)) rebuild();
    },
    restartEngine(): void {
      engine.restart();
      engine.embedSoon();
    },
    retryText(kind: IndexKind, seq: number): void {
      retryText(db, kind, seq);
      engine.embedSoon();
    },
  };
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

function freeBytesAt(dir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Really forks the parser over a small file of our own. */
async function checkParser({ paths, openFile }: HealthDeps): Promise<{ problem: string | null }> {
  const file = path.join(paths.spool, 'parser-check.html');
  try {
    mkdirSync(paths.spool, { recursive: true });
    writeFileSync(file, '<!doctype html><h1>ok</h1><p>ok</p>');
    const { blocks } = await (await openFile(file)).document();
    return { problem: blocks.length > 0 ? null : 'The parser read nothing from a file that holds something.' };
  } catch (error) {
    return { problem: messageOf(error) };
  } finally {
    rmSync(file, { force: true });
  }
}
