import type { Likeness, LikenessRange } from '../engine/likeness.ts';
import type { EmbedPurpose } from '../engine/model-manifest.ts';
import type { RuntimeModel } from '../engine/runtime-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import { LIKENESS_ROWS } from './likeness-pairs.ts';

/** CPU milliseconds of one short text (median), and texts a CPU second when they come eight at a time. */
export type ModelSpeed = { shortTextCpuMs: number; textsPerCpuSecond: number };
export type ModelMeasure = { dims: number; vectorScale: number; likeness: Likeness; speed: ModelSpeed };

const RUN_SIZE = 8;
const SHORT_RUNS = 20;
/** A share this small of the numbers is cut off at ±127. */
const CLIPPED_RATIO = 0.0005;
const UNRELATED_PERCENTILE = 0.95;
const RELATED_PERCENTILE = 0.9;
const LEAST_WIDTH = 0.05;

type Row = Float32Array;
type Side = { queries: Row[]; passages: Row[] };

/**
 * What a manifest says of a model, found by running it over sentences of our own: a second or so for a small one.
 * @throws DeskmateError cancelled, engine_down when the rows are no vectors
 */
export async function measureModel(model: RuntimeModel, cpuMs: () => number, signal?: AbortSignal): Promise<ModelMeasure> {
  const embed = async (at: number, purpose: EmbedPurpose) => embedAll(model, LIKENESS_ROWS.map((row) => row[at] as string), purpose, signal);
  // the first run of a session is not like the others
  await embedAll(model, ['你好'], 'query', signal);
  const startedMs = cpuMs();
  const [zh, zhOther, en, enOther] = [await embed(0, 'query'), await embed(1, 'passage'), await embed(2, 'query'), await embed(3, 'passage')];
  const textsPerCpuSecond = (4 * LIKENESS_ROWS.length * 1000) / Math.max(1, cpuMs() - startedMs);
  const rows = [...zh, ...zhOther, ...en, ...enOther];
  const dims = rows[0]?.length ?? 0;
  if (dims === 0 || rows.some((row) => row.length !== dims || row.some((x) => !Number.isFinite(x)))) throw new DeskmateError('engine_down', 'The language model gives no vectors for plain sentences.');
  const same: Side[] = [{ queries: zh, passages: zhOther }, { queries: en, passages: enOther }];
  const across: Side[] = [{ queries: zh, passages: enOther }, { queries: en, passages: zhOther }];
  return {
    dims,
    vectorScale: round(127 / percentile(rows.flatMap((row) => [...row].map(Math.abs)), 1 - CLIPPED_RATIO), 3),
    likeness: { same: rangeOf(same), across: rangeOf(across) },
    speed: { shortTextCpuMs: round(await shortTextCpuMs(model, cpuMs, signal), 2), textsPerCpuSecond: Math.round(textsPerCpuSecond) },
  };
}

async function embedAll(model: RuntimeModel, texts: readonly string[], purpose: EmbedPurpose, signal?: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < texts.length; start += RUN_SIZE) {
    if (signal?.aborted === true) throw new DeskmateError('cancelled', 'The embedding was cancelled.');
    rows.push(...(await model.rows(texts.slice(start, start + RUN_SIZE), purpose)));
  }
  return rows;
}

async function shortTextCpuMs(model: RuntimeModel, cpuMs: () => number, signal?: AbortSignal): Promise<number> {
  const times: number[] = [];
  for (const [text] of LIKENESS_ROWS.slice(0, SHORT_RUNS)) {
    const startedMs = cpuMs();
    await embedAll(model, [text], 'query', signal);
    times.push(cpuMs() - startedMs);
  }
  return percentile(times, 0.5);
}

/** Row i of the questions is related to row i of the passages, and to no other. Unit rows. */
export function rangeOf(sides: readonly Side[]): LikenessRange {
  const [related, unrelated]: [number[], number[]] = [[], []];
  for (const { queries, passages } of sides) queries.forEach((query, i) => passages.forEach((passage, j) => (i === j ? related : unrelated).push(dotOf(query, passage))));
  const from = Math.min(1 - LEAST_WIDTH, percentile(unrelated, UNRELATED_PERCENTILE));
  return { from: round(from, 3), to: round(Math.max(percentile(related, RELATED_PERCENTILE), from + LEAST_WIDTH), 3) };
}

function dotOf(a: Row, b: Row): number {
  return Math.max(-1, Math.min(1, a.reduce((sum, x, at) => sum + x * (b[at] as number), 0)));
}

/** By linear interpolation between the two nearest (type 7 of Hyndman and Fan 1996); 0 of none. */
export function percentile(values: readonly number[], ratio: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * ratio;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
