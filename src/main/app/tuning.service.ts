import type { Job } from '../../shared/contract/job.contract.ts';
import type { TuningStatus } from '../../shared/contract/tuning.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { DEFAULT_THRESHOLD } from '../assist/rank.ts';
import type { WritableDb } from '../db/database.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { listKnownTexts } from '../knowledge/known-text.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { EngineClient } from '../search/engine.client.ts';
import { servingModelKey } from '../search/model-roles.repository.ts';
import { deleteTuning, findTuning, saveTuning, tuningInUse, type SearchTuning } from '../search/search-tuning.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { splitByTime, type ExchangeCounts } from '../tuning/history.ts';
import { readExchanges } from '../tuning/shop-history.ts';
import { SHIPPED, tuneOnHistory, type TuneResult } from '../tuning/tune.ts';
import { breatheThrough, createBreath } from '../tuning/tune-work.ts';
import { readSetting, writeSetting } from './setting-value.ts';
import { keptOutcomeSchema, modelOf, outcomeOf, tunedOf, type Chosen, type KeptOutcome } from './tuning-outcome.ts';

/** `embedded` resolves when every stored text has its vector. */
export type TuningEngine = Pick<SearchEngine, 'embed'> & Pick<EngineClient, 'models'> & { embedded(): Promise<void> };
export type TuningDeps = { db: WritableDb; jobs: JobService; context: () => WriteContext; repId: () => string; engine: TuningEngine; /** What the shop has set; null for the shipped one. */ threshold: () => number | null };

/** `modelKey`: what it was measured with. `result` is null when no question comes after an answer. */
export type Measured = { modelKey: string; counts: ExchangeCounts; before: Chosen; result: TuneResult | null };
export type MeasureWork = { /** Share (0–1) of the exchanges, the newest, that are asked again. */ share?: number; onProgress(doneCount: number, totalCount: number): void; signal: AbortSignal };

const LAST_KEY = 'search_tuning_last';
const SHARE = 0.2;

/** Weighs words against meaning by what this shop's customers asked; a person looks at what it brings and takes it into use, or back. */
export function createTuningService(deps: TuningDeps) {
  const { db, jobs, context } = deps;
  const status = (): TuningStatus => statusOf(deps);
  return {
    status,
    /** Measures in the background; the outcome waits in `status`. @throws DeskmateError conflict while one is under way. */
    start(): Job {
      if (jobs.isBusy('tune')) throw new DeskmateError('conflict', 'Search is being tuned already.');
      return jobs.run('tune', '', async (progress, signal) => {
        const measured = await measure(deps, { onProgress: countedBy(progress), signal });
        writeSetting(db, LAST_KEY, keptOf(measured, context().nowMs));
        return null;
      });
    },
    /** As `start`, for a caller that waits; nothing of it is kept. @throws DeskmateError conflict when another model takes over meanwhile; engine_down; cancelled */
    measure: (work: MeasureWork): Promise<Measured> => measure(deps, work),
    /** Takes what was measured into use; false when nothing did better. */
    keep(measured: Measured): boolean {
      const outcome = keptOf(measured, context().nowMs);
      db.transaction(() => take(deps, outcome))();
      return outcome.change !== null;
    },
    /** @throws DeskmateError not_found without an outcome that waits, conflict when another model took over since. */
    accept(): TuningStatus {
      const outcome = findOpen(deps);
      if (outcome === undefined) throw new DeskmateError('not_found', 'No tuning waits to be taken into use.');
      if (outcome.modelKey !== servingModelKey(db)) throw new DeskmateError('conflict', 'Another search model has taken over since it was tuned. Tune again.');
      db.transaction(() => take(deps, outcome))();
      return status();
    },
    /** What is in use stays. */
    discard(): TuningStatus {
      discardOpen(deps);
      return status();
    },
    /** What is kept, whether or not it holds for the model in use. */
    own: (): SearchTuning | undefined => findTuning(db),
    /** Back to what came with Deskmate; an outcome that waits was measured against what is gone, and goes too. */
    undo(): TuningStatus {
      db.transaction(() => {
        const before = findTuning(db);
        discardOpen(deps);
        if (deleteTuning(db)) note(deps, 'model.tuning_undone', { before });
      })();
      return status();
    },
  };
}

export type TuningService = ReturnType<typeof createTuningService>;

