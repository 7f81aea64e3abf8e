import { ORPCError } from '@orpc/server';
import type { AdaptChange, AdaptStatus } from '../../shared/contract/adapt.contract.ts';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import { jobIdSchema } from '../../shared/contract/ids.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** What was learned from the shop; `forgotten` are ids of customers. */
export type FakeAdapt = { status: AdaptStatus; changes: AdaptChange[]; forgotten: Set<string> };

const FIGURES = { own: { before: 0.412, after: 0.486, queryCount: 214 }, en: { before: 0.731, after: 0.724, queryCount: 300 }, 'zh-en': { before: 0.655, after: 0.655, queryCount: 180 } };
const MODEL = { key: 'deskmate@1+2', baseKey: 'deskmate@1', madeAt: SAMPLE_NOW, pairCount: 1240, figures: FIGURES, conversationCount: 861 };

/** A shop that has enough to learn from and has never learned. */
export function createFakeAdapt(change: Partial<AdaptStatus> = {}, changes: AdaptChange[] = []): FakeAdapt {
  return { status: { accepted: null, candidate: null, isStale: false, isRunning: false, pairCount: 1240, missingCount: 0, newPairCount: 1240, isWeekly: false, lastRun: null, ...change }, changes, forgotten: new Set() };
}

/** The shop has learned; the outcome waits for a person. */
export const LEARNED: Partial<AdaptStatus> = {
  candidate: { ...MODEL, state: 'candidate' }, newPairCount: 0,
  lastRun: { at: SAMPLE_NOW, verdict: 'better', pairCount: 1240, missingCount: 0, share: 0.6, cpuMs: 41_300, figures: FIGURES },
};

export function adaptJob(change: Partial<Job> = {}): Job {
  return { id: jobIdSchema.parse(sampleId('K', 1)), kind: 'adapt', title: '', state: 'running', doneRatio: 0.3, doneCount: 210, perSecond: 20, error: null, report: null, startedAt: SAMPLE_NOW, endedAt: null, ...change };
}

export function fakeAdaptHandlers(os: FakeOs, adapt: FakeAdapt, emit: (event: AppEvent) => void) {
  const become = (change: Partial<AdaptStatus>): AdaptStatus => (adapt.status = { ...adapt.status, ...change });
  return {
    adapt: {
      status: os.adapt.status.handler(() => adapt.status),
      start: os.adapt.start.handler(() => {
        const job = adaptJob();
        emit({ type: 'job.changed', job });
        return job;
      }),
      preview: os.adapt.preview.handler(() => adapt.changes),
      accept: os.adapt.accept.handler(() => {
        const { candidate } = adapt.status;
        if (candidate === null) throw new ORPCError('not_found', { message: 'No model has learned from this shop yet.' });
        return become({ accepted: { ...candidate, state: 'accepted' }, candidate: null });
      }),
      discard: os.adapt.discard.handler(() => become({ candidate: null })),
      undo: os.adapt.undo.handler(() => become({ accepted: null, candidate: null })),
      saveWeekly: os.adapt.saveWeekly.handler(({ input }) => become(input)),
      isForgotten: os.adapt.isForgotten.handler(({ input }) => ({ isForgotten: adapt.forgotten.has(input.customerId) })),
      forget: os.adapt.forget.handler(({ input }) => {
        adapt.forgotten.add(input.customerId);
        return { job: null };
      }),
      remember: os.adapt.remember.handler(({ input }) => {
        adapt.forgotten.delete(input.customerId);
        return {};
      }),
    },
  };
}
