import path from 'node:path';
import { upsertProduct } from '../src/main/catalogue/catalogue.repository.ts';
import { upsertOrder } from '../src/main/customers/order.repository.ts';
import type { WritableDb } from '../src/main/db/database.ts';
import { createIdMaker } from '../src/main/platform/ids.ts';
import { startBenchApp, untilLoaded, type BenchApp } from './bench-app.ts';
import { copyStore, openBenchStore, openStoreDb, type BenchPlace, type BenchSize } from './bench-store.ts';
import { cpuNowMs } from './cpu-clock.ts';
import { percentile, spreadOf } from './figures.ts';
import { figure, type Figure } from './report.ts';
import { createRandom } from './seeded-random.ts';
import { listQuestions } from './shop-texts.ts';

const CUSTOMERS = 300;
const ORDERS = 1500;
const PRODUCTS = 120;
const QUESTION_COUNT = 60;
const WARM_UP_COUNT = 10;
const NAMES = ['林', '王', '陈', '贺', '周', '吴', '郑', '赵', '孙', '钱'];
const STARTED_AT = Date.UTC(2026, 0, 1);

type Sample = { total: number; backend: number; wall: number };

/** One question in the box with everything it finds, by kind of question: CPU of backend and engine together. */
export async function benchBox(place: BenchPlace, size: BenchSize): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const dir = copyStore(store, path.join(place.benchDir, 'run-box'));
  const { db } = await openStoreDb(dir);
  addShop(db);
  db.close();
  place.say(`box: starting the app on ${size}`);
  const bench = await startBenchApp(dir, place.modelsDir);
  try {
    await untilLoaded(bench);
    const figures: Figure[] = [];
    for (const [name, questions] of Object.entries(questionsOf())) {
      const samples: Sample[] = [];
      for (const [at, text] of questions.entries()) {
        const sample = await measureOne(bench, text);
        if (at >= WARM_UP_COUNT) samples.push(sample);
      }
      figures.push(...figuresOf(`box ${size}`, name, samples));
    }
    return figures;
  } finally {
    await bench.close();
  }
}

function addShop(db: WritableDb): void {
  const ctx = { newId: createIdMaker({ nowMs: () => STARTED_AT }), nowMs: STARTED_AT, shopId: 'default' };
  const random = createRandom(7);
  db.transaction(() => {
    for (let at = 0; at < PRODUCTS; at++) upsertProduct(db, ctx, { externalId: `YJ${1000 + at}`, title: `云脊 ${at} 号冲锋衣`, category: '硬壳', priceFen: 100_000, skus: [{ externalId: `YJ${1000 + at}-M`, colour: '岩灰', stockCount: 5 }] });
    for (let at = 0; at < ORDERS; at++) {
      const customer = Math.floor(random() * CUSTOMERS);
      upsertOrder(db, ctx, { externalId: `SY${1_000_000_000 + Math.floor(random() * 8e8)}`, customerExternalId: `C${customer}`, customerName: `${NAMES[customer % 10] ?? ''}${NAMES[Math.floor(customer / 10) % 10] ?? ''}女士`, paidAt: STARTED_AT - at * 3_600_000, paidFen: 50_000, waybill: `SF${Math.floor(random() * 1e12)}`, items: [{ title: '冲锋衣' }] });
    }
  })();
}

function questionsOf(): Record<string, string[]> {
  const random = createRandom(8);
  const count = QUESTION_COUNT + WARM_UP_COUNT;
  const sentences = listQuestions(count);
  return {
    'a sentence': sentences,
    'half a sentence': sentences.map((text) => text.slice(0, Math.max(2, Math.floor(text.length / 2)))),
    'one character': sentences.map((text) => text.match(/\p{Script=Han}/u)?.[0] ?? '修'),
    'a name': Array.from({ length: count }, () => `${NAMES[Math.floor(random() * 10)] ?? ''}${NAMES[Math.floor(random() * 10)] ?? ''}女士`),
    'a number': Array.from({ length: count }, () => String(1000 + Math.floor(random() * 9000))),
  };
}

async function measureOne({ client, engine }: BenchApp, text: string): Promise<Sample> {
  const engineBefore = (await engine.engineUse()).cpuMs;
  const startedMs = performance.now();
  const backendBefore = cpuNowMs();
  await client.search.everywhere({ text });
  const backend = cpuNowMs() - backendBefore;
  const wall = performance.now() - startedMs;
  return { total: backend + (await engine.engineUse()).cpuMs - engineBefore, backend, wall };
}

function figuresOf(section: string, name: string, samples: readonly Sample[]): Figure[] {
  const total = spreadOf(samples.map((sample) => sample.total));
  const held = spreadOf(samples.map((sample) => sample.backend));
  const wall = samples.map((sample) => sample.wall);
  return [
    figure(section, `${name}, p50`, total.p50, 'CPU ms'),
    figure(section, `${name}, p95`, total.p95, 'CPU ms', undefined, `${total.count} questions; ${percentile(wall, 0.95).toFixed(0)} ms of wall time at p95`),
    figure(section, `${name}, in the backend, p95`, held.p95, 'CPU ms', undefined, 'what other calls wait for'),
  ];
}
