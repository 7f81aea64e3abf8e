import type { ReadableDb } from '../db/database.ts';
import { adaptedModel } from '../engine/adapted-model.ts';
import type { EmbeddingModel, ModelIdentity } from '../engine/embedding-model.ts';
import type { StaticModel } from '../engine/static-model.ts';
import { listAdaptedModels, readAdaptedTable } from './adapted-model.repository.ts';

/** The adapted model that is in use, when one is and it was made from exactly this base; undefined: the base itself is. */
export function findAcceptedModel(db: ReadableDb, base: ModelIdentity, own: StaticModel): EmbeddingModel | undefined {
  const accepted = listAdaptedModels(db).find(({ state, baseKey }) => state === 'accepted' && baseKey === base.key);
  const table = accepted === undefined ? undefined : readAdaptedTable(db, accepted.key);
  return table === undefined ? undefined : adaptedModel(base, own, table);
}
