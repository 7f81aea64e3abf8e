import path from 'node:path';
import { findCandidateRows } from '../src/main/assist/candidate.repository.ts';
import { composeSuggestions } from '../src/main/assist/compose.ts';
import { macroScope } from '../src/main/assist/scope.ts';
import { DEFAULT_THRESHOLD } from '../src/main/assist/rank.ts';
import type { ConversationId } from '../src/shared/contract/ids.contract.ts';
import { createLiveFile, startBenchApp, untilLoaded, type BenchApp, type LiveFile } from './bench-app.ts';
import { copyStore, openBenchStore, type BenchPlace, type BenchSize } from './bench-store.ts';
import { cpuNowMs, cpuOf, cpuOfSync } from './cpu-clock.ts';
import { spreadOf } from './figures.ts';
import { figure, type Figure, type Limit } from './report.ts';
import { listQuestions } from './shop-texts.ts';

const QUESTION_COUNT = 120;
const WARM_UP_COUNT = 15;
const SHOWN_WITHIN_MS = 15_000;
const SETTLED_AFTER_MS = 400;

/** CPU ms of one message. Engine stages are the engine's own; backend stages are the same functions run again on the same input. */
type PathSample = {
  total: number; backend: number; engine: number;
  embed: number; words: number; vectors: number; fuse: number;
  rows: number; compose: number; risk: number;
  /** Everything else: the pipes between the processes, the events, storing suggestions and warning. */
  rest: number;
  /** Before the clock starts: reading the channel and storing the message. */
  storing: number;
  /** After the suggestions are out: the message's own vector, status events. */
  afterwards: number;
};

const TARGETS: Readonly<Record<BenchSize, { p50?: Limit; p95: Limit; rssMib?: Limit }>> = {
  '10k': { p95: { atMost: 15 } },
  '100k': { p95: { atMost: 15 }, rssMib: { atMost: 300 } },
  '1.1m': { p50: { atMost: 30 }, p95: { atMost: 45 }, rssMib: { atMost: 650 } },
};

/** A customer message stored → suggestions and warning handed to the page, through the whole app; the message itself comes from a watched file. */
export async function benchPath(place: BenchPlace, size: BenchSize): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const dir = copyStore(store, path.join(place.benchDir, 'run-path'));
  place.say(`path: starting the app on ${size}`);
  const bench = await startBenchApp(dir, place.modelsDir);
  try {
    await untilLoaded(bench);
    const live = createLiveFile(dir);
    await bench.client.channel.addFile({ path: live.path });
    const samples: PathSample[] = [];
    let shownCount = 0;
    for (const [at, question] of listQuestions(QUESTION_COUNT + WARM_UP_COUNT).entries()) {
      const { sample, suggestionCount } = await measureOne(bench, live, `${at}`, question);
      if (at < WARM_UP_COUNT) continue;
      samples.push(sample);
      if (suggestionCount > 0) shownCount++;
    }
    const { rssBytes } = await bench.engine.engineUse();
    return figuresOf(size, samples, shownCount, rssBytes);
  } finally {
    await bench.close();
  }
}

async function measureOne(bench: BenchApp, live: LiveFile, id: string, question: string): Promise<{ sample: PathSample; suggestionCount: number }> {
  const engineBefore = await bench.engine.engineUse();
  const writtenMs = cpuNowMs();
  const stored = untilStored(bench);
  const shown = untilShown(bench);
  live.write(id, question);
  const startedMs = await stored;
  const backend = (await shown) - startedMs;
  const engineThen = await bench.engine.engineUse();
  const searched = bench.engine.lastSearch();
  await new Promise((done) => setTimeout(done, SETTLED_AFTER_MS));
  const backendAfter = cpuNowMs() - startedMs - backend;
  const engineAfter = await bench.engine.engineUse();
  const { rows, compose, risk, suggestionCount } = await repeatBackendStages(bench, id, question);
  const engine = engineThen.cpuMs - engineBefore.cpuMs;
  const { embed = 0, words = 0, vectors = 0, fuse = 0 } = searched?.timingsMs ?? {};
  const total = backend + engine;
  const rest = Math.max(0, total - embed - words - vectors - fuse - rows - compose - risk);
  return { sample: { total, backend, engine, embed, words, vectors, fuse, rows, compose, risk, rest, storing: startedMs - writtenMs, afterwards: backendAfter + engineAfter.cpuMs - engineThen.cpuMs }, suggestionCount };
}

