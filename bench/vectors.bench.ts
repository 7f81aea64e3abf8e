import { EMBED_RUN_SIZE, loadEmbeddingModel } from '../src/main/engine/embedding-model.ts';
import { loadVectorBackend } from '../src/main/engine/nearest-rows.ts';
import { createVectorIndex, type VectorIndex } from '../src/main/engine/vector-index.ts';
import { openBenchStore, MESSAGE_COUNT, PASSAGE_COUNT, type BenchPlace, type BenchSize } from './bench-store.ts';
import { cpuOf, cpuOfSync } from './cpu-clock.ts';
import { EXACT_COUNT, exactNearest, shareFound } from './exact-nearest.ts';
import { mean, spreadOf } from './figures.ts';
import { benchPeers } from './peers.bench.ts';
import { figure, type Figure, type Limit } from './report.ts';
import { listQuestions } from './shop-texts.ts';
import { DIMS, loadFloatEmbedder, quantise, readFloats } from './text-vectors.ts';

const QUESTION_COUNT = 100;
const RETURNED = 50;
const ROWS_PER_STEP = 50_000;
const BULK_COUNT = 4000;
const BULK_ROUNDS = 7;

const TARGETS: Readonly<Record<BenchSize, Limit | undefined>> = { '10k': undefined, '100k': { atMost: 4 }, '1.1m': { atMost: 25 } };

/** The product's own index of one kind against the exact float search over the same vectors, then the same vectors in other engines. */
export async function benchVectors(place: BenchPlace, size: BenchSize): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const isMessages = MESSAGE_COUNT[size] > 0;
  const [file, count] = isMessages ? [store.messageFloats, MESSAGE_COUNT[size]] : [store.passageFloats, PASSAGE_COUNT[size]];
  const section = `vectors ${size}`;
  place.say(`vectors: exact search over ${count} float rows`);
  const embedder = await loadFloatEmbedder(place.modelsDir);
  const queries = await embedder.embed(listQuestions(QUESTION_COUNT));
  await embedder.dispose();
  const truth = await exactNearest(queries, QUESTION_COUNT, file, count);
  const { vectorScale } = embedder.identity;
  const { index, addedPerSecond } = await loadIndex(file, count, vectorScale);
  const times: number[] = [];
  const [recall50, recall10]: [number[], number[]] = [[], []];
  for (let at = 0; at < QUESTION_COUNT; at++) {
    const query = quantise(queries.subarray(at * DIMS, (at + 1) * DIMS), vectorScale);
    const { value, cpuMs } = cpuOfSync(() => index.search(query, RETURNED));
    times.push(cpuMs);
    const seqs = value.map(({ seq }) => seq);
    recall50.push(shareFound(truth.nearest[at] ?? [], seqs));
    recall10.push(shareFound(truth.nearest[at] ?? [], seqs.slice(0, EXACT_COUNT)));
  }
  const spread = spreadOf(times);
  const note = isMessages ? '1M messages: 20k vectors by the model, the rest perturbed from them' : 'every vector by the model';
  const own = [
    figure(section, 'int8 index p50', spread.p50, 'CPU ms', undefined, note),
    figure(section, 'int8 index p95', spread.p95, 'CPU ms', TARGETS[size]),
    figure(section, 'exact float top 10 in the returned 50', mean(recall50), 'of all', { atLeast: 0.995 }),
    figure(section, 'exact float top 10 in the first 10', mean(recall10), 'of all'),
    figure(section, 'rows added in memory', addedPerSecond, 'per CPU s'),
    ...(await benchEmbed(place, section)),
    ...(await benchBulkEmbed(place, section)),
  ];
  return isMessages ? own : [...own, ...(await benchPeers(place, section, { file, count, truth, vectorScale }))];
}

/** One live question: what `embed` of the path costs. */
async function benchEmbed({ modelsDir }: BenchPlace, section: string): Promise<Figure[]> {
  const model = await loadEmbeddingModel(modelsDir);
  const times: number[] = [];
  for (const [at, question] of listQuestions(QUESTION_COUNT + 10).entries()) {
    const { cpuMs } = await cpuOf(() => model.embed([question]));
    if (at >= 10) times.push(cpuMs);
  }
  await model.dispose();
  const spread = spreadOf(times);
  return [figure(section, 'embed one question p50', spread.p50, 'CPU ms'), figure(section, 'embed one question p95', spread.p95, 'CPU ms', { atMost: 4 })];
}

/** Short texts a CPU second in runs as the queue makes them, and how many times what transformers.js manages without the mean; medians of some rounds. */
async function benchBulkEmbed({ modelsDir }: BenchPlace, section: string): Promise<Figure[]> {
  const [model, runtime] = [await loadEmbeddingModel(modelsDir), await loadFloatEmbedder(modelsDir)];
  const texts = listQuestions(BULK_COUNT);
  const perSecond = async (embed: (batch: string[]) => Promise<unknown>) => {
    const { cpuMs } = await cpuOf(async () => {
      for (let start = 0; start < texts.length; start += EMBED_RUN_SIZE) await embed(texts.slice(start, start + EMBED_RUN_SIZE));
    });
    return (texts.length / cpuMs) * 1000;
  };
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < BULK_ROUNDS; round++) {
    own.push(await perSecond((batch) => model.embed(batch)));
    theirs.push(await perSecond((batch) => runtime.run(batch)));
  }
  await Promise.all([model.dispose(), runtime.dispose()]);
  const [ownMedian, theirMedian] = [spreadOf(own).p50, spreadOf(theirs).p50];
  return [
    figure(section, 'embed many short texts', ownMedian, 'per CPU s', { atLeast: 2500 }, `stretch 10000; transformers.js, tokenizer and graph alone: ${Math.round(theirMedian)}`),
    figure(section, 'embed many, ratio to transformers.js', ownMedian / theirMedian, 'times'),
  ];
}

async function loadIndex(file: string, count: number, vectorScale: number): Promise<{ index: VectorIndex; addedPerSecond: number }> {
  const index = createVectorIndex(DIMS, await loadVectorBackend());
  let cpuMs = 0;
  for (let start = 0; start < count; start += ROWS_PER_STEP) {
    const floats = readFloats(file, start, Math.min(ROWS_PER_STEP, count - start));
    const rows = Array.from({ length: floats.length / DIMS }, (_, at) => quantise(floats.subarray(at * DIMS, (at + 1) * DIMS), vectorScale));
    cpuMs += cpuOfSync(() => rows.forEach((row, at) => index.add(start + at, row))).cpuMs;
  }
  return { index, addedPerSecond: (count / cpuMs) * 1000 };
}
