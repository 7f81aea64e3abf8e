import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { ModelIdentity } from '../engine/embedding-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { EngineClient } from './engine.client.ts';
import { INDEX_KINDS, SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { isSetAside, strikeText } from './set-aside.repository.ts';
import { findSearchableRow, type SearchableRow } from './searchable-text.ts';

export type EmbedQueueProgress = { embeddedCount: number; pendingCount: number };

export type EmbedQueueOptions = {
  db: WritableDb;
  engine: Pick<EngineClient, 'embed' | 'model' | 'notifyAdded' | 'notifyRemoved' | 'reportPending'>;
  log: Log;
  onProgress?(progress: EmbedQueueProgress): void;
  batchSize?: number;
  retryDelayMs?: number;
  nowMs?(): number;
};

/** Gives every queued text its vector, in the background. All state is in the store: it may be stopped, killed or restarted anywhere. */
export type EmbedQueue = {
  /** Call after texts were stored (and at start); does nothing while it works already. */
  wake(): void;
  /** Resolves when nothing is queued or the queue is stopped. */
  whenIdle(): Promise<void>;
  /** Holds further batches back while something live runs; call the returned function to let go. */
  hold(): () => void;
  /** Ends after the batch under way. */
  stop(): Promise<void>;
};

const BATCH_SIZE = 64;
const RETRY_DELAY_MS = 500;
/** Counting a long queue reads all of it. */
const COUNT_EVERY_BATCHES = 16;

/** Tried one by one from the moment the engine died over a batch, so that the one that stops it is known. */
type Suspects = Set<string>;
type Batch = { kind: IndexKind; rows: SearchableRow[]; goneSeqs: number[] };

export function createEmbedQueue(options: EmbedQueueOptions): EmbedQueue {
  const { db, engine, log } = options;
  const turnstile = createTurnstile();
  let isStopped = false;
  let hasNews = false;
  let working: Promise<void> | undefined;

  const suspects: Suspects = new Set();
  const work = async () => {
    let embeddedCount = 0;
    for (let batchNumber = 0; !isStopped; batchNumber++) {
      await turnstile.pass();
      if (isStopped) return;
      const done = await embedNext(options, suspects, () => isStopped);
      embeddedCount += done ?? 0;
      if (done === undefined || batchNumber % COUNT_EVERY_BATCHES === 0) {
        const pendingCount = countPending(db);
        engine.reportPending(pendingCount);
        options.onProgress?.({ embeddedCount, pendingCount });
      }
      if (done === undefined) return;
    }
  };
  const wake = () => {
    hasNews = true;
    if (working !== undefined || isStopped) return;
    hasNews = false;
    working = work()
      .catch((error: unknown) => log.error('embed_queue.failed', { code: error instanceof DeskmateError ? error.code : 'internal' }))
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
      turnstile.open();
      await whenIdle();
    },
  };
}

export function countPending(db: ReadableDb): number {
  return prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM pending_vectors').get()?.count ?? 0;
}

