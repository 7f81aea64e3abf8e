import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import { silentLog } from '../platform/log.ts';
import { countPending, createEmbedQueue, type EmbedQueueOptions } from './embed-queue.ts';
import { openEngineBench } from './engine.fixture.ts';
import { unindexText, indexText } from './index-writer.ts';
import { addMacro, addMessage, addPassage, removeMacro, openMemoryStore } from './store.fixture.ts';

type Engine = EmbedQueueOptions['engine'];

let db: WritableDb;
beforeEach(() => {
  db = openMemoryStore();
});
afterEach(() => void db.close());

const MODEL = { id: 'tiny', key: 'tiny@1', dims: 2, vectorScale: 100, sha256: '1' };

/** Stands in for the model only: a vector tells the length of its text. */
function tinyEngine(changes: Partial<Engine> = {}): Engine & { embedded: string[]; added: string[]; pending: number[] } {
  const [embedded, added, pending]: [string[], string[], number[]] = [[], [], []];
  return {
    embedded, added, pending,
    models: async () => ({ serving: MODEL, next: null }),
    async embedAs(_, texts) {
      embedded.push(...texts);
      return texts.map((text) => Int8Array.of(text.length, 1));
    },
    notifyAdded: (kind, seqs) => void added.push(...seqs.map((seq) => `${kind}${seq}`)),
    notifyRemoved: () => {},
    reportPending: (count) => void pending.push(count),
    reportStoring: () => {},
    reportSwitch: () => {},
    ...changes,
  };
}

async function drain(engine: Engine, options: Partial<EmbedQueueOptions> = {}): Promise<void> {
  const queue = createEmbedQueue({ db, engine, log: silentLog, retryDelayMs: 1, ...options });
  queue.wake();
  await queue.whenIdle();
}

function storedRows(kind: 'macro' | 'passage' | 'message' | 'reply'): [number, number, number[]][] {
  const rows = db.prepare(`SELECT seq, model, vector FROM ${kind}_vectors ORDER BY seq`).all() as { seq: number; model: number; vector: Buffer }[];
  return rows.map(({ seq, model, vector }) => [seq, model, [...new Int8Array(vector)]]);
}

