import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppOptions } from '../app/app.types.ts';
import { readRiskExamples } from '../app/resources.ts';
import { macroProblem } from '../assist/macro-text.ts';
import { restoreStore } from '../db/backup.ts';
import { acquireStoreLock } from '../db/store-lock.ts';
import { loadEmbeddingModel } from '../engine/embedding-model.ts';
import { openFile } from '../files/open-file.ts';
import { checkPack } from '../packs/required-packs.ts';
import { systemClock } from '../platform/clock.ts';
import { silentLog } from '../platform/log.ts';
import { createNodeFork } from '../platform/node-fork.ts';
import { addedModelsDir, defaultStoreDir, storePaths } from '../platform/paths.ts';
import type { CliDeps, CliIo } from './cli.types.ts';
import { openCliServices } from './open-services.ts';
import { runCli } from './run-cli.ts';
import { openStoreReader, type StoreChoice } from './store-reader.ts';

// Beside this file when built; the project's out/ when it runs from its source.
const here = import.meta.dirname;
const root = path.join(here, existsSync(path.join(here, '../../package.json')) ? '../..' : '../../..');
const outDir = path.join(root, 'out/main');
const modelsDir = path.join(root, 'models');
const resourcesDir = path.join(root, 'resources');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const fork = createNodeFork(outDir);

const deps: CliDeps = {
  version,
  nowMs: systemClock.nowMs,
  defaultStoreDir,
  openServices: (store) => openCliServices(appOptions(store)),
  openReader: openStoreReader,
  restore,
  loadModel: (modelId, storeDir = defaultStoreDir()) => loadEmbeddingModel([modelsDir, ...[storeDir, defaultStoreDir()].map(addedModelsDir)], modelId),
  readRiskExamples: () => readRiskExamples(resourcesDir),
  openFile: (file) => openFile(file, { fork }),
  checkPack: (dir) => checkPack(dir, { shippedDir: path.join(resourcesDir, 'packs'), templateProblem: macroProblem }),
  serve,
};

function appOptions({ storeDir, keyFile, passphrase }: StoreChoice): AppOptions {
  return {
    host: 'cli', version, storeDir, modelsDir, resourcesDir, fork, parserCodeDir: outDir, secretBox: null, clock: systemClock, log: silentLog,
    ...(keyFile === undefined ? {} : { keyFile }), ...(passphrase === undefined ? {} : { passphrase }),
  };
}

async function restore({ storeDir, keyFile, passphrase }: StoreChoice, backupFile: string): Promise<void> {
  const paths = storePaths(storeDir);
  const lock = acquireStoreLock(paths.lock, { host: 'cli', nowMs: systemClock.nowMs() });
  try {
    await restoreStore(backupFile, paths, { passphrase, keyFile });
  } finally {
    lock.release();
  }
}

function serve(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, [path.join(outDir, 'loopback-host.js'), ...args], { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const abort = new AbortController();
// The first Ctrl-C lets a batch finish; a second one ends at once, as nobody listens any more.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
// `deskmate … | head` closes stdout early: that is the reader's choice, no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const io: CliIo = {
  stdin: process.stdin,
  writeOut: (text) => void process.stdout.write(text),
  writeErr: (text) => void process.stderr.write(text),
  env: process.env,
};
process.exitCode = await runCli(process.argv.slice(2), io, deps, abort.signal);