/** Embeds and stores one batch; answers how many rows, or undefined when nothing is queued. Waits out an engine that is down. */
async function embedNext(options: EmbedQueueOptions, suspects: Suspects, isStopped: () => boolean): Promise<number | undefined> {
  const { db, engine, log, batchSize = BATCH_SIZE, retryDelayMs = RETRY_DELAY_MS } = options;
  let underWay: Batch | undefined;
  try {
    const model = await engine.model();
    const modelNumber = useModel(db, model);
    const batch = takeBatch(db, suspects.size === 0 ? batchSize : 1);
    if (batch === undefined) {
      // what left the queue in another way
      suspects.clear();
      return undefined;
    }
    underWay = batch;
    const vectors = await embedEach(engine, batch.rows, log);
    const storedSeqs = storeBatch(db, batch, vectors, modelNumber);
    for (const { seq } of batch.rows) suspects.delete(suspectOf(batch.kind, seq));
    engine.notifyAdded(batch.kind, storedSeqs);
    return batch.rows.length;
  } catch (error) {
    if (!(error instanceof DeskmateError) || !error.retryable) throw error;
    if (isStopped()) return 0;
    if (underWay !== undefined) blame(options, underWay, suspects);
    await new Promise((done) => setTimeout(done, retryDelayMs));
    return 0;
  }
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
async function embedEach(engine: EmbedQueueOptions['engine'], rows: readonly SearchableRow[], log: Log): Promise<(Int8Array | null)[]> {
  if (rows.length === 0) return [];
  try {
    return await engine.embed(rows.map((row) => row.text));
  } catch (error) {
    if (error instanceof DeskmateError && error.code === 'engine_down') throw error;
    if (rows.length > 1) {
      const each: (Int8Array | null)[] = [];
      for (const row of rows) each.push(...(await embedEach(engine, [row], log)));
      return each;
    }
    log.warn('embed_queue.text_refused', { seq: rows[0]?.seq ?? 0 });
    return [null];
  }
}

function takeBatch(db: ReadableDb, batchSize: number): Batch | undefined {
  for (const kind of INDEX_KINDS) {
    // newest first: what came last is asked for first
    const seqs = prepared<{ seq: number }>(db, 'SELECT seq FROM pending_vectors WHERE kind = ? ORDER BY seq DESC LIMIT ?').all(kind, batchSize).map((row) => row.seq);
    if (seqs.length === 0) continue;
    const rows = seqs.flatMap((seq) => findSearchableRow(db, kind, seq) ?? []);
    const present = new Set(rows.map((row) => row.seq));
    return { kind, rows, goneSeqs: seqs.filter((seq) => !present.has(seq)) };
  }
  return undefined;
}

/** Stores the vectors whose text is still the one embedded and takes them off the queue, all in one transaction; answers the stored seqs. */
function storeBatch(db: WritableDb, { kind, rows, goneSeqs }: Batch, vectors: readonly (Int8Array | null)[], modelNumber: number): number[] {
  const unqueue = prepared(db, 'DELETE FROM pending_vectors WHERE kind = ? AND seq = ?');
  const store = prepared(db, `INSERT INTO ${SEARCH_TABLES[kind].vectors} (seq, model, vector) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET model = excluded.model, vector = excluded.vector`);
  return db.transaction(() => {
    const stored: number[] = [];
    for (const seq of goneSeqs) unqueue.run(kind, seq);
    rows.forEach((row, at) => {
      // edited or removed while it was being embedded: a new entry is queued, or none is needed
      if (findSearchableRow(db, kind, row.seq)?.text !== row.text) return;
      const vector = vectors[at];
      if (unqueue.run(kind, row.seq).changes === 0 || vector === undefined || vector === null) return;
      store.run(row.seq, modelNumber, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
      stored.push(row.seq);
    });
    return stored;
  })();
}

/** The number of this model in the store. A model not used so far queues every row that another one embedded; their vectors stay until replaced. */
export function useModel(db: WritableDb, model: ModelIdentity): number {
  const known = prepared<{ id: number }>(db, 'SELECT id FROM embedding_models WHERE name = ?').get(model.key);
  if (known !== undefined) return known.id;
  return db.transaction(() => {
    const { lastInsertRowid } = prepared(db, 'INSERT INTO embedding_models (name, dims, vector_scale, sha256) VALUES (?, ?, ?, ?)').run(model.key, model.dims, model.vectorScale, model.sha256);
    const modelNumber = Number(lastInsertRowid);
    for (const kind of INDEX_KINDS) prepared(db, `INSERT OR IGNORE INTO pending_vectors (kind, seq) SELECT ?, seq FROM ${SEARCH_TABLES[kind].vectors} WHERE model <> ?`).run(kind, modelNumber);
    // going back to an older model later must queue again, so only the current one stays known
    prepared(db, 'DELETE FROM embedding_models WHERE id <> ?').run(modelNumber);
    return modelNumber;
  })();
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
