// Runs commands in this process, over real services, with what they print kept.
import path from 'node:path';
import { readRiskExamples } from '../app/resources.ts';
import { testAppOptions } from '../app/app.fixture.ts';
import { macroProblem } from '../assist/macro-text.ts';
import { restoreStore } from '../db/backup.ts';
import { loadEmbeddingModel } from '../engine/embedding-model.ts';
import { forkFromSource } from '../files/file-fixtures.ts';
import { openFile } from '../files/open-file.ts';
import { checkPack } from '../packs/required-packs.ts';
import { systemClock } from '../platform/clock.ts';
import { addedModelsDir, storePaths } from '../platform/paths.ts';
import type { CliServices } from './cli-services.ts';
import type { CliDeps } from './cli.types.ts';
import { openCliServices } from './open-services.ts';
import { runCli } from './run-cli.ts';
import { openStoreReader } from './store-reader.ts';

const root = path.join(import.meta.dirname, '../../..');

export type CliRun = { code: number; out: string; err: string };

/** Opening a store, the model or a host is a fault unless the command is one that needs it: tests say so with `change`. */
export const refusingDeps: CliDeps = {
  version: '9.9.9',
  nowMs: () => Date.UTC(2026, 0, 1),
  defaultStoreDir: () => '/nonexistent',
  openServices: () => Promise.reject(new Error('this command opened the store')),
  openReader: () => Promise.reject(new Error('this command read the store')),
  restore: () => Promise.reject(new Error('this command restored a store')),
  loadModel: () => Promise.reject(new Error('this command loaded the model')),
  readRiskExamples: () => [],
  openFile: (file) => openFile(file, { fork: forkFromSource() }),
  checkPack: (dir) => checkPack(dir, { shippedDir: path.join(root, 'resources/packs'), templateProblem: macroProblem }),
  serve: () => Promise.reject(new Error('this command served')),
};

/** The real model and examples, still without a store. */
export const modelDeps: CliDeps = {
  ...refusingDeps,
  loadModel: (modelId, storeDir = '') => loadEmbeddingModel([path.join(root, 'models'), addedModelsDir(storeDir)], modelId),
  readRiskExamples: () => readRiskExamples(path.join(root, 'resources')),
};

export const storeDeps: CliDeps = {
  ...modelDeps,
  nowMs: systemClock.nowMs,
  openServices: ({ storeDir, ...means }) => openCliServices(testAppOptions(storeDir, { host: 'cli', ...means })),
  openReader: openStoreReader,
  restore: async ({ storeDir, keyFile, passphrase }, file) => void (await restoreStore(file, storePaths(storeDir), { keyFile, passphrase })),
};

/** Opens a store once for several commands, because the engine takes seconds to start; `close` really closes it. */
export function keepOpen(deps: CliDeps): { deps: CliDeps; close(): Promise<void> } {
  let open: Promise<CliServices> | undefined;
  return {
    deps: { ...deps, openServices: async (store) => ({ ...(await (open ??= deps.openServices(store))), close: () => Promise.resolve() }) },
    close: async () => (await open)?.close(),
  };
}

export async function cli(args: readonly string[], options: { stdin?: string; deps?: CliDeps; env?: Record<string, string>; signal?: AbortSignal } = {}): Promise<CliRun> {
  const run: CliRun = { code: -1, out: '', err: '' };
  const bytes = Buffer.from(options.stdin ?? '');
  run.code = await runCli(
    args,
    {
      stdin: (async function* () {
        // In two pieces, cut anywhere, as pipes do.
        yield await Promise.resolve(bytes.subarray(0, 7));
        yield bytes.subarray(7);
      })(),
      writeOut: (text) => void (run.out += text),
      writeErr: (text) => void (run.err += text),
      env: options.env ?? {},
    },
    options.deps ?? refusingDeps,
    options.signal ?? new AbortController().signal,
  );
  return run;
}

/** Each printed line as JSON. */
export function jsonOf(run: CliRun): unknown[] {
  return run.out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}
