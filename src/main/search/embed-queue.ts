import type { ReadableDb, WritableDb } from '../db/database.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { EngineClient } from './engine.client.ts';
import { INDEX_KINDS, type IndexKind } from './index-writer.ts';
import { assignRoles, promoteNext, type ModelNumbers, type ModelRole } from './model-roles.repository.ts';
import { beginSwitch, drainOld, readSwitch, swapTables, switchStep, writeSwitch, type SwitchState } from './model-switch.ts';
import { isSetAside, strikeText } from './set-aside.repository.ts';
import { findSearchableRow, type SearchableRow } from './searchable-text.ts';
import { storeVectors } from './vector-writer.ts';

export type EmbedQueueProgress = { embeddedCount: number; pendingCount: number };

export type EmbedQueueOptions = {
  db: WritableDb;
  engine: Pick<EngineClient, 'embedAs' | 'models' | 'notifyAdded' | 'notifyRemoved' | 'reportPending' | 'reportStoring' | 'reportSwitch'>;
  log: Log;
  /** The next model has taken over: the engine must be started anew with it. */
  onSwitched?(): void;
  onProgress?(progress: EmbedQueueProgress): void;
  batchSize?: number;
  retryDelayMs?: number;
  nowMs?(): number;
};

/** Gives every queued text its vector, in the background. All state is in the store: it may be stopped, killed or restarted anywhere. */
export type EmbedQueue = {
  /** Call after texts were stored (and at start); does nothing while it works already. A disk that was full is tried again at once. */
  wake(): void;
  /** Resolves when nothing is queued, the queue is stopped, or the disk is full: it then tries again by itself. */
  whenIdle(): Promise<void>;
  /** Holds further batches back while something live runs; call the returned function to let go. */
  hold(): () => void;
  /** Ends after the batch under way. */
  stop(): Promise<void>;
};

const BATCH_SIZE = 64;
const RETRY_DELAY_MS = 500;
/** So many ordinary waits between two tries at a full disk. */
const FULL_DISK_WAITS = 20;
const DISK_FULL = 'The disk is full, so new vectors cannot be stored. Free some room; it goes on by itself.';
/** Counting a long queue reads all of it. */
const COUNT_EVERY_BATCHES = 16;

/** Tried one by one from the moment the engine died over a batch, so that the one that stops it is known. */
type Suspects = Set<string>;
/** Of the queue (`after` absent), or the next step of a switch of models. */
type Batch = { kind: IndexKind; rows: SearchableRow[]; goneSeqs: number[]; after?: SwitchState };

export function createEmbedQueue(options: EmbedQueueOptions): EmbedQueue {
  const { db, engine, log, retryDelayMs = RETRY_DELAY_MS } = options;
  const turnstile = createTurnstile();
  let isStopped = false;
  let hasNews = false;
  let working: Promise<void> | undefined;
  let nextTry: NodeJS.Timeout | undefined;

  const suspects: Suspects = new Set();
  const work = async () => {
    let embeddedCount = 0;
    for (let batchNumber = 0; !isStopped; batchNumber++) {
      await turnstile.pass();
      if (isStopped) return;
      const done = await embedNext(options, suspects, () => isStopped);
      embeddedCount += done ?? 0;
      if (done !== 0) engine.reportStoring(null);
      if (done === undefined || batchNumber % COUNT_EVERY_BATCHES === 0) {
        const pendingCount = countPending(db);
        engine.reportPending(pendingCount);
        options.onProgress?.({ embeddedCount, pendingCount });
      }
      if (done === undefined) return;
    }
  };
  const wake = () => {
    clearTimeout(nextTry);
    hasNews = true;
    if (working !== undefined || isStopped) return;
    hasNews = false;
    working = work()
      .catch((error: unknown) => {
        if (!isDiskFull(error)) return log.error('embed_queue.failed', { code: error instanceof DeskmateError ? error.code : 'internal' });
        log.warn('embed_queue.disk_full', {});
        engine.reportPending(countPending(db));
        engine.reportStoring(DISK_FULL);
        if (!isStopped) nextTry = setTimeout(wake, retryDelayMs * FULL_DISK_WAITS);
      })
      .finally(() => {
        working = undefined;
        if (hasNews) wake();
      });
  };
  const whenIdle = async () => {
    while (working !== undefined) await working;
  };
  return {
    wake,
    whenIdle,
    hold: turnstile.hold,
    async stop() {
      isStopped = true;
      clearTimeout(nextTry);
      turnstile.open();
      await whenIdle();
    },
  };
}

export function countPending(db: ReadableDb): number {
  return prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM pending_vectors').get()?.count ?? 0;
}

/** Does the next piece of work; answers how many texts it embedded, or undefined when nothing is left to do. Waits out an engine that is down. */
async function embedNext(options: EmbedQueueOptions, suspects: Suspects, isStopped: () => boolean): Promise<number | undefined> {
  const { db, engine, batchSize = BATCH_SIZE, retryDelayMs = RETRY_DELAY_MS } = options;
  let underWay: Batch | undefined;
  try {
    const numbers = assignRoles(db, await engine.models());
    const state = readSwitch(db);
    const batch = takeBatch(db, numbers, state, suspects.size === 0 ? batchSize : 1);
    if (batch === undefined) {
      // what left the queue in another way
      suspects.clear();
      return turnSwitch(options, numbers, state);
    }
    underWay = batch;
    await embedBatch(options, batch, state === undefined ? { ...numbers, next: null } : numbers);
    for (const { seq } of batch.rows) suspects.delete(suspectOf(batch.kind, seq));
    return batch.rows.length;
  } catch (error) {
    if (!(error instanceof DeskmateError) || !error.retryable) throw error;
    if (isStopped()) return 0;
    if (underWay !== undefined) blame(options, underWay, suspects);
    await new Promise((done) => setTimeout(done, retryDelayMs));
    return 0;
  }
}

