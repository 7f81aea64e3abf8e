import { rmSync } from 'node:fs';
import path from 'node:path';
import { ensureChannel } from '../src/main/conversations/channel.repository.ts';
import { ensureConversation } from '../src/main/conversations/conversation.repository.ts';
import { insertMessage } from '../src/main/conversations/message.repository.ts';
import type { WritableDb } from '../src/main/db/database.ts';
import { loadVectorBackend } from '../src/main/engine/nearest-rows.ts';
import { createVectorIndex } from '../src/main/engine/vector-index.ts';
import { createIdMaker } from '../src/main/platform/ids.ts';
import { silentLog } from '../src/main/platform/log.ts';
import type { WriteContext } from '../src/main/platform/write-context.ts';
import { createEmbedQueue } from '../src/main/search/embed-queue.ts';
import { createEngineClient } from '../src/main/search/engine.client.ts';
import { indexText } from '../src/main/search/index-writer.ts';
import { createBenchFork } from './bench-engine.ts';
import { openStoreDb, type BenchPlace } from './bench-store.ts';
import { cpuNowMs, cpuOf, cpuOfSync } from './cpu-clock.ts';
import { figure, type Figure } from './report.ts';
import { listTexts, writeText, type TextPlan } from './shop-texts.ts';
import { DIMS } from './text-vectors.ts';

const PLAIN_COUNT = 20_000;
const EMBEDDED_COUNT = 4000;
const ROWS_PER_TRANSACTION = 1000;
const STARTED_AT = Date.UTC(2025, 0, 1);

/** How fast texts become findable: words and vectors alone, whole messages, and messages with the model at work. */
export async function benchIndex(place: BenchPlace): Promise<Figure[]> {
  const dir = path.join(place.benchDir, 'run-index');
  rmSync(dir, { recursive: true, force: true });
  const { db, key, file } = await openStoreDb(dir);
  place.say('index: texts and vectors');
  const bare = await indexBare(db);
  place.say('index: messages');
  const plans = listTexts(8, 'customer', PLAIN_COUNT);
  const messages = cpuOfSync(() => insertMessages(db, plans, 0)).cpuMs;
  db.prepare('DELETE FROM pending_vectors').run();
  place.say('index: messages with embedding');
  const bench = createBenchFork();
  const engine = createEngineClient({ fork: bench.fork, start: () => ({ storeFile: file, key, modelsDir: place.modelsDir }) });
  await engine.models();
  const engineBefore = await bench.engineUse();
  const startedMs = cpuNowMs();
  insertMessages(db, listTexts(9, 'customer', EMBEDDED_COUNT), PLAIN_COUNT);
  const queue = createEmbedQueue({ db, engine, log: silentLog });
  queue.wake();
  await queue.whenIdle();
  const backendMs = cpuNowMs() - startedMs;
  const engineMs = (await bench.engineUse()).cpuMs - engineBefore.cpuMs;
  await queue.stop();
  await engine.stop();
  db.close();
  const rate = (count: number, cpuMs: number) => (count / cpuMs) * 1000;
  return [
    figure('index', 'words and vectors, no embedding', rate(PLAIN_COUNT, bare), 'rows per CPU s', { atLeast: 50_000 }, `${PLAIN_COUNT} texts of given vectors, encrypted store`),
    figure('index', 'whole messages, no embedding', rate(PLAIN_COUNT, messages), 'rows per CPU s', undefined, 'row, conversation, words, queue entry'),
    figure('index', 'whole messages with embedding', rate(EMBEDDED_COUNT, backendMs + engineMs), 'rows per CPU s', { atLeast: 700 }, `${EMBEDDED_COUNT} messages, both processes`),
    figure('index', 'share of the model in that', engineMs / (backendMs + engineMs), 'of all'),
  ];
}

/** CPU ms for the full-text entry, the stored vector and the vector in memory of every text. */
async function indexBare(db: WritableDb): Promise<number> {
  const index = createVectorIndex(DIMS, await loadVectorBackend());
  const texts = listTexts(7, 'rep', PLAIN_COUNT).map(writeText);
  const row = new Int8Array(DIMS).fill(3);
  const { cpuMs } = await cpuOf(() => {
    const store = db.prepare('INSERT INTO passage_vectors (seq, model, vector) VALUES (?, 1, ?)');
    for (let start = 0; start < texts.length; start += ROWS_PER_TRANSACTION) {
      db.transaction(() => {
        for (const [at, text] of texts.slice(start, start + ROWS_PER_TRANSACTION).entries()) {
          const seq = start + at + 1;
          indexText(db, 'passage', seq, text);
          store.run(seq, Buffer.from(row.buffer));
          index.add(seq, row);
        }
      })();
    }
  });
  return cpuMs;
}

function insertMessages(db: WritableDb, plans: readonly TextPlan[], firstNumber: number): void {
  const ctx: WriteContext = { newId: createIdMaker({ nowMs: () => STARTED_AT }), nowMs: STARTED_AT, shopId: 'default' };
  const channel = ensureChannel(db, ctx, { kind: 'import', title: 'bench' });
  for (let start = 0; start < plans.length; start += ROWS_PER_TRANSACTION) {
    db.transaction(() => {
      for (const [at, plan] of plans.slice(start, start + ROWS_PER_TRANSACTION).entries()) {
        const number = firstNumber + start + at;
        const sentAt = STARTED_AT + number * 1000;
        const { id } = ensureConversation(db, ctx, { channelId: channel.id, externalId: `c${number >> 3}`, customerExternalId: `u${number >> 3}`, openedAt: sentAt });
        insertMessage(db, ctx, { conversationId: id, externalId: `m${number}`, role: plan.speaker, text: writeText(plan), sentAt, language: plan.language, piiSpans: [], isLive: false });
      }
    })();
  }
}