function statusOf({ db, jobs }: TuningDeps): TuningStatus {
  const servingKey = servingModelKey(db);
  const [own, inUse, last] = [findTuning(db), tuningInUse(db), readSetting(db, LAST_KEY, keptOutcomeSchema)];
  return {
    shipped: tunedOf({ weights: null, calibration: null }),
    inUse: tunedOf(chosenOf(inUse)),
    own: own === undefined ? null : { madeAt: own.madeAt, model: modelOf(own.modelKey), holds: inUse !== undefined },
    model: servingKey === null ? null : modelOf(servingKey),
    isRunning: jobs.isBusy('tune'),
    last: last === undefined ? null : outcomeOf(last, servingKey),
  };
}

const chosenOf = (tuning: SearchTuning | undefined): Chosen => ({ weights: tuning?.weights ?? null, calibration: tuning?.calibration ?? null });

function note({ db, context, repId }: TuningDeps, action: string, change: { before: unknown; after?: unknown }): void {
  insertAudit(db, context(), { repId: repId(), action, entity: 'model', entityId: 'search', ...change });
}

function findOpen({ db }: TuningDeps): KeptOutcome | undefined {
  const last = readSetting(db, LAST_KEY, keptOutcomeSchema);
  return last !== undefined && last.change !== null && last.decision === null ? last : undefined;
}

function discardOpen(deps: TuningDeps): void {
  const outcome = findOpen(deps);
  if (outcome !== undefined) writeSetting(deps.db, LAST_KEY, { ...outcome, decision: 'discarded' });
}

/** Call inside a transaction. What did no better stays as it was in use. */
function take(deps: TuningDeps, outcome: KeptOutcome): void {
  const { db, context } = deps;
  const { change, before, modelKey } = outcome;
  const isTaken = change !== null && modelKey !== null;
  writeSetting(db, LAST_KEY, { ...outcome, decision: isTaken ? 'taken' : null });
  if (!isTaken) return;
  const tuning: SearchTuning = { modelKey, madeAt: context().nowMs, weights: change.weights ?? before.weights, calibration: change.calibration ?? before.calibration };
  note(deps, 'model.tuned', { before: findTuning(db), after: tuning });
  saveTuning(db, tuning);
}

async function measure(deps: TuningDeps, { share = SHARE, onProgress, signal }: MeasureWork): Promise<Measured> {
  const { db, engine, threshold } = deps;
  // every text in the store has its vector by then, so that the model measured with is the one in use
  await orAborted(engine.embedded(), signal);
  const { serving } = await orAborted(engine.models(), signal);
  const breathe = createBreath(signal);
  const { exchanges, counts } = await breatheThrough(readExchanges(db), breathe);
  const split = splitByTime(exchanges, share);
  const before = chosenOf(tuningInUse(db));
  if (split === undefined) return { modelKey: serving.key, counts, before, result: null };
  const inUse = { weights: before.weights ?? SHIPPED.weights, calibration: before.calibration ?? SHIPPED.calibration };
  const embed = (texts: readonly string[], purpose?: 'query' | 'passage') => engine.embed(texts, signal, purpose);
  const result = await tuneOnHistory(split, listKnownTexts(db), { inUse, threshold: threshold() ?? DEFAULT_THRESHOLD }, { model: { embed }, likeness: serving.likeness, onProgress, breathe });
  if (servingModelKey(db) !== serving.key) throw new DeskmateError('conflict', 'Another search model took over while it was tuned. Tune again.');
  return { modelKey: serving.key, counts, before, result };
}

/** The engine may take as long as it likes to come. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new DeskmateError('cancelled', 'The tuning was cancelled.'));
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function countedBy(progress: JobProgress): MeasureWork['onProgress'] {
  let told = 0;
  return (doneCount, totalCount) => {
    if (told === 0) progress.total(totalCount);
    progress.advance(doneCount - told);
    told = doneCount;
  };
}

function keptOf({ modelKey, before, result }: Measured, at: number): KeptOutcome {
  if (result === null) return { at, modelKey, verdict: 'no_history', decision: null, choosing: 0, checking: 0, answerable: 0, supply: null, before, change: null, figures: null };
  const { choosing, checking, answerable, supply, figures, weights, calibration } = result;
  const isBetter = weights !== null || calibration !== null;
  return { at, modelKey, verdict: isBetter ? 'better' : isShort(supply) ? 'too_few' : 'not_better', decision: null, choosing, checking, answerable, supply, before, change: isBetter ? { weights, calibration } : null, figures };
}

/** Too little for a weight and for a calibration. */
function isShort({ questions, shown, right }: TuneResult['supply']): boolean {
  const lacks = ({ has, needed }: { has: number; needed: number }) => has < needed;
  return lacks(questions) && (lacks(shown) || lacks(right));
}
