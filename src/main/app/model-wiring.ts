import type { RepId } from '../../shared/contract/ids.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { recordContact } from '../access/contact.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { createModelService } from '../models/model.service.ts';
import { createOutwardStream } from '../platform/contact-log.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { servingModelKey } from '../search/model-roles.repository.ts';
import { setWantedModel, wantedModelId } from '../search/wanted-model.repository.ts';
import type { AppOptions } from './app.types.ts';

export type ModelWiringDeps = { db: WritableDb; options: Pick<AppOptions, 'modelsDir' | 'clock'>; paths: StorePaths; context: () => WriteContext; repId: () => RepId; /** Starts the engine anew, which then reads what is wanted. */ useModel: () => void };

/** The language models of this store: those that ship, and those in its folder. */
export function openModelRoom({ db, options, paths, context, repId }: ModelWiringDeps) {
  return createModelService({
    shippedDir: options.modelsDir,
    userDir: paths.models,
    nowMs: options.clock.nowMs,
    streamOutside: createOutwardStream((contact) => recordContact(db, contact), options.clock.nowMs),
    wantedId: () => wantedModelId(db),
    servingId: () => servingModelKey(db)?.replace(/@[^@]*$/, '') ?? null,
    setWanted: (id) =>
      db.transaction(() => {
        const before = wantedModelId(db);
        setWantedModel(db, id);
        if (before !== id) insertAudit(db, context(), { repId: repId(), action: 'shop.settings_changed', entity: 'settings', entityId: 'shop', before: { embeddingModel: before }, after: { embeddingModel: id } });
      })(),
  });
}
