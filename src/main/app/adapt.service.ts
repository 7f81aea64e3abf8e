import path from 'node:path';
import { z } from 'zod';
import { adaptRunSchema, type AdaptChange, type AdaptRun, type AdaptStatus } from '../../shared/contract/adapt.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { StoreKey } from '../db/open-db.ts';
import { adaptedIdentity } from '../engine/adapted-model.ts';
import { ADAPT_STEPS, MIN_OWN_PAIRS } from '../engine/adapt-run.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { acceptCandidate, areLearnable, clearStale, deleteAdaptedModels, deleteCandidate, excludeCustomer, includeCustomer, isAdaptationStale, isExcluded, listAdaptedModels, saveCandidate, type AdaptedModelInfo } from '../search/adapted-model.repository.ts';
import { countedPairs } from '../search/adapt-pairs.ts';
import { runAdapter } from '../search/adapter.client.ts';
import type { AdaptReply } from '../search/adapter-server.ts';
import { listAdaptChanges } from './adapt-preview.ts';
import type { AppOptions } from './app.types.ts';
import { readSetting, writeSetting } from './setting-value.ts';

export type AdaptDeps = {
  options: Pick<AppOptions, 'fork' | 'modelsDir' | 'resourcesDir'>; db: WritableDb; key: StoreKey; paths: StorePaths; jobs: JobService; context: () => WriteContext; repId: () => string; modelId?: string; /** How long it learns; for tests. */ steps?: number;
  /** Conversations whose last message is older (epoch ms) teach nothing: the rules for keeping them would soon take what was learned along. */
  learnsSince?: () => number;
  /** False for a command, which ends before a training that nobody asked for would. */
  startsUnasked?: boolean;
  /** Makes this model the one that texts are embedded with: the key of an accepted adapted model, or null for the base. */
  useModel: (key: string | null) => void;
};

const LAST_RUN_KEY = 'adaptation_last';
const WEEKLY_KEY = 'adaptation_weekly';
const SEED = 20_250;

/** Teaches a copy of the model the shop's own language; a person looks at what changes and takes it into use, or back. */
export function createAdaptService(deps: AdaptDeps) {
  const { db, jobs, useModel, options } = deps;
  const find = (state: AdaptedModelInfo['state']) => findModel(db, state);
  const trainer = createTrainings(deps);
  /** Runs what may delete the model in use, and goes back to the base when it did. */
  const withFallback = <T>(work: () => T): T => {
    const wasAccepted = find('accepted') !== undefined;
    const done = work();
    if (wasAccepted && find('accepted') === undefined) useModel(null);
    return done;
  };
  const status = (): AdaptStatus => statusOf(deps);
  return {
    status,
    /** Trains in the background; the outcome is the candidate, or a reason in `lastRun`. @throws DeskmateError conflict while one is under way. */
    start(): Job {
      if (jobs.isBusy('adapt')) throw new DeskmateError('conflict', 'The words of the shop are being learned already.');
      return trainer.start();
    },
    /** What the newest questions find first with the base and with the candidate (or the accepted model). @throws DeskmateError not_found */
    preview: async (questionCount = 10): Promise<AdaptChange[]> => listAdaptChanges(db, options.modelsDir, (find('candidate') ?? find('accepted'))?.key ?? '', questionCount, deps.modelId),
    /** Takes the candidate into use. @throws DeskmateError not_found */
    accept(): AdaptedModelInfo {
      const candidate = find('candidate');
      if (candidate === undefined) throw new DeskmateError('not_found', 'No model has learned from this shop yet.');
      db.transaction(() => {
        acceptCandidate(db, candidate.key);
        note(deps, 'model.adapted', 'adapted', { pairCount: candidate.pairCount });
      })();
      useModel(candidate.key);
      return { ...candidate, state: 'accepted' };
    },
    /** Back to the base model; what was learned is deleted. */
    undo: (): void => withFallback(() => db.transaction(() => {
      if (deleteAdaptedModels(db) > 0) note(deps, 'model.adaptation_undone', 'adapted');
    })()),
    /** Throws the candidate away; what is in use stays. */
    discard: (): void => deleteCandidate(db),
    /** Whether it learns by itself once a week (`startAdaptClock`). */
    saveWeekly(isWeekly: boolean): AdaptStatus {
      db.transaction(() => {
        writeSetting(db, WEEKLY_KEY, isWeekly);
        note(deps, 'model.adaptation_weekly', 'adapted', { isWeekly });
      })();
      return status();
    },
    ...createForgetting(deps, (exclude) => {
      withFallback(exclude);
      return trainer.startOver();
    }),
    /** After whatever may have deleted conversations: a model that went with them is out of use at once, and made again without them. */
    afterDeletion: (): Job | null => trainer.startOver(() => {
      // the trigger of the store has deleted it; what the engine holds in memory goes too
      if (find('accepted') === undefined) useModel(null);
    }),
    /** At start: what was to be made again when the app ended. */
    goOn: (): Job | null => trainer.startOver(),
  };
}

export type AdaptService = ReturnType<typeof createAdaptService>;

function findModel(db: WritableDb, state: AdaptedModelInfo['state']): AdaptedModelInfo | undefined {
  return listAdaptedModels(db).find((model) => model.state === state);
}

