import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { recordContact } from '../access/contact.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import type { AddOptions } from '../models/add-model.ts';
import { createMeasurer } from '../models/measure.client.ts';
import type { ModelProgress } from '../models/model-files.ts';
import { createModelService } from '../models/model.service.ts';
import { createOutwardStream } from '../platform/contact-log.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { servingModelKey } from '../search/model-roles.repository.ts';
import { setWantedModel, wantedModelId } from '../search/wanted-model.repository.ts';
import type { AppOptions } from './app.types.ts';

export type ModelWiringDeps = { db: WritableDb; options: Pick<AppOptions, 'modelsDir' | 'clock' | 'fork'>; paths: StorePaths; context: () => WriteContext; repId: () => RepId; jobs: JobService; /** Starts the engine anew, which then reads what is wanted. */ useModel: () => void };

/** The language models of this store: those that ship, and those in its folder. */
export function openModelRoom({ db, options, paths, context, repId, jobs, useModel }: ModelWiringDeps) {
  const models = createModelService({
    shippedDir: options.modelsDir,
    userDir: paths.models,
    nowMs: options.clock.nowMs,
    streamOutside: createOutwardStream((contact) => recordContact(db, contact), options.clock.nowMs),
    measure: createMeasurer(options.fork),
    wantedId: () => wantedModelId(db),
    servingId: () => servingModelKey(db)?.replace(/@[^@]*$/, '') ?? null,
    setWanted(id) {
      db.transaction(() => {
        const before = wantedModelId(db);
        setWantedModel(db, id);
        if (before !== id) insertAudit(db, context(), { repId: repId(), action: 'shop.settings_changed', entity: 'settings', entityId: 'shop', before: { embeddingModel: before }, after: { embeddingModel: id } });
      })();
      useModel();
    },
  });
  return {
    ...models,
    /** Adds in the background. The job bears the id of the model, and counts the bytes that were fetched and copied. @throws DeskmateError bad_request, conflict */
    startAdd(target: string, options: AddOptions): Job {
      const id = models.idFor(target, options);
      if (jobs.isBusy('model')) throw new DeskmateError('conflict', 'A model is being added already. Wait until it is done.');
      return jobs.run('model', id, async (progress, signal) => {
        await models.add(target, { ...options, id }, { signal, onProgress: countedBytes(progress) });
        return null;
      });
    },
  };
}

/** One count over all steps; while it measures, nobody knows how long. */
function countedBytes(progress: JobProgress): (told: ModelProgress) => void {
  let [step, before, inStep] = ['', 0, 0];
  return (told) => {
    if (told.step !== step) [step, before, inStep] = [told.step, before + inStep, 0];
    progress.total(told.totalBytes === null ? null : before + told.totalBytes);
    progress.advance(told.doneBytes - inStep);
    inStep = told.doneBytes;
  };
}
