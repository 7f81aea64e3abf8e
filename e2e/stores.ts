import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createFirstRun } from '../src/main/app/first-run.service.ts';
import { createKey } from '../src/main/db/key-store.ts';
import { migrate } from '../src/main/db/migrate.ts';
import { openWriter } from '../src/main/db/open-db.ts';
import { storePaths } from '../src/main/platform/paths.ts';

const root = path.join(import.meta.dirname, '..');
const INSTALL_LIMIT_MS = 300_000;

/** `newcomer`: nothing in it, the first steps still to be taken; `empty`: taken, and no shop yet; `demo`: with the demo shop, all of it indexed. */
export type ShopKind = 'newcomer' | 'empty' | 'demo';

/** Fills the empty folder `storeDir`. Needs the build. */
export function fillStore(storeDir: string, kind: ShopKind): void {
  if (kind === 'empty') makeSettledStore(storeDir);
  if (kind === 'demo') cpSync(demoTemplate(), storeDir, { recursive: true });
}

function makeSettledStore(storeDir: string): void {
  const paths = storePaths(storeDir);
  const db = openWriter(paths.store, createKey(paths.key));
  migrate(db);
  createFirstRun(db).finish();
  db.close();
}

/** The demo shop takes seconds to install and index, so that is done once a build; the dates in it are those of the day. */
function demoTemplate(): string {
  const cli = path.join(root, 'out/main/cli.js');
  const builtMs = Math.round(statSync(cli).mtimeMs);
  const day = new Date().toISOString().slice(0, 10);
  const dir = path.join(root, 'test-results', `demo-store-${day}-${builtMs}`);
  if (existsSync(dir)) return dir;
  const making = `${dir}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  makeSettledStore(making);
  const { status, stderr } = spawnSync(process.execPath, [cli, 'demo', 'install', '--data', making], { encoding: 'utf8', timeout: INSTALL_LIMIT_MS });
  if (status !== 0) throw new Error(`the demo shop was not installed: ${stderr}`);
  try {
    renameSync(making, dir);
  } catch (error) {
    // the other worker was quicker
    if (!existsSync(dir)) throw error;
    rmSync(making, { recursive: true, force: true });
  }
  return dir;
}

/** Where a test keeps the files it imports into a store; goes with the store. */
export function filesDirOf(storeDir: string): string {
  return `${storeDir}-files`;
}
