import { closeSync, constants, copyFileSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ensureChannel } from '../src/main/conversations/channel.repository.ts';
import { ensureConversation } from '../src/main/conversations/conversation.repository.ts';
import { insertMessage } from '../src/main/conversations/message.repository.ts';
import type { WritableDb } from '../src/main/db/database.ts';
import { createKey, unlock } from '../src/main/db/key-store.ts';
import { migrate } from '../src/main/db/migrate.ts';
import { openWriter, type StoreKey } from '../src/main/db/open-db.ts';
import { upsertArticle } from '../src/main/knowledge/article.repository.ts';
import { DEFAULT_MODEL_ID, verifyModel } from '../src/main/engine/embedding-model.ts';
import { createIdMaker } from '../src/main/platform/ids.ts';
import { storePaths } from '../src/main/platform/paths.ts';
import type { WriteContext } from '../src/main/platform/write-context.ts';
import { SEARCH_TABLES } from '../src/main/search/index-writer.ts';
import { assignRoles } from '../src/main/search/model-roles.repository.ts';
import { createRandom, drawZipf } from './seeded-random.ts';
import { listTexts, varyPlan, writeText, type TextPlan } from './shop-texts.ts';
import { embedIntoFile, loadFloatEmbedder, perturb, quantise, readFloats, DIMS, type FloatEmbedder } from './text-vectors.ts';

export type BenchSize = '10k' | '100k' | '1.1m';
export const PASSAGE_COUNT: Readonly<Record<BenchSize, number>> = { '10k': 10_000, '100k': 100_000, '1.1m': 100_000 };
export const MESSAGE_COUNT: Readonly<Record<BenchSize, number>> = { '10k': 0, '100k': 0, '1.1m': 1_000_000 };
/** Raised whenever texts or tables change, so that stores built before are built again; another model does the same. */
const BUILD_VERSION = 3;
/** Message texts embedded by the model; the vectors of the other messages are perturbed from the vector of the text they vary. */
const TRUE_MESSAGE_VECTORS = 20_000;
const PASSAGES_PER_ARTICLE = 20;
const TURNS_PER_CONVERSATION = 8;
const CUSTOMER_COUNT = 40_000;
const STARTED_AT = Date.UTC(2025, 0, 1);
const MINUTE_MS = 60_000;

export type BenchStore = { dir: string; passageFloats: string; messageFloats: string };
export type BenchPlace = { benchDir: string; modelsDir: string; say: (line: string) => void };

/** The store of this size, built the first time and kept. */
export async function openBenchStore(place: BenchPlace, size: BenchSize): Promise<BenchStore> {
  const store = pathsOf(place, size);
  const stamp = path.join(store.dir, 'built.json');
  const wanted = JSON.stringify({ version: BUILD_VERSION, model: modelKey(place), passages: PASSAGE_COUNT[size], messages: MESSAGE_COUNT[size] });
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return store;
  place.say(`building the ${size} store, once`);
  rmSync(store.dir, { recursive: true, force: true });
  if (size === '1.1m') {
    const smaller = await openBenchStore(place, '100k');
    cpSync(smaller.dir, store.dir, { recursive: true });
    rmSync(stamp, { force: true });
  }
  mkdirSync(store.dir, { recursive: true });
  const embedder = await loadFloatEmbedder(place.modelsDir);
  try {
    if (size === '1.1m') await addMessages(place, store, embedder);
    else await addPassages(place, store, embedder, PASSAGE_COUNT[size]);
  } finally {
    await embedder.dispose();
  }
  writeFileSync(stamp, wanted);
  return store;
}

function modelKey({ modelsDir }: BenchPlace): string {
  return verifyModel(modelsDir, DEFAULT_MODEL_ID).key;
}

function pathsOf(place: BenchPlace, size: BenchSize): BenchStore {
  const { benchDir } = place;
  mkdirSync(path.join(benchDir, 'vectors'), { recursive: true });
  const floats = (name: string) => path.join(benchDir, 'vectors', `${name}-v${BUILD_VERSION}-${modelKey(place)}.f32`);
  return { dir: path.join(benchDir, 'stores', size), passageFloats: floats('passages'), messageFloats: floats('messages') };
}

/** A copy to measure on, because measuring writes; copied without moving bytes where the file system can. */
export function copyStore(store: BenchStore, runDir: string): string {
  rmSync(runDir, { recursive: true, force: true });
  mkdirSync(runDir, { recursive: true });
  for (const name of ['store.db', 'key.json']) copyFileSync(path.join(store.dir, name), path.join(runDir, name), constants.COPYFILE_FICLONE);
  return runDir;
}

export async function openStoreDb(dir: string): Promise<{ db: WritableDb; key: StoreKey; file: string }> {
  const paths = storePaths(dir);
  const key = existsSync(paths.key) ? await unlock(paths.key, {}) : createKey(paths.key);
  const db = openWriter(paths.store, key);
  migrate(db);
  return { db, key, file: paths.store };
}

function writeContext(): WriteContext {
  return { newId: createIdMaker({ nowMs: () => STARTED_AT }), nowMs: STARTED_AT, shopId: 'default' };
}

