import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { WritableDb } from '../db/database.ts';
import { silentLog } from '../platform/log.ts';
import { createEmbedQueue, type EmbedQueueOptions } from './embed-queue.ts';
import { MODELS_DIR, openEngineBench } from './engine.fixture.ts';
import { INDEX_KINDS, SEARCH_TABLES } from './index-writer.ts';
import { servingModelKey } from './model-roles.repository.ts';
import { addMacro, addMessage, addPassage, openMemoryStore, removeMacro } from './store.fixture.ts';

let db: WritableDb;
beforeEach(() => {
  db = openMemoryStore();
});
afterEach(() => void db.close());

const identity = (name: string) => ({ id: name, key: `${name}@1`, dims: 2, vectorScale: 100, sha256: name });
const OLD = identity('old');
const NEW = identity('new');

/** Two models told apart by the second number of their vectors; `serving` follows the store, as a restarted engine does. */
function twoModels(wanted = NEW, afterBatch: () => void = () => {}): EmbedQueueOptions['engine'] & { ratios: (number | null)[] } {
  const ratios: (number | null)[] = [];
  return {
    ratios,
    models: () => {
      const serving = servingModelKey(db) === NEW.key ? NEW : OLD;
      return Promise.resolve({ serving, next: serving.key === wanted.key ? null : wanted });
    },
    embedAs(role, texts) {
      afterBatch();
      const model = role === 'next' ? wanted : servingModelKey(db) === NEW.key ? NEW : OLD;
      return Promise.resolve(texts.map((text) => Int8Array.of(text.length, model === OLD ? 1 : 2)));
    },
    notifyAdded: () => {}, notifyRemoved: () => {}, reportPending: () => {}, reportStoring: () => {},
    reportSwitch: (ratio) => void ratios.push(ratio),
  };
}

async function work(engine: EmbedQueueOptions['engine'], options: Partial<EmbedQueueOptions> = {}): Promise<void> {
  const queue = createEmbedQueue({ db, engine, log: silentLog, retryDelayMs: 1, ...options });
  queue.wake();
  await queue.whenIdle();
}

/** Kind, seq and which model made it, of every vector that is searched; and how many others there are. */
function served(): { rows: string[]; otherCount: number } {
  const rows = INDEX_KINDS.flatMap((kind) => (db.prepare(`SELECT seq, vector FROM ${SEARCH_TABLES[kind].vectors} v JOIN embedding_models m ON m.id = v.model AND m.role = 'serving' ORDER BY seq`).all() as { seq: number; vector: Buffer }[]).map(({ seq, vector }) => `${kind}${seq} ${vector[1] === 1 ? 'old' : 'new'}`));
  const otherCount = INDEX_KINDS.reduce((sum, kind) => sum + (db.prepare(`SELECT count(*) FROM ${SEARCH_TABLES[kind].nextVectors}`).pluck().get() as number), 0);
  return { rows, otherCount };
}

function fill(): void {
  for (let at = 0; at < 5; at++) addMessage(db, at % 2 === 0 ? 'customer' : 'rep', `m${at}`);
  addMacro(db, 'a', 't', 'macro');
  addPassage(db, 'policy', 'h', 'passage');
}

const NAMES = ['passage1', 'macro1', 'message1', 'message3', 'message5', 'reply2', 'reply4'];

test('the old vectors serve until all are made anew, then the new ones do, and the old ones go', async () => {
  fill();
  await work(twoModels(OLD));
  const seen: { rows: string[] }[] = [];
  const onSwitched = vi.fn();
  const engine = twoModels(NEW, () => seen.push(served()));
  await work(engine, { batchSize: 2, onSwitched });
  expect(seen.map(({ rows }) => rows)).toEqual(Array.from({ length: 5 }, () => NAMES.map((name) => `${name} old`)));
  expect([served(), servingModelKey(db), onSwitched.mock.calls.length]).toEqual([{ rows: NAMES.map((name) => `${name} new`), otherCount: 0 }, 'new@1', 1]);
  expect(engine.ratios).toEqual([1 / 7, 2 / 7, 4 / 7, 5 / 7, 1, null]);
});

