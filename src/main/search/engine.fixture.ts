import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WritableDb } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { openWriter, type StoreKey } from '../db/open-db.ts';
import { wrapChild } from '../platform/node-fork.ts';
import type { ForkedProcess } from '../platform/port.ts';
import { servingModelKey } from './model-roles.repository.ts';
import { createEngineClient, type EngineClient, type EngineClientOptions } from './engine.client.ts';

export const MODELS_DIR = path.join(import.meta.dirname, '../../../models');

/** A store on disk and the real engine process beside it, run from source. */
export type EngineBench = { db: WritableDb; engine: EngineClient; processes: ForkedProcess[]; killEngine(): void; close(): Promise<void> };

export function openEngineBench(prepare: (db: WritableDb) => void = () => {}, options: Partial<EngineClientOptions> & { modelsDir?: string; wantedId?: () => string } = {}): EngineBench {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-engine-'));
  const storeFile = path.join(dir, 'store.db');
  const key = Buffer.alloc(32, 3) as StoreKey;
  const db = openWriter(storeFile, key);
  migrate(db);
  prepare(db);
  const processes: ForkedProcess[] = [];
  const engine = createEngineClient({
    fork: () => {
      const forked = wrapChild(fork(path.join(import.meta.dirname, 'engine.process.ts'), { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
      processes.push(forked);
      return forked;
    },
    start: () => ({ storeFile, key, modelsDir: options.modelsDir ?? MODELS_DIR, servingKey: servingModelKey(db), ...(options.wantedId && { modelId: options.wantedId() }) }),
    ...options,
  });
  return {
    db, engine, processes,
    killEngine: () => process.kill(processes.at(-1)?.pid ?? Number.NaN, 'SIGKILL'),
    async close() {
      await engine.stop();
      db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
