import type { EngineStatus } from '../../shared/contract/app.contract.ts';
import type { WritableDb } from '../db/database.ts';
import type { StoreKey } from '../db/open-db.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import { createEmbedQueue } from '../search/embed-queue.ts';
import { createEngineClient } from '../search/engine.client.ts';
import type { IndexKind } from '../search/index-writer.ts';
import { servingModelKey } from '../search/model-roles.repository.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { createSearchService } from '../search/search.service.ts';
import { wantedModelId } from '../search/wanted-model.repository.ts';
import type { AppOptions } from './app.types.ts';

export type EngineRoomDeps = { options: AppOptions; db: WritableDb; repId?: () => string; key: StoreKey; paths: StorePaths; onStatus: (status: EngineStatus) => void; onError: (error: unknown) => void };

/** The engine process, the queue that feeds it and the search that asks it. */
export function createEngineRoom({ options, db, repId, key, paths, onStatus, onError }: EngineRoomDeps) {
  const client = createEngineClient({ fork: options.fork, start: () => ({ storeFile: paths.store, key, modelsDir: [options.modelsDir, paths.models], modelId: wantedModelId(db), servingKey: servingModelKey(db) }), onStatus });
  const queue = createEmbedQueue({ db, engine: client, log: options.log, nowMs: options.clock.nowMs, onSwitched: client.restart });
  /** Background batches wait while a rep's question is answered. */
  const live = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = queue.hold();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const engine: SearchEngine = { ...client, search: (request, signal) => live(() => client.search(request, signal)) };
  return {
    engine,
    search: createSearchService({ db, engine, repId }),
    status: client.status,
    problem: client.problem,
    models: client.models,
    /** Reads anew what is stored and which model is wanted, and embeds what that leaves to do. */
    restart(): void {
      client.restart();
      queue.wake();
    },
    embedSoon: () => queue.wake(),
    /** Resolves when every stored text has its vector; for the command line and tests. */
    embedded: () => queue.whenIdle(),
    removed: (kind: IndexKind, seqs: readonly number[]) => client.notifyRemoved(kind, seqs),
    registerExamples(set: string, examples: readonly { id: string; text: string }[]): void {
      client.registerExamples(set, examples.map(({ id, text }) => ({ id, text }))).catch((error: unknown) => {
        // kept by the client and registered when the engine comes back
        if (!(error instanceof DeskmateError)) onError(error);
      });
    },
    async close(): Promise<void> {
      await queue.stop();
      await client.stop();
    },
  };
}