test('what arrives, changes and goes in the middle is in the new vectors as it is in the old', async () => {
  fill();
  addMacro(db, 'b', '', 'goes');
  await work(twoModels(OLD));
  let batchCount = 0;
  await work(twoModels(NEW, () => {
    if (++batchCount !== 2) return;
    addMessage(db, 'customer', 'late');
    removeMacro(db, 2);
  }), { batchSize: 2 });
  expect(served()).toEqual({ rows: [...NAMES.slice(0, 5), 'message6', ...NAMES.slice(5)].map((name) => `${name} new`), otherCount: 0 });
});

test('stopped anywhere and started again with any wish, it ends with one model over every text (property)', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 6 })), { maxLength: 5 }), fc.boolean(), async (turns, endsNew) => {
    db.close();
    db = openMemoryStore();
    fill();
    await work(twoModels(OLD));
    for (const [wantsNew, batchCount] of turns) {
      let left = batchCount;
      const queue = createEmbedQueue({ db, engine: twoModels(wantsNew ? NEW : OLD, () => void (--left === 0 && queue.stop())), log: silentLog, batchSize: 2 });
      queue.wake();
      await queue.whenIdle();
      const rows = served().rows;
      // never two models at a time
      expect([rows.map((row) => row.split(' ')[0]), new Set(rows.map((row) => row.split(' ')[1])).size]).toEqual([NAMES, 1]);
    }
    await work(twoModels(endsNew ? NEW : OLD), { batchSize: 3 });
    expect(served()).toEqual({ rows: NAMES.map((name) => `${name} ${endsNew ? 'new' : 'old'}`), otherCount: 0 });
  }), { numRuns: 25 });
});