describe('embed queue', () => {
  test('passages, then macros, then what customers asked, then replies, newest first, each stored once and told', async () => {
    addMessage(db, 'customer', 'm1');
    addMessage(db, 'rep', 'm02');
    addMacro(db, 'a', 't', 'macro');
    addPassage(db, 'policy', 'h', 'passage');
    const engine = tinyEngine();
    const progress: unknown[] = [];
    await drain(engine, { batchSize: 1, onProgress: (step) => progress.push(step) });
    expect([engine.embedded, engine.added, engine.pending]).toEqual([['title of policy\nh\npassage', 't\nmacro', 'm1', 'm02'], ['passage1', 'macro1', 'message1', 'reply2'], [3, 0]]);
    expect(progress).toEqual([{ embeddedCount: 1, pendingCount: 3 }, { embeddedCount: 4, pendingCount: 0 }]);
    expect([storedRows('passage'), storedRows('macro'), storedRows('message'), storedRows('reply')]).toEqual([[[1, 1, [25, 1]]], [[1, 1, [7, 1]]], [[1, 1, [2, 1]]], [[2, 1, [3, 1]]]]);
    await drain(engine);
    expect(engine.embedded.length).toBe(4);
  });

  test('a text edited or removed while it is being embedded keeps no stale vector', async () => {
    const [edited, removed, kept] = [addMacro(db, 'a', '', 'before'), addMacro(db, 'b', '', 'removed'), addMacro(db, 'c', '', 'kept')];
    let isFirst = true;
    const engine = tinyEngine({
      async embedAs(_, texts) {
        if (isFirst) {
          db.prepare("UPDATE macros SET text = 'afterwards' WHERE seq = ?").run(edited);
          unindexText(db, 'macro', edited);
          indexText(db, 'macro', edited, '\nafterwards');
          removeMacro(db, removed);
        }
        isFirst = false;
        return texts.map((text) => Int8Array.of(text.length, 1));
      },
    });
    await drain(engine);
    expect([storedRows('macro'), countPending(db)]).toEqual([[[edited, 1, [11, 1]], [kept, 1, [5, 1]]], 0]);
  });

  test('another model queues every row again; the same one does not', async () => {
    addMacro(db, 'a', '', 'one');
    addPassage(db, 'p', '', 'two');
    await drain(tinyEngine());
    const next = tinyEngine({ models: async () => ({ serving: { ...MODEL, key: 'tiny@2', sha256: '2' }, next: null }) });
    await drain(next);
    await drain(next);
    expect([next.embedded, storedRows('macro'), storedRows('passage')]).toEqual([['title of p\n\ntwo', '\none'], [[1, 2, [4, 1]]], [[1, 2, [15, 1]]]]);
    expect(db.prepare('SELECT id, name, dims, vector_scale, sha256 FROM embedding_models').all()).toEqual([{ id: 2, name: 'tiny@2', dims: 2, vector_scale: 100, sha256: '2' }]);
    const back = tinyEngine();
    await drain(back);
    expect([back.embedded.length, storedRows('macro')]).toEqual([2, [[1, 3, [4, 1]]]]);
  });

  test('a text the model refuses holds up nothing and is not asked again', async () => {
    addMacro(db, 'a', '', 'good');
    addMacro(db, 'b', '', 'bad');
    const engine = tinyEngine({
      async embedAs(_, texts) {
        if (texts.includes('\nbad')) throw new DeskmateError('internal', 'no');
        return texts.map((text) => Int8Array.of(text.length, 1));
      },
    });
    await drain(engine);
    expect([storedRows('macro'), countPending(db)]).toEqual([[[1, 1, [5, 1]]], 0]);
  });

  test('nothing is embedded while it is held, and stopping ends it', async () => {
    addMacro(db, 'a', '', 'one');
    const engine = tinyEngine();
    const queue = createEmbedQueue({ db, engine, log: silentLog });
    const letGo = [queue.hold(), queue.hold()];
    queue.wake();
    letGo[0]?.();
    letGo[0]?.();
    await new Promise((done) => setImmediate(done));
    expect(engine.embedded).toEqual([]);
    letGo[1]?.();
    await queue.whenIdle();
    expect(engine.embedded).toEqual(['\none']);
    addMacro(db, 'b', '', 'two');
    queue.hold();
    queue.wake();
    await queue.stop();
    expect([engine.embedded.length, countPending(db)]).toEqual([1, 1]);
  });

  test('waking it while it works makes it look again', async () => {
    addMacro(db, 'a', '', 'one');
    const queue = createEmbedQueue({ db, engine: tinyEngine(), log: silentLog });
    queue.wake();
    addMacro(db, 'b', '', 'two');
    queue.wake();
    await queue.whenIdle();
    expect(countPending(db)).toBe(0);
  });
});

test('an engine killed in the middle loses and doubles nothing', async () => {
  const bench = openEngineBench((store) => {
    for (let at = 0; at < 300; at++) addMessage(store, 'customer', `订单 ${at} 什么时候发货`);
  });
  let killCount = 0;
  const embedded: number[] = [];
  const queue = createEmbedQueue({
    db: bench.db,
    log: silentLog,
    batchSize: 32,
    retryDelayMs: 20,
    engine: {
      ...bench.engine,
      async embedAs(role, texts, signal) {
        const call = bench.engine.embedAs(role, texts, signal);
        if (embedded.length >= 96 && killCount === 0) {
          killCount++;
          bench.killEngine();
        }
        const rows = await call;
        embedded.push(...rows.keys());
        return rows;
      },
    },
  });
  queue.wake();
  await queue.whenIdle();
  const row = bench.db.prepare('SELECT count(*) AS stored, count(DISTINCT seq) AS seqs, min(length(vector)) AS shortest, (SELECT count(*) FROM pending_vectors) AS pending FROM message_vectors').get();
  const { restartCount, pendingCount } = bench.engine.status();
  const { candidates } = await bench.engine.search({ text: '订单 7 什么时候发货', kinds: ['message'], limit: 1 });
  await bench.close();
  expect([row, embedded.length, restartCount, pendingCount, candidates[0]?.seq]).toEqual([{ stored: 300, seqs: 300, shortest: 256, pending: 0 }, 300, 1, 0, 8]);
});
