import { ORPCError } from '@orpc/server';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import { jobIdSchema } from '../../shared/contract/ids.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { TuningOutcome, TuningStatus, TuningWeights } from '../../shared/contract/tuning.contract.ts';
import { adaptJob } from './fake-adapt.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

export type FakeTuning = { status: TuningStatus };

const WEIGHTS: TuningWeights = { 'zh-zh': 0.65, 'en-en': 0.6, other: 0.5, 'zh-en': 0.85, 'en-zh': 0.85 };
const SHIPPED = { weights: WEIGHTS, odds: null };
const MODEL = { id: 'deskmate-embed-2', hasLearned: false };
export const TUNED = { weights: { ...WEIGHTS, 'zh-zh': 0.4 }, odds: [{ shipped: 0.45, own: 0.31 }, { shipped: 0.25, own: 0.14 }] };

/** A shop where search works as it came. */
export function createFakeTuning(change: Partial<TuningStatus> = {}): FakeTuning {
  return { status: { shipped: SHIPPED, inUse: SHIPPED, own: null, model: MODEL, isRunning: false, last: null, ...change } };
}

/** Something did better on 240 questions, and waits for a person. */
export const BETTER: TuningOutcome = {
  at: SAMPLE_NOW, model: MODEL, verdict: 'better', decision: null, isOutdated: false, choosing: 310, checking: 310, answerable: 240,
  supply: { questions: { has: 232, needed: 50 }, shown: { has: 930, needed: 100 }, right: { has: 402, needed: 20 } },
  before: SHIPPED, change: TUNED,
  figures: {
    mrr: { before: 0.512, after: 0.563, lead: [0.021, 0.082] },
    reliability: {
      before: { brier: 0.21, calibrationError: 0.16, shownAs: [{ as: 'strong', count: 312, said: 0.66, right: 0.48 }, { as: 'likely', count: 260, said: 0.34, right: 0.19 }, { as: 'loose', count: 198, said: 0.2, right: 0.08 }, { as: 'hidden', count: 160, said: 0.09, right: 0.03 }] },
      after: { brier: 0.17, calibrationError: 0.04, shownAs: [{ as: 'strong', count: 201, said: 0.57, right: 0.55 }, { as: 'likely', count: 228, said: 0.33, right: 0.29 }, { as: 'loose', count: 0, said: null, right: null }, { as: 'hidden', count: 501, said: 0.08, right: 0.09 }] },
    },
  },
};

export function tuneJob(change: Partial<Job> = {}): Job {
  return { ...adaptJob(), id: jobIdSchema.parse(sampleId('K', 2)), kind: 'tune', doneRatio: 0.45, ...change };
}

export function fakeTuningHandlers(os: FakeOs, tuning: FakeTuning, emit: (event: AppEvent) => void) {
  const become = (change: Partial<TuningStatus>): TuningStatus => (tuning.status = { ...tuning.status, ...change });
  const decided = (decision: 'taken' | 'discarded'): TuningOutcome | null => tuning.status.last && { ...tuning.status.last, decision };
  return {
    tuning: {
      status: os.tuning.status.handler(() => tuning.status),
      start: os.tuning.start.handler(() => {
        const job = tuneJob();
        emit({ type: 'job.changed', job });
        return job;
      }),
      accept: os.tuning.accept.handler(() => {
        const { last } = tuning.status;
        if (last?.change === null || last?.change === undefined) throw new ORPCError('not_found', { message: 'No tuning waits to be taken into use.' });
        const { weights, odds } = last.change;
        return become({ inUse: { weights: weights ?? last.before.weights, odds: odds ?? last.before.odds }, own: { madeAt: SAMPLE_NOW, model: MODEL, holds: true }, last: decided('taken') });
      }),
      discard: os.tuning.discard.handler(() => become({ last: decided('discarded') })),
      undo: os.tuning.undo.handler(() => become({ inUse: SHIPPED, own: null })),
    },
  };
}