/** Nothing waits: begins a switch that is wanted, ends one that is done, or clears away what a former one left. */
function turnSwitch({ db, engine, onSwitched }: EmbedQueueOptions, { next }: ModelNumbers, state: SwitchState | undefined): number | undefined {
  if (next === null || state === undefined) {
    // a switch begins with empty tables: numbers of models come again
    if (drainOld(db) > 0) return 0;
    if (next === null) return undefined;
    writeSwitch(db, beginSwitch(db));
    return 0;
  }
  db.transaction(() => {
    swapTables(db);
    promoteNext(db);
  })();
  engine.reportSwitch(null);
  onSwitched?.();
  return 0;
}

/** What waits in the queue gets the vectors of both models, a step of a switch those of the next one. */
async function embedBatch({ db, engine, log }: EmbedQueueOptions, batch: Batch, { serving, next }: ModelNumbers): Promise<void> {
  const { kind, rows, goneSeqs, after } = batch;
  const made = async (role: ModelRole, model: number | null) => (model === null ? null : { role, model, vectors: await embedEach(engine, role, rows, log) });
  const sets = [after === undefined ? await made('serving', serving) : null, await made('next', next)].filter((set) => set !== null);
  const storedSeqs = storeVectors(db, { kind, rows, goneSeqs, isQueued: after === undefined, sets }, () => {
    if (after !== undefined) writeSwitch(db, after);
  });
  if (after === undefined) engine.notifyAdded(kind, storedSeqs);
  else engine.reportSwitch(after.doneCount / Math.max(1, after.totalCount));
}

const suspectOf = (kind: IndexKind, seq: number): string => `${kind} ${seq}`;

/** The engine died over these texts: all are suspected; a single one is struck, and set aside at its second strike. */
function blame({ db, log, nowMs = Date.now }: EmbedQueueOptions, { kind, rows }: Batch, suspects: Suspects): void {
  for (const { seq } of rows) suspects.add(suspectOf(kind, seq));
  const [only, ...others] = rows;
  if (only === undefined || others.length > 0) return;
  strikeText(db, kind, only.seq, nowMs());
  if (!isSetAside(db, kind, only.seq)) return;
  suspects.delete(suspectOf(kind, only.seq));
  log.warn('embed_queue.text_set_aside', { kind, seq: only.seq });
}

/** One vector a row; null for a row whose text the model refuses, so that it cannot hold up the rest. */
async function embedEach(engine: EmbedQueueOptions['engine'], role: ModelRole, rows: readonly SearchableRow[], log: Log): Promise<(Int8Array | null)[]> {
  if (rows.length === 0) return [];
  try {
    return await engine.embedAs(role, rows.map((row) => row.text));
  } catch (error) {
    if (error instanceof DeskmateError && error.code === 'engine_down') throw error;
    if (rows.length > 1) {
      const each: (Int8Array | null)[] = [];
      for (const row of rows) each.push(...(await embedEach(engine, role, [row], log)));
      return each;
    }
    log.warn('embed_queue.text_refused', { seq: rows[0]?.seq ?? 0 });
    return [null];
  }
}

function takeBatch(db: ReadableDb, { next }: ModelNumbers, state: SwitchState | undefined, batchSize: number): Batch | undefined {
  return takePending(db, batchSize) ?? (next === null || state === undefined ? undefined : takeSwitchStep(db, state, batchSize));
}

function takePending(db: ReadableDb, batchSize: number): Batch | undefined {
  for (const kind of INDEX_KINDS) {
    // newest first: what came last is asked for first
    const seqs = prepared<{ seq: number }>(db, 'SELECT seq FROM pending_vectors WHERE kind = ? ORDER BY seq DESC LIMIT ?').all(kind, batchSize).map((row) => row.seq);
    if (seqs.length > 0) return { kind, ...rowsOf(db, kind, seqs) };
  }
  return undefined;
}

function takeSwitchStep(db: ReadableDb, state: SwitchState, batchSize: number): Batch | undefined {
  const step = switchStep(db, state, batchSize);
  return step && { kind: step.after.kind, ...rowsOf(db, step.after.kind, step.seqs), after: step.after };
}

function rowsOf(db: ReadableDb, kind: IndexKind, seqs: readonly number[]): Pick<Batch, 'rows' | 'goneSeqs'> {
  const rows = seqs.flatMap((seq) => findSearchableRow(db, kind, seq) ?? []);
  const present = new Set(rows.map((row) => row.seq));
  return { rows, goneSeqs: seqs.filter((seq) => !present.has(seq)) };
}

/** Lets workers pass unless someone holds it. */
function createTurnstile(): { pass(): Promise<void>; hold(): () => void; open(): void } {
  let holders = 0;
  let waiting: (() => void)[] = [];
  const open = () => {
    for (const pass of waiting) pass();
    waiting = [];
  };
  return {
    pass: () => (holders === 0 ? Promise.resolve() : new Promise((done) => waiting.push(done))),
    hold() {
      let isHeld = true;
      holders++;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        if (--holders === 0) open();
      };
    },
    open,
  };
}