/** Lets the store grow by no more than so many pages, as a disk that is nearly full. Returns what makes room. */
function fillStore(pageCount: number): () => void {
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + pageCount}`);
  return () => void db.pragma('max_page_count = 4294967294');
}

const FULL = 'The disk is full, so new vectors cannot be stored. Free some room; it goes on by itself.';

test('a disk that fills up at any point is told, the old vectors serve on, and with room again it ends by itself', async () => {
  // larger than a page, so that every row needs room
  const large = (engine: ReturnType<typeof twoModels>, told: (string | null)[]): EmbedQueueOptions['engine'] => ({
    ...engine,
    reportStoring: (problem) => void (told.at(-1) !== problem && told.push(problem)),
    embedAs: async (role, texts, signal) => (await engine.embedAs(role, texts, signal)).map((row) => Int8Array.of(...row, ...Buffer.alloc(9000, 1))),
  });
  const fullAt: boolean[] = [];
  for (let pageCount = 0; pageCount < 24; pageCount += 2) {
    db.close();
    db = openMemoryStore();
    fill();
    await work(large(twoModels(OLD), []));
    const makeRoom = fillStore(pageCount);
    const told: (string | null)[] = [];
    const queue = createEmbedQueue({ db, engine: large(twoModels(NEW), told), log: silentLog, batchSize: 2, retryDelayMs: 0.05 });
    queue.wake();
    await queue.whenIdle();
    fullAt.push(told.includes(FULL));
    expect(served().rows).toEqual(NAMES.map((name) => `${name} ${told.includes(FULL) ? 'old' : 'new'}`));
    makeRoom();
    await vi.waitFor(() => expect([served().rows, told.at(-1)]).toEqual([NAMES.map((name) => `${name} new`), null]), { interval: 5 });
    await queue.whenIdle();
    expect(served().otherCount).toBe(0);
  }
  // from the first step to the last one, whose vectors fit
  expect([fullAt[0], fullAt.at(-1), fullAt.filter((isFull) => isFull).length > 5]).toEqual([true, false, true]);
});

/** A folder with the shipped model and the same files under another name. */
function twinModels(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-twin-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const name of ['deskmate-embed-2', 'twin']) cpSync(path.join(MODELS_DIR, 'deskmate-embed-2'), path.join(dir, name), { recursive: true });
  const manifest = path.join(dir, 'twin/manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"deskmate-embed-2"', '"twin"'));
  return dir;
}

test('the real engine serves the old vectors while the next model works, dies in the middle, and takes the next one over', async () => {
  const modelsDir = twinModels();
  let wanted = 'deskmate-embed-2';
  const bench = openEngineBench((store) => {
    for (let at = 0; at < 150; at++) addMessage(store, 'customer', `订单 ${at} 什么时候发货`);
  }, { modelsDir, wantedId: () => wanted, retryWithinMs: 60_000 });
  onTestFinished(() => bench.close());
  const { engine } = bench;
  // right after a restart a row may be found by its words alone; a cosine of two models would be far lower
  const asked = async () => (await engine.search({ text: '订单 7 什么时候发货', kinds: ['message'], limit: 1 })).candidates.map(({ seq, cosine }) => [seq, cosine === null || cosine > 0.9]);
  const queue = createEmbedQueue({ db: bench.db, engine, log: silentLog, batchSize: 32, retryDelayMs: 20, onSwitched: engine.restart });
  queue.wake();
  await queue.whenIdle();
  wanted = 'twin';
  engine.restart();
  const statuses: unknown[] = [];
  let batchCount = 0;
  const switching = createEmbedQueue({
    db: bench.db, log: silentLog, batchSize: 32, retryDelayMs: 20, onSwitched: engine.restart,
    engine: {
      ...engine,
      async embedAs(role, texts, signal) {
        if (++batchCount === 3) bench.killEngine();
        const rows = await engine.embedAs(role, texts, signal);
        statuses.push([engine.status().modelId, engine.status().next?.modelId, ...(await asked())]);
        return rows;
      },
    },
  });
  switching.wake();
  await switching.whenIdle();
  expect([statuses.length >= 5, new Set(statuses.map((each) => JSON.stringify(each)))]).toEqual([true, new Set(['["deskmate-embed-2","twin",[8,true]]'])]);
  await engine.models();
  await vi.waitFor(() => expect(engine.status()).toMatchObject({ modelId: 'twin', next: null, loadedRatio: 1, vectors: { message: 150 } }), { timeout: 30_000 });
  expect(await asked()).toEqual([[8, true]]);
});

test('a wanted model that does not open leaves the old one at work and says why; when the old one is gone, the wanted one starts over', async () => {
  const modelsDir = twinModels();
  writeFileSync(path.join(modelsDir, 'twin/tokenizer.json'), '{}');
  let wanted = 'deskmate-embed-2';
  const bench = openEngineBench((store) => void addMessage(store, 'customer', '什么时候发货'), { modelsDir, wantedId: () => wanted, retryWithinMs: 60_000 });
  onTestFinished(() => bench.close());
  const { engine } = bench;
  const queue = createEmbedQueue({ db: bench.db, engine, log: silentLog, onSwitched: engine.restart });
  queue.wake();
  await queue.whenIdle();
  wanted = 'twin';
  engine.restart();
  await engine.models();
  expect(engine.status()).toMatchObject({ modelId: 'deskmate-embed-2', next: { modelId: null, doneRatio: 0, problem: 'The file tokenizer.json of the model twin is not the one that was shipped.' } });
  cpSync(path.join(MODELS_DIR, 'deskmate-embed-2/tokenizer.json'), path.join(modelsDir, 'twin/tokenizer.json'));
  rmSync(path.join(modelsDir, 'deskmate-embed-2'), { recursive: true });
  engine.restart();
  await engine.models();
  expect(engine.status()).toMatchObject({ modelId: 'twin', next: null, vectors: { message: 0 } });
  queue.wake();
  await queue.whenIdle();
  await vi.waitFor(() => expect(engine.status().vectors.message).toBe(1), { timeout: 30_000 });
  expect(servingModelKey(bench.db)).toMatch(/^twin@/);
});
