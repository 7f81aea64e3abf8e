// A real encrypted store and real files for the tests of this room.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { WritableDb } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { openWriter, type StoreKey } from '../db/open-db.ts';
import { forkFromSource, temporaryFolder } from '../files/file-fixtures.ts';
import { openFile } from '../files/open-file.ts';
import { createJobService, type JobService } from '../jobs/job.service.ts';
import { createIdMaker } from '../platform/ids.ts';
import { createImportService, type ImportService } from './import.service.ts';

export type ImportBench = ReturnType<typeof temporaryFolder> & { db: WritableDb; imports: ImportService; jobs: JobService; imported: string[]; rows(sql: string): unknown[] };

export const NOW_MS = Date.UTC(2026, 0, 1);

/** A folder with an empty store and an import service over it; gone at the end of the test. */
export function importBench(): ImportBench {
  const folder = temporaryFolder();
  const db = openWriter(path.join(folder.path, 'store.db'), randomBytes(32) as StoreKey);
  migrate(db);
  const clock = { nowMs: () => NOW_MS };
  const newId = createIdMaker(clock);
  const jobs = createJobService({ db, onChange: () => {}, clock, newId });
  const imported: string[] = [];
  const imports = createImportService({
    db,
    jobs,
    openFile: (file, signal) => openFile(file, { fork: forkFromSource(), signal }),
    writeContext: () => ({ newId, nowMs: NOW_MS, shopId: 'shop' }),
    onImported: (kind, { added, updated }) => void imported.push(`${kind} ${added}+${updated}`),
  });
  return {
    ...folder,
    db,
    imports,
    jobs,
    imported,
    rows: (sql) => db.prepare(sql).all(),
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Text as GB18030, for the few characters that tests use. */
export function gb18030(text: string): Buffer {
  const bytes = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0xb0; lead <= 0xf7; lead++) for (let trail = 0xa1; trail <= 0xfe; trail++) bytes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  return Buffer.from([...text].flatMap((character) => bytes.get(character) ?? [...Buffer.from(character)]));
}

/** One line of JSON a value. */
export function jsonLines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