/** Resolves with this process's CPU clock at the moment the message stands in the store and is handed to the pipeline. */
function untilStored({ app }: BenchApp): Promise<number> {
  const { pipeline } = app.services();
  const { received } = pipeline;
  return new Promise((done) => {
    pipeline.received = (message) => {
      done(cpuNowMs());
      pipeline.received = received;
      received(message);
    };
  });
}

/** Resolves with this process's CPU clock at the moment both the suggestions and the warning were handed over. */
function untilShown(bench: BenchApp): Promise<number> {
  return new Promise((done, fail) => {
    const missing = new Set(['suggestion.shown', 'risk.scored']);
    const timer = setTimeout(() => fail(new Error(`no ${[...missing].join(' and no ')} came for a message`)), SHOWN_WITHIN_MS);
    bench.onEvent((type) => {
      if (!missing.delete(type) || missing.size > 0) return;
      const atMs = cpuNowMs();
      clearTimeout(timer);
      bench.onEvent(() => {});
      done(atMs);
    });
  });
}

async function repeatBackendStages(bench: BenchApp, id: string, question: string): Promise<{ rows: number; compose: number; risk: number; suggestionCount: number }> {
  const { db, risk: riskService } = bench.app.services();
  const conversationId = db.prepare('SELECT id FROM conversations WHERE external_id = ?').pluck().get(`live-${id}`) as ConversationId;
  const candidates = bench.engine.lastSearch()?.candidates ?? [];
  const rows = cpuOfSync(() => findCandidateRows(db, candidates, [conversationId]));
  const scope = macroScope(undefined, { repName: '', shopName: '' });
  const compose = cpuOfSync(() => composeSuggestions({ question, rows: rows.value, scope, nowMs: Date.now(), threshold: DEFAULT_THRESHOLD }));
  const engineBefore = await bench.engine.engineUse();
  const risk = await cpuOf(() => riskService.score(conversationId));
  const engineAfter = await bench.engine.engineUse();
  return { rows: rows.cpuMs, compose: compose.cpuMs, risk: risk.cpuMs + engineAfter.cpuMs - engineBefore.cpuMs, suggestionCount: compose.value.length };
}

const STAGES = ['embed', 'words', 'vectors', 'fuse', 'rows', 'compose', 'risk', 'rest'] as const satisfies readonly (keyof PathSample)[];

function figuresOf(size: BenchSize, samples: readonly PathSample[], shownCount: number, rssBytes: number): Figure[] {
  const section = `path ${size}`;
  const { p50, p95, rssMib } = TARGETS[size];
  const total = spreadOf(samples.map((sample) => sample.total));
  const both = (name: keyof PathSample): Figure[] => {
    const spread = spreadOf(samples.map((sample) => sample[name]));
    return [figure(section, `${name} p50`, spread.p50, 'CPU ms'), figure(section, `${name} p95`, spread.p95, 'CPU ms')];
  };
  return [
    figure(section, 'message → suggestions p50', total.p50, 'CPU ms', p50, `${total.count} messages`),
    figure(section, 'message → suggestions p95', total.p95, 'CPU ms', p95, `${total.count} messages`),
    ...both('engine'), ...both('backend'), ...STAGES.flatMap(both), ...both('storing'), ...both('afterwards'),
    figure(section, 'messages with a suggestion', shownCount / samples.length, 'of all'),
    figure(section, 'engine memory', rssBytes / 2 ** 20, 'MiB', rssMib),
  ];
}
