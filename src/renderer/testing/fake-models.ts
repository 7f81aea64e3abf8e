import { ORPCError } from '@orpc/server';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import { jobIdSchema } from '../../shared/contract/ids.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { Model } from '../../shared/contract/model.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** What the fake knows of models: one is added at once unless `error` says why not; `isSlow` leaves the job running. */
export type FakeModels = { models: Model[]; error: string | null; isSlow: boolean; problems: string[] };

export function sampleModel(id: string, change: Partial<Model> = {}): Model {
  return { id, origin: 'folder', source: `/models/${id}`, revision: null, licence: 'mit', dims: 384, bytes: 118_000_000, state: 'ok', reason: null, speed: { shortTextCpuMs: 12.5, textsPerCpuSecond: 160 }, isWanted: false, isServing: false, ...change };
}

export function createFakeModels(change: Partial<FakeModels> = {}): FakeModels {
  const shipped = sampleModel('deskmate-embed-2', { origin: 'shipped', source: null, licence: 'MIT', dims: 256, bytes: 5_082_321, speed: null, isWanted: true, isServing: true });
  return { models: [shipped], error: null, isSlow: false, problems: [], ...change };
}

export function fakeModelHandlers(os: FakeOs, shelf: FakeModels, emit: (event: AppEvent) => void) {
  return {
    model: {
      list: os.model.list.handler(() => shelf.models),
      add: os.model.add.handler(({ input }) => {
        const title = input.id ?? input.target.split('/').at(-1) ?? '';
        if (shelf.models.some(({ id }) => id === title)) throw new ORPCError('conflict', { message: `There is a model ${title} already. Remove it first, or give the new one another name.` });
        const state = shelf.isSlow ? 'running' : shelf.error === null ? 'done' : 'failed';
        const job: Job = { id: jobIdSchema.parse(sampleId('M', shelf.models.length)), kind: 'model', title, state, doneRatio: 0.25, doneCount: 29_500_000, perSecond: 2_000_000, error: shelf.error, report: null, startedAt: SAMPLE_NOW + 1, endedAt: null };
        if (state === 'done') shelf.models = [...shelf.models, sampleModel(title, { source: input.target })];
        emit({ type: 'job.changed', job });
        return job;
      }),
      use: os.model.use.handler(({ input }) => (shelf.models = shelf.models.map((model) => ({ ...model, isWanted: model.id === input.id })))),
      remove: os.model.remove.handler(({ input }) => (shelf.models = shelf.models.filter(({ id }) => id !== input.id))),
      check: os.model.check.handler(() => ({ problems: shelf.problems })),
    },
  };
}