function statusOf(deps: AdaptDeps): AdaptStatus {
  const { db, jobs } = deps;
  const lastRun = readSetting(db, LAST_RUN_KEY, adaptRunSchema) ?? null;
  const { pairCount, missingCount } = countPairs(deps);
  return {
    accepted: findModel(db, 'accepted') ?? null, candidate: findModel(db, 'candidate') ?? null, isStale: isAdaptationStale(db), isRunning: jobs.isBusy('adapt'),
    pairCount, missingCount, newPairCount: Math.max(0, pairCount - (lastRun?.pairCount ?? 0)), isWeekly: readSetting(db, WEEKLY_KEY, z.boolean()) ?? false, lastRun,
  };
}

function note({ db, context, repId }: AdaptDeps, action: string, entityId: string, after?: Record<string, unknown>): void {
  insertAudit(db, context(), { repId: repId(), action, entity: 'model', entityId, ...(after === undefined ? {} : { after }) });
}

/** Customers who are left out. `withoutModel` runs what may delete a model, and has it made again. */
function createForgetting(deps: AdaptDeps, withoutModel: (exclude: () => void) => Job | null) {
  const { db, context, repId } = deps;
  const noteCustomer = (action: string, entityId: string) => insertAudit(db, context(), { repId: repId(), action, entity: 'customer', entityId });
  return {
    /** Nothing is learned from this customer any more; a model that did is deleted at once, and made again without them. Answers the job that makes it, null when there was none to make again. */
    forget: (customerId: string): Job | null => withoutModel(db.transaction(() => {
      if (isExcluded(db, customerId)) return;
      excludeCustomer(db, customerId, context().nowMs);
      noteCustomer('customer.not_learned_from', customerId);
    })),
    isForgotten: (customerId: string): boolean => isExcluded(db, customerId),
    /** The next training may learn from this customer again. */
    remember: (customerId: string): void => db.transaction(() => {
      if (includeCustomer(db, customerId)) noteCustomer('customer.learned_from_again', customerId);
    })(),
  };
}

/** One training at a time. One whose conversations went away is ended, and starts over without them. */
function createTrainings(deps: AdaptDeps) {
  const { db, jobs, startsUnasked = true } = deps;
  /** `conversationIds` is empty until it has read them; then `saveCandidate` looks once more. */
  let current: { id: Job['id']; conversationIds: readonly string[] } | undefined;
  let knowsStale = false;
  const start = (): Job => {
    const { id, ...rest } = jobs.run('adapt', '', async (progress, signal) => {
      const run = await train(deps, progress, signal, (conversationIds) => { current = { id, conversationIds }; });
      knowsStale = isAdaptationStale(db);
      // somebody was deleted while it learned from them
      if (run.verdict === 'forgotten' && !signal.aborted) start();
      return null;
    });
    current = { id, conversationIds: [] };
    return { id, ...rest };
  };
  return {
    start,
    /** Starts anew what a deletion has ended or made void since it was last asked; `onStale` is told of a model that went. */
    startOver(onStale: () => void = () => {}): Job | null {
      const isNews = isAdaptationStale(db) && !knowsStale;
      knowsStale = isAdaptationStale(db);
      if (isNews) onStale();
      const isBusy = jobs.isBusy('adapt');
      const isVoid = isBusy && current !== undefined && !areLearnable(db, current.conversationIds);
      if (isVoid && current !== undefined) jobs.cancel(current.id);
      return isVoid || (isNews && !isBusy && startsUnasked) ? start() : null;
    },
  };
}

/** Counting reads what a training would; it is done again only once conversations ended, knowledge changed or somebody was left out. */
function countPairs({ db, learnsSince = () => 0 }: AdaptDeps): { pairCount: number; missingCount: number } {
  const pairCount = countedPairs(db, learnsSince());
  return { pairCount, missingCount: Math.max(0, MIN_OWN_PAIRS - pairCount) };
}

async function train(deps: AdaptDeps, progress: JobProgress, signal: AbortSignal, onSources: (conversationIds: readonly string[]) => void): Promise<AdaptRun> {
  progress.total(deps.steps ?? ADAPT_STEPS);
  let done = 0;
  const onProgress = (steps: number) => {
    progress.advance(steps - done);
    done = steps;
  };
  return keep(deps, await runAdapter(deps.options.fork, requestOf(deps), { onProgress, onSources }, signal));
}

function requestOf({ options, paths, key, modelId, learnsSince = () => 0, steps = ADAPT_STEPS }: AdaptDeps) {
  const generalFile = path.join(options.resourcesDir, 'adapt/general-pairs.jsonl');
  return { storeFile: paths.store, key, modelsDir: options.modelsDir, ...(modelId === undefined ? {} : { modelId }), generalFile, steps, seed: SEED, sinceMs: learnsSince() };
}

function keep({ db, context }: AdaptDeps, reply: AdaptReply): AdaptRun {
  const { base, table, figures, pairCount, missingCount, share, cpuMs } = reply;
  const madeAt = context().nowMs;
  return db.transaction(() => {
    const isKept = table !== null && figures !== null && saveCandidate(db, { key: adaptedIdentity(base, table).key, baseKey: base.key, madeAt, pairCount, figures, table, conversationIds: reply.conversationIds });
    const run: AdaptRun = { at: madeAt, verdict: table !== null && !isKept ? 'forgotten' : reply.verdict, pairCount, missingCount, share, cpuMs, figures };
    // without anything better there is nothing to make again
    if (run.verdict !== 'forgotten') clearStale(db);
    writeSetting(db, LAST_RUN_KEY, run);
    return run;
  })();
}