async function addPassages({ say }: BenchPlace, { dir, passageFloats }: BenchStore, embedder: FloatEmbedder, count: number): Promise<void> {
  const plans = listTexts(1, 'rep', count);
  const texts = plans.map(writeText);
  // hundred-thousand and ten-thousand start with the same texts, so the longer file serves both
  await embedIntoFile(passageFloats, texts, embedder, (done) => say(`embedded ${done} passages`));
  const floats = readFloats(passageFloats, 0, count);
  const { db } = await openStoreDb(dir);
  const ctx = writeContext();
  const { serving: model } = assignRoles(db, { serving: embedder.identity, next: null });
  db.transaction(() => {
    for (let start = 0; start < count; start += PASSAGES_PER_ARTICLE) {
      const passages = plans.slice(start, start + PASSAGES_PER_ARTICLE).map((plan, at) => ({ heading: '', text: texts[start + at] ?? '', language: plan.language }));
      upsertArticle(db, ctx, { source: `article-${start}`, title: `第${start / PASSAGES_PER_ARTICLE}篇`, language: 'zh', passages });
    }
    storeVectors(db, 'passage', model, count, (at) => quantise(floats.subarray(at * DIMS, (at + 1) * DIMS), embedder.identity.vectorScale));
  })();
  finish(db);
}

/** `seq` is 1 to `count` in a fresh table. */
function storeVectors(db: WritableDb, kind: 'passage' | 'message' | 'reply', model: number, count: number, row: (at: number) => Int8Array, start = 0, isOfKind = (_at: number) => true): void {
  const insert = db.prepare(`INSERT INTO ${SEARCH_TABLES[kind].vectors} (seq, model, vector) VALUES (?, ?, ?)`);
  for (let at = start; at < start + count; at++) {
    if (!isOfKind(at)) continue;
    const bytes = row(at);
    insert.run(at + 1, model, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}

function finish(db: WritableDb): void {
  db.prepare('DELETE FROM pending_vectors').run();
  for (const kind of ['passages', 'messages', 'replies']) db.exec(`INSERT INTO ${kind}_fts (${kind}_fts) VALUES ('optimize')`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const MESSAGES_PER_STEP = 20_000;

async function addMessages({ say }: BenchPlace, { dir, messageFloats }: BenchStore, embedder: FloatEmbedder): Promise<void> {
  const pool = mixedPool(TRUE_MESSAGE_VECTORS);
  const poolFile = `${messageFloats}.pool`;
  await embedIntoFile(poolFile, pool.map(writeText), embedder, (done) => say(`embedded ${done} message texts`));
  const floats = readFloats(poolFile, 0, pool.length);
  const { db } = await openStoreDb(dir);
  const ctx = writeContext();
  const { serving: model } = assignRoles(db, { serving: embedder.identity, next: null });
  const channel = ensureChannel(db, ctx, { kind: 'import', title: 'bench' });
  const random = createRandom(4);
  const output = openSync(messageFloats, 'w');
  for (let start = 0; start < MESSAGE_COUNT['1.1m']; start += MESSAGES_PER_STEP) {
    const step = Array.from({ length: MESSAGES_PER_STEP }, (_, at) => messageAt(start + at, pool, floats, random));
    db.transaction(() => {
      insertConversations(db, ctx, channel.id, start, step.map(({ plan }) => plan));
      for (const kind of ['message', 'reply'] as const) {
        const isOfKind = (at: number) => step[at - start]?.plan.speaker === (kind === 'message' ? 'customer' : 'rep');
        storeVectors(db, kind, model, step.length, (at) => quantise(step[at - start]?.row ?? new Float32Array(DIMS), embedder.identity.vectorScale), start, isOfKind);
      }
      db.prepare('DELETE FROM pending_vectors').run();
    })();
    for (const { row } of step) writeSync(output, row);
    if (start % 100_000 === 0) say(`stored ${start + step.length} messages`);
  }
  closeSync(output);
  finish(db);
}

/** Customer and rep texts in turn. */
function mixedPool(count: number): TextPlan[] {
  const sides = [listTexts(2, 'customer', count / 2), listTexts(3, 'rep', count / 2)] as const;
  return Array.from({ length: count }, (_, at) => sides[at % 2 === 0 ? 0 : 1][at >> 1] as TextPlan);
}

/** The first texts are those of the pool; every later one varies one of them, its vector a perturbation of that one's. */
function messageAt(at: number, pool: readonly TextPlan[], floats: Float32Array, random: () => number): { plan: TextPlan; row: Float32Array } {
  if (at < pool.length) return { plan: pool[at] as TextPlan, row: floats.slice(at * DIMS, (at + 1) * DIMS) };
  // half of the log repeats its most asked questions, half is spread evenly
  const place = random() < 0.5 ? drawZipf(random, pool.length / 2) : Math.floor((random() * pool.length) / 2);
  const source = place * 2 + (at % 2);
  return { plan: varyPlan(pool[source] as TextPlan, random), row: perturb(floats, source, random, 0.2 + 0.4 * random()) };
}

function insertConversations(db: WritableDb, ctx: WriteContext, channelId: Parameters<typeof ensureConversation>[2]['channelId'], start: number, plans: readonly TextPlan[]): void {
  for (const [at, plan] of plans.entries()) {
    const number = start + at;
    const conversation = Math.floor(number / TURNS_PER_CONVERSATION);
    const openedAt = STARTED_AT + conversation * MINUTE_MS;
    const { id } = ensureConversation(db, ctx, { channelId, externalId: `c${conversation}`, customerExternalId: `u${conversation % CUSTOMER_COUNT}`, openedAt });
    insertMessage(db, ctx, {
      conversationId: id, externalId: `m${number}`, role: plan.speaker, text: writeText(plan), language: plan.language, piiSpans: [], isLive: false,
      sentAt: openedAt + (number % TURNS_PER_CONVERSATION) * 20_000,
    });
  }
}
